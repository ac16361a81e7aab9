"""The report: what it says of small drawings whose answer is known."""

import re

import numpy as np
import pytest
from drawn_paths import PALETTE, PROMPT, drawn, path_of

from designs.drawing import Design
from designs.prompt import Measure
from labs.load_test.comparing import Relation, compare_designs, compare_scenarios
from labs.load_test.lab import Setup, job_of, load_test, run_job
from labs.load_test.load_curve import load_curve
from labs.load_test.report import LoadTestReport, Verdict
from labs.load_test.scenarios import SLOW_FACTOR, outages_of, scenario_of, scenarios_for
from labs.load_test.sizing import sizing

SMALL = Setup(requests=8000, rps=2000)
SERVED = {"replicas": 20}
HEALTHY = drawn(
    "app -> service",
    "service -> features: step=0,timeout_ms=5,fallback=priors,quality_loss=two points of recall",
    "service -> ranker: step=1,timeout_ms=60,fallback=popular items",
    service=SERVED,
    ranker=SERVED,
    features=SERVED,
)


def report_of(design: object = HEALTHY, **setup: object) -> LoadTestReport:
    chosen = SMALL.model_copy(update=setup)
    return load_test(design, PROMPT, PALETTE, chosen)  # type: ignore[arg-type]


def test_the_same_setup_gives_the_same_bytes() -> None:
    first = report_of().model_dump_json()
    assert report_of().model_dump_json() == first
    assert report_of(seed=1).model_dump_json() != first


def test_a_healthy_design_meets_its_objectives() -> None:
    report = report_of()
    assert [one.verdict for one in report.verdicts] == [Verdict.MET] * 3
    assert report.latency is not None
    assert report.latency.p50.value < report.latency.p95.value < report.latency.p99.value
    assert report.bottleneck == "ranker"
    assert report.stable
    ranker = report.node("ranker")
    assert ranker is not None
    assert ranker.utilisation == pytest.approx(2000 * 0.010807 / 160, rel=0.1)
    assert any(
        "are assumptions of the palette: Decision service, Ranker" in w for w in report.warnings
    )
    assert any("1 fallbacks do not say" in w for w in report.warnings)
    shares = {(one.target, one.quality_loss) for one in report.fallbacks}
    assert shares == {("features", "two points of recall"), ("ranker", "")}


def test_overload_has_growth_and_time_to_breach_and_no_p99() -> None:
    report = report_of(drawn("app -> service", "service -> ranker", service=SERVED))
    assert report.latency is None
    assert not report.stable
    assert {one.verdict for one in report.verdicts} == {Verdict.MISSED}
    (overload,) = report.overloads
    assert overload.node_id == "ranker"
    assert overload.utilisation == pytest.approx(2.7, rel=0.1)
    assert overload.growth_per_s == pytest.approx(2000 * (1 - 1 / 2.7), rel=0.1)
    assert overload.breach_after_s is not None
    assert overload.replicas_needed == 4
    assert "4 replicas instead of 1" in overload.text


def test_the_waterfall_follows_the_steps_and_marks_who_decides() -> None:
    report = report_of(
        drawn(
            "app -> service",
            "service -> features: step=0",
            "service -> index: step=0",
            "service -> ranker: step=1",
            **dict.fromkeys(("service", "features", "index", "ranker"), SERVED),
        )
    )
    spans = {one.node_id: one for one in report.waterfall}
    assert spans["features"].starts_ms == spans["index"].starts_ms
    assert spans["ranker"].starts_ms == pytest.approx(spans["index"].ends_ms)
    critical = [one.node_id for one in report.waterfall if one.critical]
    assert critical == ["app", "service", "index", "ranker"]
    assert report.naive_p99_ms is not None
    assert report.latency is not None
    assert report.naive_p99_ms > report.latency.p99.value


# --- scenarios --------------------------------------------------------------------------


def test_each_scenario_changes_what_it_says() -> None:
    path = path_of(
        "app -> service",
        "service -> cache",
        "service -> features",
        cache={"overrides": {"cache_hit_ratio": 0.9}},
        features={"replicas": 6},
    )
    known = {one.id: one for one in scenarios_for(path)}
    assert [*list(known)[:5], *sorted(list(known)[5:])] == [
        "peak",
        "spike",
        "slow-features",
        "cold-cache",
        "zone-loss",
        "replica-loss:cache",
        "replica-loss:features",
        "replica-loss:service",
    ]
    assert known["zone-loss"].loses == {"features": 2}
    (slow,) = outages_of(known["slow-features"], 100, 10_000)
    assert (slow.station, slow.slow_factor, slow.from_s) == ("features", SLOW_FACTOR, 20)
    assert scenario_of("peak", path) == known["peak"]


def test_a_slow_feature_store_shows_as_fallbacks_in_its_seconds() -> None:
    report = report_of(scenario="slow-features", requests=24_000)
    calm = report_of()
    assert report.fallback_requests_share > calm.fallback_requests_share + 0.01
    assert report.by_second
    assert calm.by_second == ()


