"""Statements: what is added to an attempt whose row is locked by the caller's transaction."""

from datetime import datetime

from sqlalchemy import Connection, ScalarSelect, Table, func, insert, select, update

from designs.attempt_document import Argument, SelfRating, SessionEvent
from designs.characters import storable
from designs.content_hash import text_hash
from designs.submission import Submission
from designs.transcript import Turn
from rubrics.assessment import Assessment
from workbench.storage.columns import to_json
from workbench.storage.rows import SelfReview
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
from workbench.store import Edit, Revision, TurnTakenError


def next_change(owner: str) -> "ScalarSelect[int]":
    """Return the expression of an owner's next change number."""
    other = attempt.alias()
    last = func.coalesce(func.max(other.c.change_number), 0)
    return select(last + 1).where(other.c.owner == owner).scalar_subquery()


def add_revision(connection: Connection, attempt_id: str, edit: Edit, at: datetime) -> Revision:
    """Add a revision, or return the newest one if it says the same and nothing is chosen."""
    body = storable(edit.body)
    newest = _newest_but_body(connection, attempt_id, edit.part)
    digest = text_hash(body)
    if newest is not None and newest.sha256 == digest and not _chooses(edit, newest):
        return newest.model_copy(update={"body": body})
    made = Revision(
        part=edit.part,
        number=newest.number + 1 if newest else 1,
        parent=edit.parent,
        body=body,
        sha256=digest,
        client=storable(edit.client),
        stale=_is_stale(edit, newest),
        saved_at=at,
    )
    connection.execute(insert(revision).values(attempt_id=attempt_id, **made.model_dump()))
    _note_change(connection, attempt_id, at)
    return made


def add_event(connection: Connection, attempt_id: str, what: SessionEvent) -> None:
    """Add an event."""
    connection.execute(
        insert(event).values(
            attempt_id=attempt_id,
            number=_next_number(connection, event, attempt_id),
            kind=what.kind,
            at=what.at,
            stage=what.stage.value if what.stage else None,
            subject=storable(what.subject),
        )
    )
    _note_change(connection, attempt_id, what.at)


def add_turn(connection: Connection, attempt_id: str, what: Turn, at: datetime) -> None:
    """Add what the interviewer said, if nothing else was said since it was thought of."""
    if what.number != _next_number(connection, turn, attempt_id):
        raise TurnTakenError("The interviewer has asked something else by now; read that first.")
    connection.execute(
        insert(turn).values(
            attempt_id=attempt_id, number=what.number, body=to_json(what), said_at=at
        )
    )


def add_submission(connection: Connection, attempt_id: str, what: Submission, at: datetime) -> None:
    """Add the submission."""
    connection.execute(
        insert(submission).values(
            attempt_id=attempt_id,
            sha256=what.content_hash(),
            body=to_json(what),
            submitted_at=at,
        )
    )


def add_self_review(
    connection: Connection, attempt_id: str, ratings: tuple[SelfRating, ...], at: datetime
) -> None:
    """Add a self-review."""
    connection.execute(
        insert(self_review).values(
            attempt_id=attempt_id,
            number=_next_number(connection, self_review, attempt_id),
            body=to_json(SelfReview(ratings=ratings)),
            made_at=at,
        )
    )


def add_assessment(connection: Connection, attempt_id: str, what: Assessment) -> None:
    """Add an assessment unless one with its id is there."""
    identity = storable(what.id)
    known = select(assessment.c.number).where(
        assessment.c.attempt_id == attempt_id, assessment.c.id == identity
    )
    if connection.scalar(known) is not None:
        return
    connection.execute(
        insert(assessment).values(
            attempt_id=attempt_id,
            number=_next_number(connection, assessment, attempt_id),
            id=identity,
            body=to_json(what),
            made_at=what.created_at,
        )
    )


def add_argument(connection: Connection, attempt_id: str, what: Argument) -> None:
    """Add an argument unless it says what the newest one says: a click that came twice."""
    body = to_json(what)
    newest = (
        select(argument.c.body)
        .where(argument.c.attempt_id == attempt_id)
        .order_by(argument.c.number.desc())
        .limit(1)
    )
    if connection.scalar(newest) == body:
        return
    connection.execute(
        insert(argument).values(
            attempt_id=attempt_id,
            number=_next_number(connection, argument, attempt_id),
            body=body,
            made_at=what.at,
        )
    )


def _chooses(edit: Edit, newest: Revision) -> bool:
    """Tell a decision for the newest text from a save of what is already saved."""
    seen = edit.parent == newest.number
    return seen and not edit.client and bool(newest.client or newest.stale)


def _is_stale(edit: Edit, newest: Revision | None) -> bool:
    if edit.parent == (newest.number if newest else 0):
        return False
    # A tab that saves twice before the first answer arrives disagrees with nobody.
    return newest is None or not edit.client or storable(edit.client) != newest.client


def _newest_but_body(connection: Connection, attempt_id: str, part: str) -> Revision | None:
    columns = [column for column in revision.c if column.name not in {"attempt_id", "body"}]
    query = (
        select(*columns)
        .where(revision.c.attempt_id == attempt_id, revision.c.part == part)
        .order_by(revision.c.number.desc())
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else Revision(**row._mapping, body="")


def _next_number(connection: Connection, table: Table, attempt_id: str) -> int:
    last = select(func.max(table.c.number)).where(table.c.attempt_id == attempt_id)
    return (connection.scalar(last) or 0) + 1


def _note_change(connection: Connection, attempt_id: str, at: datetime) -> None:
    mine = attempt.alias()
    owner = select(mine.c.owner).where(mine.c.id == attempt_id).scalar_subquery()
    other = attempt.alias()
    last = select(func.coalesce(func.max(other.c.change_number), 0)).where(other.c.owner == owner)
    connection.execute(
        update(attempt)
        .where(attempt.c.id == attempt_id)
        .values(changed_at=at, change_number=last.scalar_subquery() + 1)
    )
