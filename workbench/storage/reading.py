"""Queries: what is read of attempts."""

from collections import defaultdict

from sqlalchemy import Connection, and_, case, func, or_, select

from designs.attempt_document import Argument
from designs.submission import Submission
from designs.transcript import Turn
from rubrics.assessment import Assessment
from workbench.storage.columns import from_json
from workbench.storage.rows import SelfReview, to_events, to_header, to_revision
from workbench.storage.tables import (
    argument,
    assessment,
    attempt,
    event,
    revision,
    self_review,
    submission,
    turn,
)
from workbench.store import AttemptLine, Revision, StoredAttempt


def stored_attempt(connection: Connection, attempt_id: str) -> StoredAttempt:
    """Return an attempt that is known to exist."""
    header = connection.execute(select(attempt).where(attempt.c.id == attempt_id)).one()
    parts = _newest(connection, attempt_id)
    kept = connection.execute(
        select(submission.c.sha256, submission.c.body).where(submission.c.attempt_id == attempt_id)
    ).one_or_none()
    events = connection.execute(
        select(event).where(event.c.attempt_id == attempt_id).order_by(event.c.number)
    )
    return StoredAttempt(
        header=to_header(header),
        parts=parts,
        conflicts=_unseen(connection, attempt_id),
        events=to_events(events),
        turns=_turns(connection, attempt_id),
        submission=from_json(Submission, kept.body) if kept else None,
        submission_hash=kept.sha256 if kept else None,
        self_ratings=_newest_review(connection, attempt_id).ratings,
        assessments=_assessments(connection, attempt_id),
        arguments=_arguments(connection, attempt_id),
    )


def revisions(connection: Connection, attempt_id: str, part: str) -> tuple[Revision, ...]:
    """Return every revision of a part, oldest first."""
    query = (
        select(revision)
        .where(revision.c.attempt_id == attempt_id, revision.c.part == part)
        .order_by(revision.c.number)
    )
    return tuple(to_revision(row) for row in connection.execute(query))


def lines(connection: Connection, owner: str) -> tuple[AttemptLine, ...]:
    """Return the owner's attempts, the last changed first, with three queries in all."""
    mine = select(attempt.c.id).where(attempt.c.owner == owner)
    hashes = {
        row.attempt_id: row.sha256
        for row in connection.execute(
            select(submission.c.attempt_id, submission.c.sha256).where(
                submission.c.attempt_id.in_(mine)
            )
        )
    }
    results: dict[str, list[Assessment]] = defaultdict(list)
    for row in connection.execute(
        select(assessment.c.attempt_id, assessment.c.body)
        .where(assessment.c.attempt_id.in_(mine))
        .order_by(assessment.c.attempt_id, assessment.c.number)
    ):
        results[row.attempt_id].append(from_json(Assessment, row.body))
    newest_first = (
        select(attempt)
        .where(attempt.c.owner == owner)
        .order_by(attempt.c.change_number.desc(), attempt.c.id)
    )
    return tuple(
        AttemptLine(
            header=to_header(row),
            changed_at=row.changed_at,
            submission_hash=hashes.get(row.id),
            assessments=tuple(results[row.id]),
        )
        for row in connection.execute(newest_first)
    )


def newest_number(connection: Connection, attempt_id: str, part: str) -> int:
    """Return the number of the newest revision of a part; 0 for none."""
    query = select(func.max(revision.c.number)).where(
        revision.c.attempt_id == attempt_id, revision.c.part == part
    )
    return connection.scalar(query) or 0


def _newest(connection: Connection, attempt_id: str) -> dict[str, Revision]:
    last = (
        select(revision.c.part, func.max(revision.c.number).label("number"))
        .where(revision.c.attempt_id == attempt_id)
        .group_by(revision.c.part)
        .subquery()
    )
    query = (
        select(revision)
        .join(last, and_(revision.c.part == last.c.part, revision.c.number == last.c.number))
        .where(revision.c.attempt_id == attempt_id)
        .order_by(revision.c.part)
    )
    return {row.part: to_revision(row) for row in connection.execute(query)}


def _unseen(connection: Connection, attempt_id: str) -> tuple[Revision, ...]:
    """Return, part by part, what the last stale revision did not know of, unless that is settled.

    A disagreement is settled by a revision that names no tab and had seen the newest one.
    """
    stale = func.max(case((revision.c.stale, revision.c.number)))
    chosen = func.max(case((and_(revision.c.client == "", ~revision.c.stale), revision.c.number)))
    query = (
        select(revision.c.part, stale)
        .where(revision.c.attempt_id == attempt_id)
        .group_by(revision.c.part)
        .having(stale > func.coalesce(chosen, 0))
    )
    before = [
        and_(revision.c.part == part, revision.c.number == number - 1)
        for part, number in connection.execute(query)
    ]
    if not before:
        return ()
    found = (
        select(revision)
        .where(revision.c.attempt_id == attempt_id, or_(*before))
        .order_by(revision.c.part)
    )
    return tuple(to_revision(row) for row in connection.execute(found))


def _newest_review(connection: Connection, attempt_id: str) -> SelfReview:
    query = (
        select(self_review.c.body)
        .where(self_review.c.attempt_id == attempt_id)
        .order_by(self_review.c.number.desc())
        .limit(1)
    )
    body = connection.scalar(query)
    return SelfReview(ratings=()) if body is None else from_json(SelfReview, body)


def _turns(connection: Connection, attempt_id: str) -> tuple[Turn, ...]:
    query = select(turn.c.body).where(turn.c.attempt_id == attempt_id).order_by(turn.c.number)
    return tuple(from_json(Turn, body) for body in connection.scalars(query))


def _assessments(connection: Connection, attempt_id: str) -> tuple[Assessment, ...]:
    query = (
        select(assessment.c.body)
        .where(assessment.c.attempt_id == attempt_id)
        .order_by(assessment.c.number)
    )
    return tuple(from_json(Assessment, body) for body in connection.scalars(query))


def _arguments(connection: Connection, attempt_id: str) -> tuple[Argument, ...]:
    query = (
        select(argument.c.body)
        .where(argument.c.attempt_id == attempt_id)
        .order_by(argument.c.number)
    )
    return tuple(from_json(Argument, body) for body in connection.scalars(query))