def test_the_only_replica_that_is_lost_stops_the_answers() -> None:
    design = drawn("app -> service", service={"overrides": {"concurrency": 64}})
    report = report_of(design, scenario="replica-loss:service", requests=24_000)
    latency = next(one for one in report.verdicts if one.measure is Measure.LATENCY)
    assert latency.verdict is Verdict.MISSED


# --- beyond one run ---------------------------------------------------------------------


def test_sizing_finds_replicas_that_a_run_confirms() -> None:
    found = sizing(drawn("app -> service", "service -> ranker", service=SERVED), PROMPT, PALETTE)
    (hint,) = found.hints
    assert (hint.node_id, hint.replicas_now) == ("ranker", 1)
    assert 4 <= hint.replicas_needed <= 8
    assert found.verdict_after is Verdict.MET
    assert hint.usd_per_month > 0


def test_the_curve_ends_below_the_capacity_and_knows_the_headroom() -> None:
    curve = load_curve(
        drawn("app -> service", "service -> ranker", service=SERVED, ranker=SERVED), PROMPT, PALETTE
    )
    assert curve.capacity_rps == pytest.approx(160 / 0.010807, rel=0.01)
    assert [point.rps for point in curve.points] == sorted(point.rps for point in curve.points)
    assert curve.headroom_rps is not None
    assert 0.8 * curve.capacity_rps < curve.headroom_rps < curve.capacity_rps


def with_items(items: int) -> Design:
    """Return the healthy drawing with so many candidates a call of its ranker."""
    nodes = (
        node.model_copy(
            update={"overrides": node.overrides.model_copy(update={"items_per_call": items})}
        )
        if node.id == "ranker"
        else node
        for node in HEALTHY.nodes
    )
    return HEALTHY.model_copy(update={"nodes": tuple(nodes)})


SLOWER = with_items(400)
FALLS_BEHIND = drawn("app -> service", "service -> ranker", service=SERVED)


@pytest.mark.parametrize(
    ("first", "second", "relation", "says"),
    [
        (HEALTHY, SLOWER, Relation.SLOWER, r"p99 of the second is \d+\.\d+ ms slower \("),
        (SLOWER, HEALTHY, Relation.FASTER, r"p99 of the second is \d+\.\d+ ms faster \("),
        (HEALTHY, HEALTHY, Relation.CANNOT_TELL, r"cannot be told apart.* 0\.00 to 0\.00 ms"),
        (HEALTHY, FALLS_BEHIND, Relation.SLOWER, "The second has no steady state"),
        (FALLS_BEHIND, HEALTHY, Relation.FASTER, "The first has no steady state"),
        (FALLS_BEHIND, FALLS_BEHIND, Relation.CANNOT_TELL, "Neither has a steady state"),
    ],
)
def test_two_designs_are_faster_slower_or_not_told_apart(
    first: Design, second: Design, relation: Relation, says: str
) -> None:
    found = compare_designs(first, second, PROMPT, PALETTE, SMALL)
    assert found.relation is relation
    assert re.search(says, found.text)


def test_a_difference_is_that_of_the_replications_one_by_one() -> None:
    """The same runs, made and taken apart by hand."""
    setup = SMALL.model_copy(update={"requests": 16_000})
    found = compare_designs(HEALTHY, SLOWER, PROMPT, PALETTE, setup)
    by_hand = []
    for number in range(8):
        tails = []
        for design in (HEALTHY, SLOWER):
            job = job_of(design, PROMPT, PALETTE, setup)
            run = run_job(job)
            one = run.replications[number]
            answered = one.latencies[one.arrivals >= run.prospect.dropped_s]
            tails.append(1000 * np.percentile(answered, 99))
        by_hand.append(tails[1] - tails[0])
    tail = next(row for row in found.rows if row.name == "p99")
    assert tail.difference is not None
    assert tail.difference.value == pytest.approx(np.mean(by_hand))
    reach = 2.365 * np.std(by_hand, ddof=1) / 8**0.5  # Student's t with seven degrees of freedom
    assert tail.difference.high - tail.difference.value == pytest.approx(reach)
    assert tail.relation is Relation.SLOWER
    apart = found.second.latency.p99.high - found.first.latency.p99.low  # type: ignore[union-attr]
    assert tail.difference.high - tail.difference.low < apart


def test_two_scenarios_are_compared_with_as_many_runs_each() -> None:
    setup = SMALL.model_copy(update={"requests": None, "rps": 400.0})
    found = compare_scenarios(HEALTHY, ("peak", "slow-features"), PROMPT, PALETTE, setup)
    sides = (found.first, found.second)
    assert [one.scenario for one in sides] == ["peak", "slow-features"]
    assert [one.replications for one in sides] == [8, 8]
    assert sides[1].second_width * len(sides[1].by_second) >= 40  # an incident keeps its length
    assert found.relation is Relation.SLOWER
    failed = next(row for row in found.rows if row.name == "requests without an answer")
    assert failed.difference is not None
    assert failed.difference.value == 0
