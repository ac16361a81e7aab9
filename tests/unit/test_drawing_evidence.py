"""What a drawing shows of a criterion, what speaks against it, and what that does to a level."""

from typing import Any

import pytest
from drawn_in_words import drawn
from made_rubrics import NOON, a_criterion, a_rubric, a_submission
from pydantic import ValidationError

from designs.library import shipped_pack, shipped_palette
from designs.stage import StageId
from rubrics.assessment import DrawingEvidence, InspectionEvidence, Scored
from rubrics.criterion import Criterion, DrawingIndicator
from rubrics.evidence_check import evidence_problems
from rubrics.grader import GradingTask
from rubrics.graders.offline import OfflineGrader
from rubrics.graders.offline.drawing_evidence import InspectedDrawing
from rubrics.graders.offline.remarks import DRAWN_OTHERWISE
from rubrics.library import shipped_rubric

PALETTE = shipped_palette()
CALL = "client-app -> api-gateway -> model-server | t=50 else=default"
NO_FALLBACK = "client-app -> api-gateway -> model-server | t=50"


def _sign(text: str, **fields: Any) -> tuple[str, ...]:
    indicator = DrawingIndicator.model_validate({"id": "drawn", "label": "drawn", **fields})
    sign = InspectedDrawing(drawn(text), PALETTE).sign_of(indicator)
    return sign.node_ids if sign else ()


REQUEST = [["client-app"], ["model-server"]]
FILLED = [["stream-processor"], ["cache"]]


@pytest.mark.parametrize(
    ("text", "fields", "wanted"),
    [
        (CALL, {"any_kinds": ["cache", "model-server"]}, "model-server"),
        (CALL, {"any_kinds": ["model-server"], "reached_from": ["client-app"]}, "model-server"),
        (CALL, {"any_kinds": ["client-app"], "reached_from": ["client-app"]}, ""),
        (CALL, {"any_kinds": ["model-server"], "edge_with": "fallback"}, "model-server"),
        (CALL, {"any_kinds": ["model-server"], "serves_requests": True}, "model-server"),
        (CALL, {"any_kinds": ["client-app"], "serves_requests": True}, ""),
        (CALL, {"path": REQUEST}, "client-app api-gateway model-server"),
        (CALL, {"path": REQUEST, "modes": ["async"]}, ""),
        (CALL, {"path": REQUEST, "avoiding": ["api-gateway"]}, ""),
        (CALL, {"path": REQUEST, "edge_with": "timeout"}, "client-app api-gateway model-server"),
        (NO_FALLBACK, {"path": REQUEST, "edge_with": "fallback"}, ""),
        (
            CALL,
            {"path": REQUEST, "clear_of": ["no-fallback"]},
            "client-app api-gateway model-server",
        ),
        (NO_FALLBACK, {"path": REQUEST, "clear_of": ["no-fallback"]}, ""),
        ("cache", {"path": REQUEST, "clear_of": ["no-fallback"]}, ""),
        ("stream-processor ~> cache", {"path": FILLED}, "stream-processor cache"),
        ("stream-processor ~> cache", {"path": FILLED, "serves_requests": True}, ""),
        (
            "stream-processor ~> cache\nclient-app -> cache",
            {"path": FILLED, "serves_requests": True},
            "stream-processor cache",
        ),
    ],
)
def test_an_indicator_is_found_with_its_nodes(
    text: str, fields: dict[str, Any], wanted: str
) -> None:
    assert _sign(text, **fields) == tuple(wanted.split())


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "any_kinds or path"),
        ({"any_kinds": ["cache"], "path": REQUEST}, "any_kinds or path"),
        ({"path": [["cache"]]}, "at least two stops"),
        ({"path": [["cache"], []]}, "at least 1 item"),
        ({"path": REQUEST, "reached_from": ["cache"]}, "first stop"),
        ({"any_kinds": ["cache"], "modes": ["sync"]}, "belong to a path"),
        ({"any_kinds": ["cache"], "avoiding": ["cache"]}, "belong to a path"),
    ],
)
def test_an_indicator_that_looks_for_two_things_is_refused(
    fields: dict[str, Any], words: str
) -> None:
    with pytest.raises(ValidationError, match=words):
        DrawingIndicator.model_validate({"id": "drawn", "label": "drawn", **fields})


def _levels(**shown_by: tuple[str, ...]) -> list[dict[str, Any]]:
    levels = [level.model_dump(mode="json") for level in a_criterion("one").levels]
    return [level | {"shown_by": shown_by.get(level["id"], ())} for level in levels]


@pytest.mark.parametrize(
    ("levels", "words"),
    [
        (_levels(reasoned=("drawn",)), "no more than named"),
        (_levels(named=("one",)), "no drawing indicators: one"),
        (_levels(named=("ghost",)), "no drawing indicators: ghost"),
    ],
)
def test_a_drawing_shows_no_more_than_named(levels: list[dict[str, Any]], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        a_criterion("one", levels=levels)


def _fallback(**changes: Any) -> Criterion:
    found = shipped_rubric("fraud-detection").criterion("serving-fallback")
    assert found
    return found.model_copy(update=changes)


def _graded(answer: str, text: str, criterion: Criterion | None = None) -> Scored:
    rubric = a_rubric(criterion or _fallback())
    submission = a_submission({StageId.SERVING: answer}, design=drawn(text))
    prompt = shipped_pack("fraud-detection").prompt
    task = GradingTask(
        submission=submission, rubric=rubric, prompt=prompt, assessment_id="one", graded_at=NOON
    )
    assessment = OfflineGrader(palette=PALETTE).grade(task)
    assert evidence_problems(assessment, submission, rubric) == ()
    (result,) = assessment.results
    assert isinstance(result, Scored)
    return result


NAMED_WEAKLY = "The rules decide alone."


def test_words_that_leave_it_open_are_lifted_to_named_by_the_drawing() -> None:
    words, both = (_graded(NAMED_WEAKLY, text) for text in ("", CALL))
    assert (words.level_id, both.level_id) == ("missing", "named")
    (sign,) = (one for one in both.evidence if isinstance(one, DrawingEvidence))
    assert sign.node_ids == ("api-gateway", "model-server")
    assert sign.is_path
    assert "fallback" in sign.shows
    assert both.unsure


@pytest.mark.parametrize(
    "answer", ["", "We use Kubernetes and a load balancer.", "fallback, rules"]
)
def test_a_drawing_without_an_idea_in_words_earns_nothing(answer: str) -> None:
    assert _graded(answer, CALL).level_id == "missing"


def test_a_drawing_with_a_smell_lifts_nothing_and_is_held_against_the_criterion() -> None:
    result = _graded(NAMED_WEAKLY, NO_FALLBACK)
    assert result.level_id == "missing"
    (smell,) = result.against
    assert isinstance(smell, InspectionEvidence)
    assert smell.code == "no-fallback"
    assert "api-gateway" in smell.node_ids


def test_a_serious_smell_leaves_words_that_argue_at_named_and_a_warning_leaves_them() -> None:
    answer = shipped_pack("fraud-detection").exemplar.answers[StageId.SERVING]
    serious = "client-app -> api-gateway -> gpu-model-server | t=50"
    assert _graded(answer, "").level_id == "reasoned"
    assert _graded(answer, NO_FALLBACK).level_id == "reasoned"
    result = _graded(answer, serious)
    assert result.level_id == "named"
    assert DRAWN_OTHERWISE in result.remarks


def test_a_smell_that_no_inspection_knows_is_held_against_nobody() -> None:
    assert _graded(NAMED_WEAKLY, NO_FALLBACK, _fallback(smells=("ghost",))).against == ()
