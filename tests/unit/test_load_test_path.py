"""From a drawing to stations and calls: order, shares, what is beside the path, refusals."""

from typing import Any

import pytest
from drawn_paths import PALETTE, PROMPT, drawn, path_of
from hypothesis import given, settings
from hypothesis import strategies as st
from made_designs import designs

from designs.drawing import Design
from labs.load_test.lab import Setup, load_test
from labs.load_test.refusal import LoadTestError
from labs.load_test.request_path import RequestPath, request_path


def steps(path: RequestPath, caller: str) -> list[list[str]]:
    calls = [call for call in path.network.calls if call.source == caller and call.waited_for]
    return [
        [call.target for call in calls if call.step == step]
        for step in sorted({call.step for call in calls})
    ]


ALL = ("cache", "features", "towers", "index", "ranker", "gpu", "rules", "spare")


def test_the_usual_order_of_a_service_s_calls_is_taken_and_said() -> None:
    arrows = [f"service -> {target}" for target in reversed(ALL)]
    path = path_of("app -> service", *arrows)
    inferred = path.inferred[0].steps
    assert inferred == (
        ("cache",),
        ("towers", "features"),
        ("index",),  # the vector comes first
        ("gpu",),
        ("ranker",),
        ("rules",),
        ("spare",),
    )
    assert path.inferred[0].caller == "service"


def test_steps_that_are_drawn_are_taken_as_they_are() -> None:
    path = path_of(
        "app -> service",
        "service -> rules: step=0",
        "service -> ranker: step=3",
        "service -> features: step=3",
    )
    assert steps(path, "service") == [["rules"], ["ranker", "features"]]
    assert path.inferred == ()
    some = path_of("app -> service", "service -> ranker: step=0", "service -> features")
    assert steps(some, "service") == [["ranker"], ["features"]]
    assert "come after those that have one" in some.inferred[0].reason


HALF = {"overrides": {"cache_hit_ratio": 0.75}}


@pytest.mark.parametrize(
    ("arrows", "cold", "expected"),
    [
        # The step behind the cache is spared together, later ones are not.
        (("service -> features", "service -> ranker"), False, (0.25, 1)),
        (("service -> features", "service -> ranker"), True, (1, 1)),
        # A share that only repeats the misses is not counted twice.
        (("service -> features: calls_per_request=0.25", "service -> ranker"), False, (0.25, 1)),
        (("service -> features: calls_per_request=0.25", "service -> ranker"), True, (1, 1)),
        # A share with another reason is left alone.
        (("service -> features: calls_per_request=0.5", "service -> ranker"), False, (0.5, 1)),
        (("service -> ranker",), False, (0, 0.25)),
        # A cache that reads through itself spares its own calls only.
        (("cache -> features", "service -> ranker"), False, (0.25, 1)),
    ],
)
def test_a_hit_spares_what_stands_behind_the_cache(
    arrows: tuple[str, ...], cold: bool, expected: tuple[float, float]
) -> None:
    path = path_of("app -> service", "service -> cache", *arrows, cold_caches=cold, cache=HALF)
    found = [path.flows.waited_for.get(one, 0) for one in ("features", "ranker")]
    assert found == pytest.approx(expected)


def test_a_cache_without_a_ratio_misses_always_and_that_is_said() -> None:
    path = path_of("app -> service", "service -> cache", "service -> features")
    assert path.flows.waited_for["features"] == 1
    assert any("does not say how often it hits" in remark for remark in path.remarks)


def test_more_than_one_call_is_a_fan_out_and_less_a_chance() -> None:
    path = path_of(
        "app -> service",
        "service -> features: calls_per_request=2.5",
        "service -> ranker: calls_per_request=0.2",
    )
    made = [
        (call.target, call.probability, call.fan_out)
        for call in path.network.calls
        if call.source == "service"
    ]
    assert made == [("features", 1, 2), ("features", 0.5, 1), ("ranker", 0.2, 1)]
    assert path.flows.waited_for["features"] == 2.5


def test_what_nobody_waits_for_brings_load_only() -> None:
    path = path_of(
        "app -> service",
        "service -> features",
        "service ~> events: calls_per_request=2",
        "events ~> stream: calls_per_request=0.5",
        "stream ~> features: calls_per_request=3",
        "events => lake",
    )
    assert {station.id for station in path.network.stations} == {"app", "service", "features"}
    assert path.flows.beside == {"events": 2, "stream": 1}
    assert path.flows.into_path == {"features": 3}
    (write,) = [call for call in path.network.calls if not call.waited_for]
    assert (write.source, write.target, write.fan_out) == ("app", "features", 3)
    assert path.calls_per_request("features") == 4


