"""Load-test figures as evidence: held against the report, and the report against the drawing."""

from typing import Any

import pytest
from drawn_paths import PALETTE, PROMPT, drawn
from made_rubrics import a_criterion, a_rubric, a_submission, an_assessment, scored

from designs.drawing import Design
from designs.stage import StageId
from labs.load_test.lab import Setup, load_test
from labs.load_test.report import LoadTestReport
from rubrics.assessment import LoadTestEvidence
from rubrics.evidence_check import evidence_problems

RUBRIC = a_rubric(a_criterion("one"))
FAST = drawn("app -> service", service={"replicas": 10})
SLOW = drawn("app -> service", service={"overrides": {"service_p50_ms": 200, "concurrency": 999}})
LATENCY = "decision-latency"


def report_of(design: Design, **setup: Any) -> LoadTestReport:
    return load_test(design, PROMPT, PALETTE, Setup(requests=8000, **setup))


def problems(
    row: LoadTestEvidence,
    report: LoadTestReport | None,
    design: Design = FAST,
    *,
    is_against: bool = False,
) -> tuple[str, ...]:
    submission = a_submission({StageId.FRAMING: "words"}, design=design.model_dump(mode="json"))
    result = scored("one", "named", row)
    if is_against:
        result = scored("one", "missing", against=(row,))
    made = an_assessment(RUBRIC, result, submission=submission)
    return evidence_problems(made, submission, RUBRIC, report)


def test_a_figure_of_the_report_stands() -> None:
    report = report_of(FAST)
    row = LoadTestEvidence.of(report, LATENCY)
    assert problems(row, report) == ()
    assert (row.threshold, row.unit, row.verdict, row.seed) == (100, "ms", "MET", 0)


@pytest.mark.parametrize(
    "change",
    [
        {"observed": 1.0},
        {"threshold": 500.0},
        {"unit": "s"},
        {"verdict": "MISSED"},
        {"observed": None},
        {"objective": "Anything."},
        {"reason": "Trust me."},
        {"seed": 3},
        {"engine_version": "0"},
    ],
)
def test_a_figure_that_was_changed_falls(change: dict[str, Any]) -> None:
    report = report_of(FAST)
    row = LoadTestEvidence.model_validate(
        LoadTestEvidence.of(report, LATENCY).model_dump() | change
    )
    assert problems(row, report) == (
        f"one: the load-test figure {LATENCY} is not what the load test found",
    )


def test_a_figure_needs_a_report_of_this_drawing() -> None:
    report = report_of(FAST)
    row = LoadTestEvidence.of(report, LATENCY)
    nobody_s = f"one: the load-test figure {LATENCY} belongs to no load test of this submission"
    assert problems(row, None) == (nobody_s,)
    assert problems(row, report, SLOW) == (nobody_s,)
    other = row.model_copy(update={"slo_id": "another"})
    assert problems(other, report) == ("one: the load-test figure another is not in the load test",)


def test_an_objective_that_was_missed_supports_nothing() -> None:
    report = report_of(SLOW)
    row = LoadTestEvidence.of(report, LATENCY)
    said = f"one: the load-test figure {LATENCY} was not met and supports no credit"
    assert problems(row, report, SLOW) == (said,)
    assert problems(row, report, SLOW, is_against=True) == ()
    with pytest.raises(ValueError, match="no verdict on freshness"):
        LoadTestEvidence.of(report, "freshness")


def test_an_objective_that_was_met_speaks_against_nothing() -> None:
    report = report_of(FAST)
    row = LoadTestEvidence.of(report, LATENCY)
    said = f"one: the load-test figure {LATENCY} was not missed and speaks against nothing"
    assert problems(row, report, is_against=True) == (said,)


def test_a_report_of_another_prompt_supports_nothing() -> None:
    report = report_of(FAST).model_copy(update={"prompt_id": "search-ranking"})
    (said,) = problems(LoadTestEvidence.of(report, LATENCY), report)
    assert "belongs to no load test" in said
