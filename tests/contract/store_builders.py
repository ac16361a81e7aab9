"""What the store tests keep: small values that say which test made them."""

import secrets
from datetime import UTC, datetime, timedelta

from designs.attempt_document import Argument, SelfRating, SessionEvent
from designs.stage import StageId
from designs.submission import Submission
from designs.transcript import Turn
from rubrics.assessment import (
    Assessment,
    GraderKind,
    GraderRef,
    Scored,
    Unscored,
    UnscoredReason,
)
from workbench.store import AttemptHeader, Edit, Store

NOON = datetime(2026, 5, 1, 12, 0, 0, 123456, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def a_header(owner: str, at: datetime = NOON) -> AttemptHeader:
    return AttemptHeader(
        id=secrets.token_urlsafe(16),
        owner=owner,
        prompt_id="fraud-detection",
        prompt_hash="ab" * 32,
        budget_minutes=45,
        created_at=at,
    )


def an_attempt(store: Store, owner: str, at: datetime = NOON) -> str:
    header = a_header(owner, at)
    store.create(header)
    return header.id


def an_edit(body: str, parent: int = 0, client: str = "", part: str = "data") -> Edit:
    return Edit(part=part, body=body, parent=parent, client=client)


def an_event(kind: str = "worked", at: datetime = NOON, subject: str = "") -> SessionEvent:
    return SessionEvent.model_validate(
        {"kind": kind, "at": at, "stage": StageId.DATA, "subject": subject}
    )


def a_turn(number: int, wording: str = "What breaks first, and who notices? 😀") -> Turn:
    return Turn(
        number=number,
        kind="follow-up",
        stage=StageId.DATA,
        question_id="first-break",
        wording=wording,
    )


def a_submission(text: str = "Label: chargeback within 90 days 😀") -> Submission:
    return Submission.model_validate(
        {"prompt_id": "fraud-detection", "prompt_hash": "ab" * 32, "answers": {"data": text}}
    )


def an_assessment(identity: str, at: datetime = NOON) -> Assessment:
    return Assessment(
        id=identity,
        submission_hash=a_submission().content_hash(),
        rubric_id="fraud-detection",
        rubric_content_hash="cd" * 32,
        rubric_structure_hash="ef" * 32,
        grader=GraderRef(kind=GraderKind.OFFLINE, name="rules", version="1"),
        results=(
            Scored.model_validate(
                {
                    "criterion_id": "data-labels",
                    "level_id": "reasoned",
                    "value": 1.0,
                    "evidence": [
                        {"kind": "answer", "stage": "data", "start": 0, "end": 5, "quote": "Label"}
                    ],
                }
            ),
            Unscored(criterion_id="data-bias", reason=UnscoredReason.REFUSED),
        ),
        created_at=at,
    )


def a_doubting_assessment(identity: str, at: datetime = NOON) -> Assessment:
    """Return an assessment with everything that can be held against an answer."""
    quote = {"stage": "data", "start": 7, "end": 34, "quote": "chargeback within 90 days 😀"}
    mistake = {
        "mistake_id": "labels-not-waited-for",
        "stage": "data",
        "severity": "serious",
        "title": "Does not wait for labels",
        "why": "Fresh rows look honest.",
        "instead": "Wait until they are mature.",
        "evidence": quote,
    }
    doubt = {"stage": "data", "chance": 0.83, "evidence": [quote]}
    plain = an_assessment(identity, at).model_dump(mode="json")
    return Assessment.model_validate(plain | {"mistakes": [mistake], "doubtful": [doubt]})


def a_rating(level: str = "named") -> SelfRating:
    return SelfRating(criterion_id="data-labels", level_id=level, quote="Label: 😀", node_ids=())


def an_argument(words: str = "It says so: 😀", at: datetime = NOON) -> Argument:
    return Argument(
        criterion_id="data-labels",
        outcome="own-words",
        words=words,
        offline="offline 4",
        offline_level="missing",
        second_opinion="made-up 1",
        second_level="reasoned",
        at=at,
    )