def test_fallback_timeout_and_retries_come_from_the_edge_but_a_client_waits_to_the_end() -> None:
    path = path_of(
        "app -> service: timeout_ms=100,fallback=the last page",
        "service -> ranker: timeout_ms=30,fallback=popular,quality_loss=clicks,max_retries=2,"
        "backoff_ms=5,cancel_on_timeout=yes",
    )
    outer, inner = path.network.calls
    assert (outer.timeout_ms, outer.fallback) == (None, None)
    assert any("when it gives up" in remark for remark in path.remarks)
    assert (inner.timeout_ms, inner.max_retries, inner.backoff_ms) == (30, 2, 5)
    assert inner.cancel_on_timeout
    assert inner.fallback is not None
    assert (inner.fallback.text, inner.fallback.quality_loss) == ("popular", "clicks")


REFUSED: dict[str, tuple[Design, dict[str, Any], str]] = {
    "nothing drawn": (Design(), {}, "no entry"),
    "nothing called": (drawn("app ~> events"), {}, "no entry: no client"),
    "circle": (
        drawn("app -> service", "service -> ranker", "ranker -> service"),
        {},
        r"circle: .*service.* → .*ranker.*make one of the calls async",
    ),
    "alone": (
        drawn("app -> service", ranker={}),
        {},
        r"no edge leads to or from Ranker \(ranker\); draw who calls it",
    ),
    "unreached": (
        drawn("app -> service", "gpu -> features"),
        {},
        r"no request reaches GPU model server \(gpu\), which waits for .*features",
    ),
    "no time": (
        drawn("app -> service", "service -> lake"),
        {},
        r"waits for Data lake \(lake\), and a data-lake has no service time.*above 0.*async",
    ),
    "tail below median": (
        drawn("app -> service", service={"overrides": {"service_p50_ms": 9, "service_p99_ms": 2}}),
        {},
        r"Decision service \(service\) has a 99th percentile of 2 ms.*9 or more",
    ),
    "absurd time": (
        drawn(
            "app -> ranker",
            ranker={"overrides": {"items_per_call": 1_000_000, "per_item_ms": 1000}},
        ),
        {},
        r"Ranker \(ranker\) takes .* at most 3,600,000 ms",
    ),
    "tokens of a kind without": (
        drawn("app -> ranker", ranker={"overrides": {"tokens_out": 5}}),
        {},
        r"Ranker \(ranker\) has tokens.*gpu-model-server",
    ),
    "too many calls": (
        drawn("app -> service", "service -> features: calls_per_request=5000"),
        {},
        "called 5,000 times.*at most 1,000.*batched",
    ),
    "a thousand million requests": (
        drawn("app -> service"),
        {"requests": 10**9},
        "1,000,000,000 requests cannot be run; ask for 1,000 to 1,000,000",
    ),
    "no requests": (drawn("app -> service"), {"requests": 0}, "0 requests cannot be run"),
    "negative rate": (drawn("app -> service"), {"rps": -3.0}, "a rate of -3 .*0.01 to"),
    "unknown scenario": (
        drawn("app -> service"),
        {"scenario": "flood"},
        "no scenario 'flood'; there are: peak, spike, replica-loss:service",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_tested_is_refused_with_a_way_out(case: str) -> None:
    design, setup, says = REFUSED[case]
    with pytest.raises(LoadTestError, match=says):
        load_test(design, PROMPT, PALETTE, Setup(**setup))


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_is_no_number_never_becomes_a_rate(number: float) -> None:
    with pytest.raises(ValueError, match="finite number"):
        Setup(rps=number)


@settings(max_examples=60, deadline=None)
@given(designs(max_nodes=7), st.booleans())
def test_any_drawing_becomes_a_network_or_is_refused(design: Design, cold: bool) -> None:
    """Conservation: what the network sends to a node is what the flows say."""
    try:
        path = request_path(design, PALETTE, cold_caches=cold)
    except LoadTestError:
        return
    sent: dict[str, float] = {path.network.entry: 1.0}
    for call in path.network.calls:
        if call.waited_for:
            share = path.flows.waited_for[call.source] * call.probability * call.fan_out
            sent[call.target] = sent.get(call.target, 0.0) + share
    assert sent == pytest.approx(path.flows.waited_for)
    assert {call.target for call in path.network.calls} <= {s.id for s in path.network.stations}
