"""Taking attempts out and in again, without loss and without trust.

A document never carries a score: an imported attempt is graded anew. An imported submission
must still hash to what the document claims, so that nothing can be edited after the fact.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime

from designs.attempt_document import AttemptDocument, SessionEvent, SessionRecord
from designs.drawing_draft import DrawingDraft, draft_of
from designs.stage import STAGES, StageId
from designs.submission import Submission
from designs.transcript import turn_of
from workbench.desk import Desk
from workbench.documents import check_document, document_error, read_document
from workbench.drafts import read_drawing_draft
from workbench.edits import TooLongError, answer_edit, drawing_edit, reply_edit
from workbench.interview.record import transcript
from workbench.store import AttemptHeader, Edit, StoredAttempt, StoreError


def export_attempt(desk: Desk, attempt_id: str) -> AttemptDocument:
    """Return an attempt as a document.

    Raises:
        AttemptNotFoundError: If there is none, or it is somebody else's.
    """
    stored = desk.store.load(desk.owner, attempt_id)
    header = stored.header
    reading = read_drawing_draft(stored, desk)[1]
    submission = stored.submission
    return AttemptDocument(
        schema_version=1,
        prompt=header.prompt_id,
        answers=submission.answers if submission else _answers(stored),
        design=submission.design if submission else reading.design,
        unfinished=reading.unfinished,
        transcript=submission.transcript if submission else transcript(stored),
        session=SessionRecord.model_validate(
            {
                "budget_minutes": header.budget_minutes,
                "created_at": header.created_at,
                "events": stored.events,
                "prompt_hash": submission.prompt_hash if submission else header.prompt_hash,
                "submission_hash": stored.submission_hash,
                "self_ratings": stored.self_ratings,
                "arguments": stored.arguments,
            }
        ),
    )


def document_json(document: AttemptDocument) -> str:
    """Return the document as it is downloaded: JSON, readable, ending with a line break."""
    return document.model_dump_json(indent=2) + "\n"


def import_attempt(desk: Desk, raw: bytes, name: str) -> str:
    """Store a document as a new attempt and return its id.

    Raises:
        ContentError: If the document is malformed, names what does not exist, or claims a
            submission that its answers do not match.
        StoreError: If it could not be kept; nothing of it is.
    """
    document = read_document(raw, name)
    check_document(document, name, desk.content)
    session = document.session
    if session:
        _check_times(session, name)
    _check_transcript(document, name)
    submission = _claimed_submission(document, name)
    edits = _edits(document, name)
    header = AttemptHeader(
        id=desk.new_id(),
        owner=desk.owner,
        prompt_id=document.prompt,
        prompt_hash=session.prompt_hash
        if session
        else desk.content.prompt(document.prompt).content_hash(),
        budget_minutes=session.budget_minutes if session else 45,
        created_at=session.created_at if session else desk.now(),
    )
    desk.store.create(header)
    try:
        for edit in edits:
            desk.store.save(desk.owner, header.id, edit, desk.now())
        _add_session(desk, header.id, document, submission)
    except BaseException:
        with suppress(StoreError):  # what went wrong first is what there is to say
            desk.store.purge(desk.owner, header.id)  # half an attempt is worse than none
        raise
    return header.id


def _add_session(
    desk: Desk, attempt_id: str, document: AttemptDocument, submission: Submission | None
) -> None:
    session = document.session
    said = iter(enumerate(document.transcript, 1))
    for event in session.events if session else _events_of_new_work(desk, document):
        if event.kind == "submitted" and submission is not None:
            desk.store.submit(desk.owner, attempt_id, submission, event)
        elif event.kind == "spoke":
            number, exchange = next(said)
            desk.store.append_turn(desk.owner, attempt_id, turn_of(number, exchange), event)
        else:
            desk.store.append_event(desk.owner, attempt_id, event)
    if session and session.self_ratings:
        desk.store.record_self_ratings(desk.owner, attempt_id, session.self_ratings, desk.now())
    for argument in session.arguments if session else ():
        desk.store.record_argument(desk.owner, attempt_id, argument)


def _events_of_new_work(desk: Desk, document: AttemptDocument) -> Iterator[SessionEvent]:
    """Yield what a document without a session has behind it: everything happens now."""
    settling = {"answered": "replied", "passed": "passed"}
    yield desk.event("entered", STAGES[0])
    for number, exchange in enumerate(document.transcript, 1):
        yield desk.event("spoke", exchange.stage, str(number))
        if exchange.outcome in settling:
            yield desk.event(settling[exchange.outcome], exchange.stage, str(number))


def _answers(stored: StoredAttempt) -> dict[StageId, str]:
    return {
        stage: stored.parts[stage.value].body if stage.value in stored.parts else ""
        for stage in STAGES
    }


def _edits(document: AttemptDocument, name: str) -> list[Edit]:
    draft = draft_of(document.design, document.unfinished)
    edits = [answer_edit(stage, document.answers[stage], 0, "") for stage in STAGES]
    try:
        drawing = [drawing_edit(draft, 0, "")] if draft != DrawingDraft() else []
    except TooLongError as error:
        raise document_error(name, f"design: {error}") from None
    replies = [
        reply_edit(number, exchange.reply, 0, "")
        for number, exchange in enumerate(document.transcript, 1)
    ]
    return [*(edit for edit in (*edits, *replies) if edit.body), *drawing]


def _check_transcript(document: AttemptDocument, name: str) -> None:
    """Refuse a transcript that does not go with the events: they say when what was asked."""
    if document.session is None:
        return
    events = document.session.events
    spoken = [event for event in events if event.kind == "spoke"]
    if len(spoken) != len(document.transcript):
        raise document_error(
            name,
            f"transcript: holds {len(document.transcript)} exchanges, but the session's events "
            f"say `spoke` {len(spoken)} times; remove the `session` block to import it as new work",
        )
    ended = next((n for n, event in enumerate(events) if event.kind == "submitted"), len(events))
    if any(event.kind == "spoke" for event in events[ended:]):
        raise document_error(name, "session.events: nothing is asked after the submission")


def _check_times(session: SessionRecord, name: str) -> None:
    times = {"created_at": session.created_at}
    times |= {f"events.{number}.at": event.at for number, event in enumerate(session.events)}
    times |= {f"arguments.{number}.at": one.at for number, one in enumerate(session.arguments)}
    for field, time in times.items():
        if not _is_on_our_clock(time):
            raise document_error(
                name, f"session.{field}: needs a time zone and a year that UTC has too"
            )


def _is_on_our_clock(time: datetime) -> bool:
    try:
        return time.utcoffset() is not None and bool(time.astimezone(UTC))
    except OverflowError:  # the first and the last hours of the calendar
        return False


def _claimed_submission(document: AttemptDocument, name: str) -> Submission | None:
    session = document.session
    if session is None:
        return None
    submitted = sum(event.kind == "submitted" for event in session.events)
    if session.submission_hash is None:
        if submitted:
            raise document_error(name, "the events say `submitted` but submission_hash is missing")
        return None
    submission = Submission(
        prompt_id=document.prompt,
        prompt_hash=session.prompt_hash,
        answers=document.answers,
        design=document.design,
        transcript=document.transcript,
    )
    if submission.content_hash() != session.submission_hash:
        raise document_error(
            name,
            "answers or drawing were changed after submission (submission_hash does not match); "
            "remove the `session` block to import it as new work",
        )
    if submitted != 1:
        raise document_error(
            name, f"a submitted session has one `submitted` event, this has {submitted}"
        )
    return submission
