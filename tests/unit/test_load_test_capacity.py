"""What a drawn node can do: the palette's figures, and what the drawing knows better."""

import math

import pytest
from drawn_paths import KINDS, PALETTE, PROMPT, drawn, path_of

from designs.drawing import Node
from labs.load_test.capacity import Capacity, capacity_of
from labs.load_test.costing import cost_of
from labs.load_test.queueing import p99_wait_ms, replicas_needed
from labs.load_test.report import InputGrade


def capacity(kind: str, **overrides: object) -> Capacity:
    return capacity_of(
        Node.model_validate({"id": "n", "kind": KINDS[kind], "overrides": overrides}), PALETTE
    )


@pytest.mark.parametrize(
    ("kind", "overrides", "median", "tail"),
    [
        ("ranker", {}, 10, 25),
        ("ranker", {"items_per_call": 300}, 10, 25),
        ("ranker", {"items_per_call": 1300}, 40, 100),  # 0.03 ms for each of 1,000 more
        ("ranker", {"items_per_call": 100, "per_item_ms": 0.1}, 11, 27.5),
        ("ranker", {"service_p50_ms": 2, "items_per_call": 1000}, 2, 5),  # the drawn call as it is
        ("ranker", {"service_p50_ms": 2, "items_per_call": 1000, "per_item_ms": 0.01}, 12, 30),
        ("ranker", {"service_p99_ms": 50}, 20, 50),
        ("features", {"items_per_call": 1001}, 3.7, 3.7 * 1.5 / 0.7),
        ("gpu", {"tokens_in": 1000, "tokens_out": 100}, 1710, 3420),
    ],
)
def test_items_and_tokens_take_time(
    kind: str, overrides: dict[str, object], median: float, tail: float
) -> None:
    service = capacity(kind, **overrides).service
    assert service is not None
    assert (service.p50_ms, service.p99_ms) == pytest.approx((median, tail))


def test_an_accelerator_batches_when_the_drawing_says_so() -> None:
    assert capacity("gpu").batching is None
    found = capacity("gpu", max_batch_size=32)
    assert found.batching is not None
    assert found.concurrency == 1
    assert (found.batching.base_ms, found.batching.per_item_ms) == pytest.approx((2.2, 0.04))
    assert found.mean_ms == pytest.approx(2.2 / 32 + 0.04)
    own = capacity("gpu", max_batch_size=8, per_item_ms=0.5, batch_delay_ms=0, service_p50_ms=2)
    assert own.batching is not None
    assert (own.batching.max_queue_delay_ms, own.batching.per_item_ms) == (0, 0.5)


def test_every_figure_says_where_it_comes_from() -> None:
    assert capacity("features").grade is InputGrade.SOURCED
    assert capacity("features").source_url.startswith("https://feast.dev/")
    assert capacity("ranker").grade is InputGrade.ASSUMPTION
    assert capacity("ranker").basis.startswith("Assumption: ")
    assert capacity("ranker", service_p50_ms=3).grade is InputGrade.OWN
    assert capacity("lake").grade is InputGrade.NONE
    assert capacity("features", service_p50_ms=3).source_url == ""


@pytest.mark.parametrize(
    ("node", "own", "grade", "basis", "url"),
    [
        ("rules", {}, InputGrade.SOURCED, "EC2", "https://"),
        ("ranker", {}, InputGrade.ASSUMPTION, "Assumption: ", ""),
        ("ranker", {"usd_per_replica_hour": 2}, InputGrade.OWN, "Given in the drawing.", ""),
        ("rules", {"usd_per_replica_hour": 2}, InputGrade.OWN, "Given in the drawing.", ""),
        ("lake", {}, InputGrade.NONE, "", ""),
    ],
)
def test_every_price_says_where_it_comes_from(
    node: str, own: dict[str, float], grade: InputGrade, basis: str, url: str
) -> None:
    found = capacity(node, **own)
    assert found.price_grade is grade
    assert basis in found.price_basis
    assert found.price_url.startswith(url)
    assert bool(found.price_url) == (grade is InputGrade.SOURCED)


def test_a_month_is_730_hours_of_every_replica() -> None:
    path = path_of(
        "app -> service",
        service={"replicas": 10, "overrides": {"usd_per_replica_hour": 0.5}},
        lake={"replicas": 3},
    )
    cost = cost_of(path, PALETTE, PROMPT.workload.mean_rps)
    assert cost.usd_per_month == pytest.approx(10 * 0.5 * 730)
    thousands = PROMPT.workload.mean_rps * 3600 * 730 / 1000
    assert cost.usd_per_thousand_requests == pytest.approx(cost.usd_per_month / thousands)
    assert cost.unpriced == ("lake",)


def test_replicas_needed_are_the_fewest_that_keep_both_limits() -> None:
    one = capacity("ranker")
    needed = replicas_needed(one, 5000, 1, most_used=0.8, wait_ms=2)
    assert 5000 * one.mean_ms / 1000 / (needed * one.concurrency) <= 0.8
    assert p99_wait_ms(one, needed, 5000, 1) <= 2
    used = 5000 * one.mean_ms / 1000 / ((needed - 1) * one.concurrency)
    assert used > 0.8 or p99_wait_ms(one, needed - 1, 5000, 1) > 2
    assert math.isinf(p99_wait_ms(one, 1, 5000, 1))


def test_a_client_takes_no_time() -> None:
    path = path_of("app -> service")
    assert path.station("app").service is None
    assert path.utilisation("app", 1e6) == 0
    assert drawn("app -> service").nodes[0].kind == "client-app"
