"""What a load test does to the level of a criterion, and when it is run."""

from typing import Any

import pytest
from drawn_paths import PALETTE, PROMPT, drawn
from made_rubrics import NOON, a_criterion, a_rubric, a_submission
from pydantic import ValidationError

from designs.drawing import Design
from designs.stage import StageId
from labs.load_test.report import LoadTestReport, Verdict
from rubrics.assessment import LoadTestEvidence, Scored
from rubrics.criterion import LoadTestIndicator
from rubrics.evidence_check import evidence_problems
from rubrics.grader import GradingTask
from rubrics.graders.offline import OfflineGrader
from rubrics.library import shipped_rubric
from workbench.graded_load_test import graded_load_test

RUBRIC = shipped_rubric("fraud-detection")
CAPACITY, BUDGET = "serving-capacity", "serving-latency-budget"
NAMED_WEAKLY = "Per replica we take what comes."
ARGUED = (
    "3,000 rps times 40 ms is 120 in flight; a replica holds 8, so 15, and 25 at 60 percent "
    "utilisation."
)
SPLIT = "Of 100 ms the gateway gets 5, the features 15, the model 30; p99 adds up to 50."
HEAVY = {"service_p50_ms": 20, "service_p99_ms": 40, "concurrency": 4}
CARRIES = drawn("app -> service", service={"replicas": 20, "overrides": HEAVY})
FALLS_BEHIND = drawn("app -> service", service={"replicas": 2, "overrides": HEAVY})
NEVER_FULL = drawn("app -> service", service={"replicas": 20})


def report_of(design: Design) -> LoadTestReport:
    found = graded_load_test(design, PROMPT, PALETTE, RUBRIC)
    assert found
    return found


def graded(
    design: Design, report: LoadTestReport | None, key: str = CAPACITY, answer: str = NAMED_WEAKLY
) -> Scored:
    criterion = RUBRIC.criterion(key)
    assert criterion
    rubric = a_rubric(criterion)
    submission = a_submission({StageId.SERVING: answer}, design=design)
    task = GradingTask(
        submission=submission,
        rubric=rubric,
        prompt=PROMPT,
        load_test=report,
        assessment_id="one",
        graded_at=NOON,
    )
    assessment = OfflineGrader(palette=PALETTE).grade(task)
    assert evidence_problems(assessment, submission, rubric, report) == ()
    (result,) = assessment.results
    assert isinstance(result, Scored)
    return result


def rows(result: Scored) -> tuple[list[str], list[str]]:
    """Return the objectives that are cited for a criterion and against it."""
    return (
        [one.slo_id for one in result.evidence if isinstance(one, LoadTestEvidence)],
        [one.slo_id for one in result.against if isinstance(one, LoadTestEvidence)],
    )


def test_a_met_objective_lifts_words_that_leave_it_open_to_named() -> None:
    without, tested = graded(CARRIES, None), graded(CARRIES, report_of(CARRIES))
    assert (without.level_id, tested.level_id) == ("missing", "named")
    assert rows(tested) == (["decision-throughput"], [])
    assert tested.unsure
    assert tested.evidence[:-1], "words are cited before the row"


@pytest.mark.parametrize("answer", ["", "We use Kubernetes.", "replica, utilisation, zone"])
def test_a_met_objective_without_an_idea_in_words_earns_nothing(answer: str) -> None:
    assert graded(CARRIES, report_of(CARRIES), answer=answer).level_id == "missing"


def test_a_missed_objective_is_held_against_a_criterion_and_costs_the_words_nothing() -> None:
    report = report_of(FALLS_BEHIND)
    weak, argued = (graded(FALLS_BEHIND, report, answer=one) for one in (NAMED_WEAKLY, ARGUED))
    assert [one.level_id for one in (weak, argued)] == ["missing", "reasoned"]
    assert [rows(one) for one in (weak, argued)] == [([], ["decision-throughput"])] * 2
    late = graded(FALLS_BEHIND, report, BUDGET)
    assert rows(late) == ([], ["decision-latency"])
    (row,) = (one for one in late.against if isinstance(one, LoadTestEvidence))
    assert row.observed is None, "there is no p99 where a queue only grows"


