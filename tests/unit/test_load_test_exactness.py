from collections.abc import Iterator
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from load_test_cases import CASES, TRAFFIC, call, network, station
from load_test_oracle import Oracle

from labs.load_test.engine import kernels, numerics, plain, queues
from labs.load_test.engine.flow import Flow, time_order
from labs.load_test.engine.queues import serve_pooled
from labs.load_test.run import RefusedError, simulate, warm_up

REQUESTS = 1_500
BY_EVENTS = {
    "called twice",
    "retries of a sub-tree",
    "batches with retries",
    "batches, work is cancelled",
}


@pytest.fixture(autouse=True)
def with_kernels() -> Iterator[None]:
    """Short runs use them only where they are loaded already."""
    numerics.use(kernels)
    yield
    numerics.use(plain)


def failed(replication: Any) -> Any:
    none = np.zeros(replication.arrivals.size, dtype=bool)
    return none if replication.failed is None else replication.failed


@pytest.mark.parametrize("name", CASES)
def test_every_request_takes_as_long_as_in_simpy(name: str) -> None:
    drawn, traffic, outages = CASES[name]
    run = simulate(drawn, traffic, outages=outages, seed=7, requests=REQUESTS)
    oracle = Oracle(drawn, traffic, outages, 7, REQUESTS).run()
    replication = run.replications[0]
    assert run.engine == ("events" if name in BY_EVENTS else "passes")
    assert np.abs(replication.arrivals + replication.latencies - oracle.ends).max() <= 1e-9
    assert (failed(replication) == oracle.failed).all()


@pytest.mark.parametrize("name", [name for name in CASES if name not in BY_EVENTS])
def test_both_engines_find_and_count_the_same(name: str) -> None:
    drawn, traffic, outages = CASES[name]
    runs = [
        simulate(drawn, traffic, outages=outages, seed=3, requests=4_000, by_events=events)
        for events in (False, True)
    ]
    one, other = (run.replications[0] for run in runs)
    assert np.abs(one.latencies - other.latencies).max() <= 1e-12
    assert (failed(one) == failed(other)).all()
    for name_of, tally in one.stations.items():
        same = other.stations[name_of]
        assert (tally.calls, tally.served, tally.refused) == pytest.approx(
            (same.calls, same.served, same.refused), rel=0.01, abs=3
        )
        assert tally.wait_s == pytest.approx(same.wait_s, rel=0.02, abs=1e-6)
    for arrow, like in zip(one.arrows, other.arrows, strict=True):
        assert vars(arrow) == pytest.approx(vars(like), rel=0.02, abs=3)


@pytest.mark.parametrize("servers", [1, 2, 4, 5, 64])
@pytest.mark.parametrize("burst", [1, 40])
@pytest.mark.parametrize("few_busy", [0, 10_000], ids=["calendar", "row"])
def test_without_numba_queues_are_the_same_to_the_bit(
    servers: int, burst: int, few_busy: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queues, "_FEW_BUSY", few_busy)
    random = np.random.default_rng(servers)
    arrivals = np.repeat(np.cumsum(random.exponential(burst / servers, 2_000 // burst)), burst)
    service = random.lognormal(0, 1.5, arrivals.size)
    ids = random.permutation(arrivals.size).astype(np.int32)
    served, waits = serve_pooled(Flow(ids, arrivals), service, servers)
    departures, leaving, plain_waits = plain.pooled(arrivals, ids, service, servers)
    assert (served.times == departures).all()
    assert (served.ids == leaving).all()
    assert (waits == plain_waits).all()


@pytest.mark.parametrize("name", [name for name in CASES if name not in BY_EVENTS])
def test_short_runs_without_kernels_are_the_same_to_the_bit(name: str) -> None:
    drawn, traffic, outages = CASES[name]

    def ran(loops: ModuleType) -> tuple[Any, ...]:
        numerics.use(loops)
        done = simulate(drawn, traffic, outages=outages, seed=5, requests=REQUESTS).replications[0]
        stations = [
            (vars(one) | {"waits": one.waits.counts.tolist(), "services": None})
            for one in done.stations.values()
        ]
        arrows = [vars(one) for one in done.arrows]
        assert done.trace is not None
        path = done.trace.seconds(None if done.failed is None else ~done.failed)
        return done.latencies.tobytes(), failed(done).tobytes(), stations, arrows, path

    assert ran(plain) == ran(kernels)


def test_only_a_long_run_has_the_kernels_loaded() -> None:
    numerics.use(plain)
    drawn = network(station("a"), station("b"), calls=(call("a", "b"),))
    simulate(drawn, TRAFFIC, requests=1_000, replications=2)
    assert numerics.loops() is plain
    simulate(drawn, TRAFFIC, requests=numerics.WORTH_LOADING // 2)
    assert numerics.loops() is kernels


@pytest.mark.parametrize(
    "times",
    [
        np.zeros(0),
        np.ones(200),
        np.r_[np.random.default_rng(1).random(500), 1e9],
        np.random.default_rng(2).random(1_000),
        np.array([3.0, np.inf, 1.0]),
    ],
)
def test_times_are_sorted_like_numpy_sorts_them(times: Any) -> None:
    assert (time_order(times) == np.argsort(times, kind="stable")).all()


@pytest.mark.parametrize(
    ("drawn", "says"),
    [
        (
            network(station("a"), station("b"), calls=(call("a", "b"), call("b", "a"))),
            "in a circle: (a -> b -> a|b -> a -> b)",
        ),
        (network(station("a"), station("b")), "No request reaches b: draw a call"),
        (
            network(station("a"), station("b"), calls=(call("a", "b", fan_out=1000),)),
            "may call b 100,000,000 times, more than 30,000,000: ask for fewer requests",
        ),
    ],
)
def test_what_cannot_be_run_is_refused_with_its_nodes(drawn: Any, says: str) -> None:
    with pytest.raises(RefusedError, match=says):
        simulate(drawn, TRAFFIC)


@pytest.mark.parametrize("size", [{"requests": 10**9}, {"requests": 0}, {"replications": 1000}])
def test_absurd_sizes_are_refused_with_the_range(size: dict[str, int]) -> None:
    with pytest.raises(RefusedError, match="between 1 and"):
        simulate(network(station("a")), TRAFFIC, **size)


def test_warming_up_runs_every_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: set[str] = set()
    numerics.use(plain)
    for name in ("single_server", "few_busy", "many_servers"):
        kernel = getattr(kernels, name)
        monkeypatch.setattr(
            kernels, name, lambda *a, name=name, kernel=kernel: (ran.add(name), kernel(*a))
        )
    warm_up()
    assert ran == {"single_server", "few_busy", "many_servers"}
