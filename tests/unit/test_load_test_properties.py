import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from load_test_cases import CASES, TRAFFIC, call, network, station

from labs.load_test.engine.draws import DrawStore
from labs.load_test.network import Network, Service, Traffic
from labs.load_test.run import simulate

seeds = st.integers(min_value=0, max_value=2**32)


def latencies(drawn: Network, traffic: Traffic = TRAFFIC, **kinds: int) -> np.ndarray:
    return simulate(drawn, traffic, **{"requests": 2_000, **kinds}).replications[0].latencies


@settings(max_examples=15, deadline=None)
@given(seed=seeds, servers=st.integers(1, 12), more=st.integers(1, 12))
def test_no_request_waits_longer_for_more_servers_of_one_queue(
    seed: int, servers: int, more: int
) -> None:
    # Only of a single queue: behind it, calls that arrive earlier may make others wait longer.
    fewer, many = (
        latencies(network(station("a", replicas=count)), Traffic(rps=300), seed=seed)
        for count in (servers, servers + more)
    )
    assert (many <= fewer + 1e-9).all()


@settings(max_examples=15, deadline=None)
@given(seed=seeds, factor=st.floats(0.01, 100))
def test_slower_clocks_change_nothing_but_the_unit(seed: int, factor: float) -> None:
    def at(scale: float) -> np.ndarray:
        drawn = network(
            station("a", 2 * scale, 6 * scale, replicas=3),
            station("b", 4 * scale, 9 * scale, replicas=5),
            calls=(call("a", "b", timeout_ms=7 * scale, max_retries=1, backoff_ms=scale),),
        )
        return latencies(drawn, Traffic(rps=600 / scale), seed=seed, requests=500)

    assert at(factor) == pytest.approx(at(1.0) * factor, rel=1e-6)


@settings(max_examples=15, deadline=None)
@given(seed=seeds)
def test_a_new_station_leaves_the_luck_of_the_others_alone(seed: int) -> None:
    before = network(station("a"), station("b"), calls=(call("a", "b", probability=0.5),))
    after = Network(
        entry="a",
        stations=(station("new"), *before.stations),
        calls=(call("a", "new", waited_for=False), *before.calls),
    )
    calm = Traffic(rps=20)
    assert (latencies(before, calm, seed=seed) == latencies(after, calm, seed=seed)).all()


@pytest.mark.parametrize("name", CASES)
def test_no_request_is_lost_and_none_ends_before_it_begins(name: str) -> None:
    drawn, traffic, outages = CASES[name]
    run = simulate(drawn, traffic, outages=outages, seed=1, requests=1_000)
    replication = run.replications[0]
    assert replication.latencies.size == 1_000
    assert np.isfinite(replication.latencies).all()
    assert (replication.latencies >= 0).all()
    assert (np.diff(replication.arrivals) >= 0).all()


@pytest.mark.parametrize("cv", [0.0, 0.5, 1.0, 3.0])
def test_little_s_law_holds(cv: float) -> None:
    drawn = network(station("a", replicas=4), station("b", replicas=5), calls=(call("a", "b"),))
    run = simulate(drawn, Traffic(rps=400, burstiness_cv=cv), requests=20_000)
    one = run.replications[0]
    ends = np.sort(one.arrivals + one.latencies)
    times = np.linspace(0, ends[-1], 200_001)
    inside = np.searchsorted(one.arrivals, times) - np.searchsorted(ends, times)
    rate = one.arrivals.size / ends[-1]
    assert inside.mean() == pytest.approx(rate * one.latencies.mean(), rel=0.01)


@pytest.mark.parametrize("cv", [0.5, 1.0, 3.0])
def test_gaps_have_the_mean_and_the_burstiness_that_were_asked_for(cv: float) -> None:
    run = simulate(network(station("a")), Traffic(rps=50, burstiness_cv=cv), requests=100_000)
    gaps = np.diff(run.replications[0].arrivals)
    assert gaps.mean() == pytest.approx(1 / 50, rel=0.03)
    assert gaps.std() / gaps.mean() == pytest.approx(cv, rel=0.05)


@pytest.mark.parametrize(
    ("profile", "inside", "outside"),
    [("spike", 3.0, 1.0), ("ramp", 2.0, 3.0), ("daily", 2.0, 2.0)],
)
def test_the_rate_follows_its_profile(profile: str, inside: float, outside: float) -> None:
    traffic = Traffic(
        rps=1_000, profile=profile, peak_factor=3, peak_from_s=10 * (profile != "daily"),
        peak_for_s=20,
    )  # fmt: skip
    arrivals = simulate(network(station("a")), traffic, requests=90_000).replications[0].arrivals
    begin = traffic.peak_from_s
    within = np.count_nonzero((arrivals >= begin) & (arrivals < begin + 20)) / 20_000
    after = np.count_nonzero((arrivals >= begin + 20) & (arrivals < begin + 40)) / 20_000
    assert within == pytest.approx(inside, rel=0.02)
    if arrivals[-1] > begin + 40:
        assert after == pytest.approx(outside, rel=0.02)


def test_kept_numbers_are_the_same_as_fresh_ones() -> None:
    store = DrawStore()
    slow = network(station("a", replicas=4), station("b"), calls=(call("a", "b"),))
    quick = slow.model_copy(update={"stations": (slow.stations[0], station("b", 4, 9, replicas=2))})
    for drawn in (slow, quick, slow):
        kept = simulate(drawn, TRAFFIC, seed=2, requests=3_000, store=store)
        fresh = simulate(drawn, TRAFFIC, seed=2, requests=3_000)
        assert (kept.replications[0].latencies == fresh.replications[0].latencies).all()


def test_replications_can_be_added_to_an_earlier_run() -> None:
    drawn = network(station("a", replicas=3))
    whole = simulate(drawn, TRAFFIC, requests=500, replications=3)
    later = simulate(drawn, TRAFFIC, requests=500, replications=2, first_replication=1)
    for one, other in zip(whole.replications[1:], later.replications, strict=True):
        assert (one.latencies == other.latencies).all()


@pytest.mark.parametrize("balancing", ["round_robin", "random"])
def test_queues_of_their_own_are_worse_than_one_queue(balancing: str) -> None:
    service = Service(p50_ms=6, p99_ms=16)
    pooled, split = (
        latencies(
            network(station("a", replicas=16).model_copy(
                update={"service": service, "load_balancing": policy})),
            Traffic(rps=1_950),
            requests=20_000,
        )
        for policy in ("least_work", balancing)
    )  # fmt: skip
    assert np.quantile(split, 0.99) > 1.2 * np.quantile(pooled, 0.99)