@pytest.mark.parametrize("verdict", [Verdict.TOO_CLOSE, Verdict.NOT_TESTED])
def test_an_open_verdict_says_nothing(verdict: Verdict) -> None:
    report = report_of(CARRIES)
    verdicts = tuple(one.model_copy(update={"verdict": verdict}) for one in report.verdicts)
    result = graded(CARRIES, report.model_copy(update={"verdicts": verdicts}))
    assert (result.level_id, rows(result)) == ("missing", ([], []))


@pytest.mark.parametrize(
    "change",
    [
        {"fallback_requests_share": 0.01},
        {"overloads": report_of(FALLS_BEHIND).overloads},
        {"design_hash": "of another drawing"},
    ],
    ids=["leans on fallbacks", "overloaded elsewhere", "another drawing"],
)
def test_a_report_that_proves_nothing_shows_nothing(change: dict[str, Any]) -> None:
    result = graded(CARRIES, report_of(CARRIES).model_copy(update=change))
    assert (result.level_id, rows(result)) == ("missing", ([], []))


@pytest.mark.parametrize(
    ("key", "design", "shown"),
    [
        (CAPACITY, CARRIES, True),
        (CAPACITY, NEVER_FULL, False),
        (BUDGET, drawn("app -> gateway: timeout_ms=90", "gateway -> service"), False),
        (BUDGET, drawn("app -> gateway", "gateway -> service: timeout_ms=60"), False),
        (
            BUDGET,
            drawn(
                "app -> gateway",
                "gateway -> service: timeout_ms=60",
                "service -> rules: timeout_ms=30",
            ),
            True,
        ),
        (
            BUDGET,
            drawn(
                "app -> service",
                "service -> rules",
                service={"overrides": {"service_p50_ms": 2, "service_p99_ms": 6}},
                rules={"overrides": {"service_p50_ms": 1, "service_p99_ms": 3}},
            ),
            True,
        ),
    ],
)
def test_a_met_objective_counts_where_the_drawing_gives_what_it_rests_on(
    key: str, design: Design, shown: bool
) -> None:
    assert (
        bool(rows(graded(design, report_of(design), key, ARGUED if key == CAPACITY else SPLIT))[0])
        is shown
    )


TESTED = {"kind": "load-test", "id": "tested", "label": "tested", "measure": "latency"}


def test_a_load_test_may_stand_in_shown_by_of_named_and_in_no_needs() -> None:
    plain = a_criterion("one")
    levels = [level.model_dump(mode="json") for level in plain.levels]
    indicators = [*(one.model_dump(mode="json") for one in plain.indicators), TESTED]
    shown = [levels[0], levels[1] | {"shown_by": ["tested"]}, levels[2]]
    assert a_criterion("one", levels=shown, indicators=indicators).levels[1].shown_by == ("tested",)
    for wrong, words in (("needs", "not to needs"), ("shown_by", "no more than named")):
        value = {"all_of": ["tested"]} if wrong == "needs" else ["tested"]
        broken = [*levels[:2], levels[2] | {wrong: value}]
        with pytest.raises(ValidationError, match=words):
            a_criterion("one", levels=broken, indicators=indicators)
    with pytest.raises(ValidationError, match="only latency has a quantile"):
        LoadTestIndicator.model_validate(TESTED | {"measure": "throughput", "quantile": 0.99})
    with pytest.raises(ValidationError, match="measure"):
        LoadTestIndicator.model_validate(TESTED | {"measure": "freshness"})


@pytest.mark.parametrize(
    "design",
    [
        Design(),
        drawn(service={}),
        drawn("app -> service", "service -> rules", "rules -> service"),
        Design.model_validate({"nodes": [{"id": "odd", "kind": "no-such-kind"}]}),
    ],
    ids=["nothing", "nobody calls", "a circle", "an unknown kind"],
)
def test_what_cannot_be_run_gives_no_report_and_no_error(design: Design) -> None:
    assert graded_load_test(design, PROMPT, PALETTE, RUBRIC) is None


def test_a_test_is_run_once_and_only_if_a_criterion_asks_for_it() -> None:
    assert report_of(CARRIES) is report_of(CARRIES.model_copy())
    assert graded_load_test(CARRIES, PROMPT, PALETTE, a_rubric(a_criterion("one"))) is None


def test_a_request_of_very_many_calls_is_run_less_often() -> None:
    fan = drawn("app -> service", "service -> features: calls_per_request=200")
    assert report_of(fan).requests < report_of(CARRIES).requests <= 32_000
