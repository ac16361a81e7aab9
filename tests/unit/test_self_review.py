"""The self-review is held to the evidence rule: no sentence and no node, no claim."""

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_rubrics import NOON, a_criterion, a_rubric, a_submission

from designs.attempt_document import SelfRating
from designs.library import shipped_pack
from designs.stage import StageId
from rubrics.assessment import AnswerEvidence, DrawingEvidence, GraderKind, Scored
from rubrics.evidence_check import evidence_problems
from rubrics.grader import Grader, GradingTask
from rubrics.graders.self_review import LOST_SENTENCE, NO_SENTENCE, SelfReviewGrader

FRAMING = "First. We decline it. We decline it."
RUBRIC = a_rubric(a_criterion("one"), a_criterion("two"), a_criterion("three", StageId.DATA))
SUBMISSION = a_submission(
    {StageId.FRAMING: FRAMING, StageId.DATA: "Labels come late. 😀 שלום"},
    design={"nodes": [{"id": "gate", "kind": "api-gateway"}, {"id": "store", "kind": "cache"}]},
)
TASK = GradingTask(
    submission=SUBMISSION,
    rubric=RUBRIC,
    prompt=shipped_pack("fraud-detection").prompt,
    assessment_id="made-up",
    graded_at=NOON,
)


def a_rating(criterion: str = "one", level: str = "named", **rest: Any) -> SelfRating:
    return SelfRating.model_validate({"criterion_id": criterion, "level_id": level} | rest)


def results(ratings: Iterable[SelfRating]) -> dict[str, Scored]:
    made = SelfReviewGrader(tuple(ratings)).grade(TASK)
    assert evidence_problems(made, SUBMISSION, RUBRIC) == ()
    return {one.criterion_id: one for one in made.results if isinstance(one, Scored)}


def first(**rest: Any) -> Scored:
    return results([a_rating(**rest)])["one"]


def test_it_is_a_grader_of_its_kind() -> None:
    grader = SelfReviewGrader(())
    assert isinstance(grader, Grader)
    assert grader.ref.kind == GraderKind.SELF
    made = grader.grade(TASK)
    assert (made.id, made.created_at, made.grader) == ("made-up", NOON, grader.ref)


def test_what_was_not_rated_is_missing() -> None:
    found = results([])
    assert list(found) == ["one", "two", "three"]
    assert {one.value for one in found.values()} == {0}


@pytest.mark.parametrize(("level", "value"), [("named", 0.5), ("reasoned", 1.0)])
def test_a_claim_with_a_sentence_counts(level: str, value: float) -> None:
    found = first(level=level, quote="We decline it.")
    assert (found.level_id, found.value, found.remarks) == (level, value, ())
    assert found.evidence == (
        AnswerEvidence(stage=StageId.FRAMING, start=7, end=21, quote="We decline it."),
    )


def test_a_claim_with_a_node_counts() -> None:
    found = first(node_ids=["gate", "ghost", "store"])
    assert found.evidence == (DrawingEvidence(node_ids=("gate", "store")),)
    assert found.value == 0.5


def test_a_sentence_and_a_node_are_both_kept() -> None:
    found = first(quote="First.", node_ids=["gate"])
    assert [one.kind for one in found.evidence] == ["answer", "drawing"]


def test_a_lost_sentence_leaves_the_node() -> None:
    found = first(quote="Not in the answer.", node_ids=["gate"])
    assert [one.kind for one in found.evidence] == ["drawing"]
    assert found.value == 0.5


@pytest.mark.parametrize(
    ("rest", "remark"),
    [
        ({}, NO_SENTENCE),
        ({"quote": " "}, NO_SENTENCE),
        ({"node_ids": ["ghost"]}, NO_SENTENCE),
        ({"quote": "Not in the answer."}, LOST_SENTENCE),
        ({"quote": "we decline it."}, LOST_SENTENCE),
        ({"quote": "Labels come late."}, LOST_SENTENCE),  # the sentence of another stage
    ],
)
def test_a_claim_without_evidence_is_missing(rest: dict[str, Any], remark: str) -> None:
    found = first(level="reasoned", **rest)
    assert (found.level_id, found.value, found.evidence) == ("missing", 0, ())
    assert found.remarks == (remark,)


@pytest.mark.parametrize("level", ["missing", "brilliant"])
def test_no_claim_needs_no_remark(level: str) -> None:
    found = first(level=level, quote="First.")
    assert (found.value, found.evidence, found.remarks) == (0, (), ())


def test_a_rating_of_a_stranger_changes_nothing() -> None:
    assert results([a_rating("ghost", quote="First.")]) == results([])


def test_the_later_of_two_ratings_counts() -> None:
    found = results([a_rating(quote="First."), a_rating(level="reasoned", quote="First.")])
    assert found["one"].level_id == "reasoned"


ratings = st.builds(
    a_rating,
    st.sampled_from(["one", "two", "three", "ghost"]),
    st.sampled_from(["missing", "named", "reasoned", "brilliant"]),
    quote=st.one_of(st.sampled_from(["", "First.", "late", "😀", " "]), st.text(max_size=9)),
    node_ids=st.lists(st.sampled_from(["gate", "store", "ghost"]), max_size=3),
)


@given(st.lists(ratings, max_size=6))
def test_no_rating_breaks_the_evidence_rule(given_ratings: list[SelfRating]) -> None:
    found = results(given_ratings)
    assert set(found) == {"one", "two", "three"}
    assert all(one.evidence or one.value == 0 for one in found.values())
