"""Sessions in every state, and how they are brought in."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from desks import FRAUD, VIDEO, Clock

from designs.attempt_document import SelfRating
from designs.drawing_draft import DrawingDraft
from designs.problem import ContentError
from designs.stage import StageId
from rubrics.graders.offline import OfflineGrader
from workbench.desk import Desk
from workbench.exchange import document_json, export_attempt, import_attempt
from workbench.interview.interview import Interview
from workbench.interview.moves import Mode
from workbench.practice import Practice
from workbench.review import Review

SENTENCE = "We decline when the expected loss is higher than a lost customer costs. 😀 שלום"
DRAFT = DrawingDraft(
    nodes=(
        {"id": "gateway", "kind": "api-gateway", "replicas": " 4 ", "label": "<b>Front</b> door"},
        {"id": "Not a slug", "kind": "cache", "note": "later; | ` $x$"},
        {"id": "gateway", "kind": "cache"},
        {"id": "memory", "kind": "cache", "cache_hit_ratio": "0.9"},
    ),
    edges=(
        {"source": "gateway", "target": "memory", "timeout_ms": "15", "calls_per_request": "2.5"},
        {"source": "gateway", "target": "nowhere"},
    ),
)


def fresh(desk: Desk, _clock: Clock) -> str:
    return Practice(desk).start(VIDEO, 60)


def worked_on(desk: Desk, clock: Clock) -> str:
    practice = Practice(desk)
    attempt = practice.start(FRAUD, 45)
    practice.save_answer(attempt, StageId.FRAMING, "first", 0, "tab")
    clock.forward(3)
    practice.save_answer(attempt, StageId.FRAMING, SENTENCE, 1, "tab")
    practice.enter(attempt, StageId.DATA)
    practice.save_answer(attempt, StageId.DATA, "tab\tcr\r\nlf\n", 0, "tab")
    practice.save_answer(attempt, StageId.MODEL, "taken back", 0, "tab")
    practice.save_answer(attempt, StageId.MODEL, "", 1, "tab")
    practice.ask(attempt, "when-we-learn")
    practice.open_hint(attempt, StageId.DATA)
    practice.save_drawing(attempt, DRAFT, 0, "tables")
    clock.forward(2)
    return attempt


def interviewed(desk: Desk, clock: Clock) -> str:
    """Asked in three stages: a reply and a probe, a pass, and a question left open."""
    attempt = worked_on(desk, clock)
    practice, interview = Practice(desk), Interview(desk)
    interview.take_part(attempt, Mode.STRICT)
    for stage in (StageId.DATA, StageId.FEATURES, StageId.MONITORING):
        practice.save_answer(attempt, stage, "We watch the drift of everything. " * 4, 0, "tab")
    interview.ask(attempt, StageId.DATA)
    interview.save_reply(attempt, 1, SENTENCE, 0, "tab")
    clock.forward(1)
    interview.settle(attempt, 1)
    interview.settle(attempt, 2, passed=True)
    interview.ask(attempt, StageId.FEATURES)
    interview.save_reply(attempt, 3, "half a thought", 0, "tab")
    return attempt


def interviewed_and_submitted(desk: Desk, clock: Clock) -> str:
    attempt = interviewed(desk, clock)
    Practice(desk).submit(attempt)
    return attempt


def submitted(desk: Desk, clock: Clock) -> str:
    attempt = worked_on(desk, clock)
    Practice(desk).submit(attempt)
    return attempt


def self_reviewed(desk: Desk, clock: Clock) -> str:
    attempt = submitted(desk, clock)
    review = Review(desk, OfflineGrader())
    criterion = desk.content.rubric(FRAUD).stage(StageId.FRAMING)[0].id
    rating = SelfRating(criterion_id=criterion, level_id="reasoned", quote=SENTENCE)
    drawn = SelfRating(criterion_id="serving-x", level_id="named", node_ids=("gateway",))
    review.rate_self(attempt, (rating, drawn))
    clock.forward(1)
    review.finish_self_review(attempt)
    review.open(attempt)
    return attempt


STATES: list[Callable[[Desk, Clock], str]] = [
    fresh,
    worked_on,
    interviewed,
    submitted,
    interviewed_and_submitted,
    self_reviewed,
]


def raw(desk: Desk, attempt: str) -> bytes:
    return document_json(export_attempt(desk, attempt)).encode()


def refusal(desk: Desk, document: dict[str, Any]) -> str:
    """Import what must be refused and return the one message."""
    before = desk.store.lines("me")
    with pytest.raises(ContentError) as refused:
        import_attempt(desk, json.dumps(document).encode(), "the file")
    assert desk.store.lines("me") == before
    (problem,) = refused.value.problems
    assert problem.file == "the file"
    assert "\n" not in problem.message
    return problem.message
