"""Shipped designs under their prompts' traffic: exemplars hold, flawed ones break as they say."""

from itertools import pairwise

import pytest

from designs.drawing import Design
from designs.prompt import Measure
from labs.load_test.lab import Setup
from labs.load_test.report import LoadTestReport, Verdict
from workbench.content import shipped_content
from workbench.load_testing import LoadTesting

CONTENT = shipped_content()
LAB = LoadTesting(CONTENT)
LONG, QUICK = Setup(requests=32_000), Setup(requests=5_000)
MET, MISSED = Verdict.MET, Verdict.MISSED
EXPECTED: dict[tuple[str, str], tuple[Verdict, Verdict, str]] = {
    # An answer that is wrong elsewhere may have a request path that holds.
    ("content-moderation", "flawed-large-reader-for-all"): (MISSED, MISSED, "reader"),
    ("content-moderation", "flawed-one-score-from-reports"): (MET, MET, ""),
    ("fraud-detection", "flawed-accuracy-on-a-shuffle"): (MET, MET, ""),
    ("fraud-detection", "flawed-slow-and-blind"): (MISSED, MET, ""),
    ("search-ranking", "flawed-clicks-are-relevance"): (MET, MET, ""),
    ("search-ranking", "flawed-one-large-model"): (MISSED, MISSED, "values"),
    # Its model times out for nearly all: the page is in time, without the model.
    ("video-recommendation", "flawed-clicks-big-model"): (MET, MISSED, "big-model"),
    ("video-recommendation", "flawed-textbook-two-tower"): (MET, MET, ""),
}
"""Latency, throughput, and the node that gets more than it can do."""


def verdict(report: LoadTestReport, measure: Measure) -> Verdict:
    return next(one.verdict for one in report.verdicts if one.measure is measure)


@pytest.mark.parametrize("slug", sorted(CONTENT.packs))
def test_an_exemplar_meets_every_objective_that_can_be_tested(slug: str) -> None:
    report = LAB.run(CONTENT.exemplar(slug).design, slug, LONG)
    tested = [one for one in report.verdicts if one.verdict is not Verdict.NOT_TESTED]
    assert [one.slo_id for one in tested if one.verdict is not MET] == []
    assert {one.measure for one in tested} >= {Measure.LATENCY, Measure.THROUGHPUT}
    assert report.overloads == ()
    assert report.fallback_requests_share < 0.01
    assert report.inferred == ()  # an exemplar says in which order it makes its calls
    assert [one for one in report.warnings if "quality" in one] == []


@pytest.mark.parametrize("slug", sorted(CONTENT.packs))
def test_an_exemplar_meets_its_latency_with_the_palette_s_own_times(slug: str) -> None:
    report = LAB.run(_as_the_palette_has_it(CONTENT.exemplar(slug).design), slug, LONG)
    assert verdict(report, Measure.LATENCY) is MET


def _as_the_palette_has_it(design: Design) -> Design:
    plain = {"service_p50_ms": None, "service_p99_ms": None, "concurrency": None}
    nodes = tuple(
        node.model_copy(update={"overrides": node.overrides.model_copy(update=plain)})
        for node in design.nodes
    )
    return design.model_copy(update={"nodes": nodes})


def test_every_flawed_design_is_expected_to_do_something() -> None:
    flawed = {(slug, name) for slug, pack in CONTENT.packs.items() for name in pack.flawed}
    assert flawed == set(EXPECTED)


@pytest.mark.parametrize("case", sorted(EXPECTED), ids=lambda case: f"{case[0]}:{case[1]}")
def test_a_flawed_design_breaks_where_it_says(case: tuple[str, str]) -> None:
    slug, name = case
    latency, throughput, node = EXPECTED[case]
    flawed = CONTENT.packs[slug].flawed[name]
    report = LAB.run(flawed.design, slug, QUICK)
    found = (verdict(report, Measure.LATENCY), verdict(report, Measure.THROUGHPUT))
    assert found == (latency, throughput)
    assert [one.node_id for one in report.overloads][:1] == [node] * (throughput is MISSED)
    if node:
        assert report.bottleneck == node


def test_the_slow_fraud_design_is_slow_for_its_stated_reasons() -> None:
    """Reads in a row and a walk without an end, not a lack of replicas."""
    flawed = CONTENT.packs["fraud-detection"].flawed["flawed-slow-and-blind"]
    assert {"walk-without-end", "reads-in-a-row"} <= {fault.id for fault in flawed.faults}
    report = LAB.run(flawed.design, "fraud-detection", QUICK)
    spans = [one for one in report.waterfall if one.depth == 3]
    assert [one.node_id for one in spans][:5] == [
        "accounts",
        "devices",
        "history",
        "graph",
        "store",
    ]
    assert all(a.ends_ms <= b.starts_ms + 1e-6 for a, b in pairwise(spans))
    longest = max(report.nodes, key=lambda node: node.p99_service_ms or 0)
    assert longest.node_id == "graph"
    assert "No number of replicas" in LAB.sizing(flawed.design, "fraud-detection").text
