"""No evidence, no credit: every way to break the rule is found."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_rubrics import (
    a_criterion,
    a_rubric,
    a_submission,
    an_assessment,
    scored,
    unscored,
)

from designs.stage import StageId
from labs.load_test.report import Verdict
from rubrics.assessment import (
    AnswerEvidence,
    DoubtfulAnswer,
    DrawingEvidence,
    LoadTestEvidence,
    Scored,
    StatedMistake,
    Unscored,
)
from rubrics.evidence_check import evidence_problems

ANSWER = "We decline the payment. 😀 שלום"
RUBRIC = a_rubric(a_criterion("one"), a_criterion("two", StageId.DATA))
SUBMISSION = a_submission(
    {StageId.FRAMING: ANSWER}, design={"nodes": [{"id": "gate", "kind": "api-gateway"}]}
)

UNTESTED = LoadTestEvidence(
    slo_id="p99",
    observed=80,
    threshold=100,
    unit="ms",
    verdict=Verdict.MET,
    objective="Within 100 ms.",
    reason="It is.",
    seed=0,
    engine_version="1",
)


def quote(start: int = 0, end: int = 10, text: str = "We decline", **rest: Any) -> AnswerEvidence:
    fields = {"stage": StageId.FRAMING, "start": start, "end": end, "quote": text}
    return AnswerEvidence.model_validate(fields | rest)


def problems(first: Scored | Unscored, **rest: Any) -> tuple[str, ...]:
    made = an_assessment(RUBRIC, first, unscored("two"), submission=SUBMISSION, **rest)
    return evidence_problems(made, SUBMISSION, RUBRIC)


@pytest.mark.parametrize(
    "result",
    [
        scored("one", "missing"),
        scored("one", "missing", against=[quote()]),
        scored("one", "named", quote()),
        scored("one", "reasoned", quote(0, len(ANSWER), ANSWER)),
        scored("one", "reasoned", quote(24, 25, "😀")),
        scored("one", "named", DrawingEvidence(node_ids=("gate",))),
        scored("one", "named", quote(), DrawingEvidence(node_ids=("gate", "gate"))),
        unscored("one"),
    ],
)
def test_a_sound_result_stands(result: Scored | Unscored) -> None:
    assert problems(result) == ()


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (scored("one", "named"), "one: credit without evidence"),
        (scored("one", "reasoned"), "one: credit without evidence"),
        (scored("one", "named", quote(text="We approve")), "one: the quote does not occur at 0"),
        (scored("one", "named", quote(1, 11)), "one: the quote does not occur at 1"),
        (scored("one", "named", quote(0, 9)), "one: the quote does not occur at 0"),
        (scored("one", "named", quote(0, 11)), "one: the quote does not occur at 0"),
        (scored("one", "named", quote(5, 5)), "one: the quote does not occur at 5"),
        (scored("one", "named", quote(9, 3)), "one: the quote does not occur at 9"),
        (scored("one", "named", quote(10**9, 10**9 + 10)), "the quote does not occur"),
        (scored("one", "named", quote(0, 10**9, ANSWER)), "the quote does not occur at 0"),
        (scored("one", "named", quote(25, 26, " ")), "one: the quote is blank"),
        (scored("one", "named", quote(stage=StageId.DATA)), "one: the quote does not occur"),
        (scored("one", "missing", against=[quote(1, 11)]), "one: the quote does not occur"),
        (scored("one", "named", DrawingEvidence(node_ids=("ghost",))), "has no node ghost"),
        (scored("one", "named", DrawingEvidence(node_ids=("gate", "x", "b"))), "no node b, x"),
        (
            scored("one", "named", quote(), UNTESTED),
            "one: the load-test figure p99 belongs to no load test",
        ),
        (scored("one", "named", quote(), value=1), "one: value 1.0 is not that of level named"),
        (scored("one", "missing", value=0.5), "one: value 0.5 is not that of level missing"),
    ],
)
def test_a_broken_result_is_found(result: Scored, said: str) -> None:
    assert any(said in problem for problem in problems(result)), problems(result)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"submission_hash": "0" * 64}, "another submission"),
        ({"rubric_content_hash": "0" * 64}, "another rubric"),
        ({"rubric_structure_hash": "0" * 64}, "another rubric"),
        ({"rubric_id": "another-prompt"}, "another rubric"),
    ],
)
def test_it_must_name_what_it_judged(change: dict[str, str], said: str) -> None:
    assert problems(unscored("one"), **change) == (f"the assessment names {said}",)


@pytest.mark.parametrize(
    "results",
    [
        [],
        [unscored("one")],
        [unscored("two"), unscored("one")],
        [unscored("one"), unscored("two"), unscored("two")],
        [unscored("one"), unscored("one")],
        [unscored("one"), unscored("two"), unscored("three")],
    ],
)
def test_there_is_one_result_per_criterion_in_order(results: list[Unscored]) -> None:
    made = an_assessment(RUBRIC, *results, submission=SUBMISSION)
    (problem,) = evidence_problems(made, SUBMISSION, RUBRIC)
    assert "exactly one per criterion" in problem


def test_a_result_for_a_stranger_is_found() -> None:
    made = an_assessment(RUBRIC, scored("ghost", "missing"), unscored("two"), submission=SUBMISSION)
    assert len(evidence_problems(made, SUBMISSION, RUBRIC)) == 2


def test_every_problem_is_named() -> None:
    broken = scored("one", "named", quote(1, 11), DrawingEvidence(node_ids=("ghost",)), value=0.7)
    assert len(problems(broken, submission_hash="0" * 64)) == 4


def doubt(*evidence: AnswerEvidence, stage: StageId = StageId.FRAMING) -> DoubtfulAnswer:
    return DoubtfulAnswer(stage=stage, chance=0.8, evidence=evidence)


def test_a_doubtful_answer_with_its_own_sentences_stands() -> None:
    found = (doubt(quote(), quote(24, 25, "😀")),)
    assert problems(unscored("one"), doubtful=found) == ()


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ([doubt(quote(1, 11))], "doubt about framing: the quote does not occur at 1"),
        ([doubt(quote(), quote(text="We approve"))], "the quote does not occur at 0"),
        ([doubt(quote(25, 26, " "))], "doubt about framing: the quote is blank"),
        ([doubt(quote(), stage=StageId.DATA)], "doubt about data: the quote is from framing"),
        ([doubt(quote()), doubt(quote())], "an answer is called doubtful twice"),
    ],
)
def test_a_doubtful_answer_without_its_own_sentences_is_found(
    found: list[DoubtfulAnswer], said: str
) -> None:
    (problem,) = problems(unscored("one"), doubtful=found)
    assert said in problem


def test_a_stated_mistake_quotes_the_answer() -> None:
    texts = {"title": "A mistake", "why": "Because", "instead": "Something else"}
    mistake = StatedMistake(
        mistake_id="a-mistake",
        stage=StageId.FRAMING,
        severity="serious",
        evidence=quote(),
        **texts,
    )
    assert problems(unscored("one"), mistakes=[mistake]) == ()
    invented = mistake.model_copy(update={"evidence": quote(1, 11)})
    (problem,) = problems(unscored("one"), mistakes=[invented])
    assert "a-mistake: the quote does not occur at 1" in problem


@given(st.integers(0, 40), st.integers(1, 40), st.text(min_size=1, max_size=12))
def test_only_the_very_span_passes(start: int, end: int, text: str) -> None:
    found = problems(scored("one", "named", quote(start, end, text)))
    is_there = 0 <= start < end <= len(ANSWER) and ANSWER[start:end] == text
    assert (found == ()) == (is_there and bool(text.strip()))


@given(st.integers(0, len(ANSWER)), st.integers(1, len(ANSWER)))
def test_every_span_of_the_answer_passes(start: int, length: int) -> None:
    text = ANSWER[start : start + length]
    if text.strip():
        assert problems(scored("one", "named", quote(start, start + len(text), text))) == ()
