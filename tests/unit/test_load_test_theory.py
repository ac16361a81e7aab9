"""The engine against closed forms, with a fixed seed; docs/load-test.md compares more."""

import math
from collections.abc import Sequence

import numpy as np
import pytest

from labs.load_test import intervals, theory
from labs.load_test.network import Call, Family, Network, Service, Station, Traffic
from labs.load_test.run import simulate

SERVICE_S = 0.01
EXPONENTIAL = Service(p50_ms=1000 * SERVICE_S * math.log(2), p99_ms=100, family=Family.EXPONENTIAL)
FIXED = Service(p50_ms=1000 * SERVICE_S, p99_ms=10, family=Family.DETERMINISTIC)
LOGNORMAL = Service(p50_ms=6, p99_ms=16)


def simulated(stations: Sequence[Station], calls: Sequence[Call], rps: float) -> list[np.ndarray]:
    network = Network(entry=stations[0].id, stations=tuple(stations), calls=tuple(calls))
    run = simulate(network, Traffic(rps=rps), seed=11, replications=8)
    first = int(run.requests * 0.1)
    return [one.latencies[first:] for one in run.replications]


def near(expected: float, estimate: intervals.Estimate) -> bool:
    inside = estimate.low <= expected <= estimate.high
    return inside or abs(estimate.value - expected) <= 0.01 * expected


@pytest.mark.parametrize(("servers", "load"), [(1, 0.5), (4, 0.8), (16, 0.8)])
def test_a_pooled_queue_is_an_mmc_queue(servers: int, load: float) -> None:
    rps = load * servers / SERVICE_S
    samples = simulated([Station(id="a", service=EXPONENTIAL, replicas=servers)], (), rps)
    mean = theory.mmc_wait_s(rps, SERVICE_S, servers) + SERVICE_S
    assert near(mean, intervals.mean(samples))
    levels = (0.5, 0.99)
    for share, found in zip(levels, intervals.quantiles(samples, levels), strict=True):
        assert near(theory.mmc_quantile_s(rps, SERVICE_S, servers, share), found)


@pytest.mark.parametrize(
    ("service", "mean", "squared_cv"),
    [(FIXED, SERVICE_S, 0.0), (LOGNORMAL, 6.5577016e-3, 0.1945352)],
)
def test_one_server_waits_as_pollaczek_and_khinchine_say(
    service: Service, mean: float, squared_cv: float
) -> None:
    rps = 0.5 / mean
    samples = simulated([Station(id="a", service=service)], (), rps)
    assert near(theory.mg1_wait_s(rps, mean, squared_cv) + mean, intervals.mean(samples))


def test_stations_in_a_row_add_up_as_jackson_says() -> None:
    names = ("a", "b", "c")
    stations = [Station(id=name, service=EXPONENTIAL) for name in names]
    calls = [Call(source="a", target="b"), Call(source="b", target="c")]
    samples = simulated(stations, calls, 0.5 / SERVICE_S)
    assert near(theory.tandem_mean_s(50, SERVICE_S, 3), intervals.mean(samples))
    p99 = theory.erlang_quantile_s(3, SERVICE_S / 0.5, 0.99)
    assert near(p99, intervals.quantiles(samples, (0.99,))[0])


def test_two_queues_side_by_side_take_as_long_as_flatto_and_hahn_say() -> None:
    stations = [
        Station(id="a"),
        Station(id="b", service=EXPONENTIAL),
        Station(id="c", service=EXPONENTIAL),
    ]
    calls = [Call(source="a", target="b"), Call(source="a", target="c")]
    samples = simulated(stations, calls, 0.5 / SERVICE_S)
    assert near(theory.fork_join_mean_s(50, SERVICE_S), intervals.mean(samples))


def test_a_station_without_room_to_wait_loses_calls_as_erlang_b_says() -> None:
    full = Station(id="a", service=LOGNORMAL, replicas=10, max_queue=0)
    mean = 6.5577016e-3
    network = Network(entry="a", stations=(full,))
    run = simulate(network, Traffic(rps=8 / mean), seed=11, replications=8)
    lost = intervals.share([one.failed[10_000:] for one in run.replications])
    assert near(theory.erlang_b(10, 8.0), lost)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (theory.erlang_c(4, 3.2), 0.5964),
        (theory.erlang_c(16, 12.8), 0.3049),
        (theory.erlang_b(10, 8), 0.12166),
        (theory.erlang_b(50, 45), 0.05410),
        (theory.mmc_quantile_s(0.95, 1, 1, 0.99), 92.10),
        (theory.mmc_quantile_s(15.2, 1, 16, 0.99), 7.2166),
        (theory.erlang_quantile_s(5, 5, 0.99), 58.023),
        (theory.fork_join_mean_s(0.8, 1), 7.0),
        (theory.mg1_wait_s(0.95, 1, 0), 9.5),
    ],
)
def test_closed_forms_give_their_published_values(found: float, expected: float) -> None:
    assert found == pytest.approx(expected, rel=2e-4)


@pytest.mark.parametrize("wait_ms", [0.2, 1.0, 20.0])
def test_the_hint_names_the_fewest_servers(wait_ms: float) -> None:
    rate, service_s, squared_cv, wait_s = 5_000.0, 0.006, 0.3, wait_ms / 1000
    servers = theory.servers_for_wait(rate, service_s, squared_cv, wait_s)
    assert servers is not None
    waits = [
        theory.ggc_wait_quantile_s(rate, service_s, count, 1, squared_cv, 0.99)
        for count in (servers - 1, servers)
    ]
    assert waits[1] <= wait_s < waits[0]
    assert theory.servers_for_wait(rate, service_s, squared_cv, wait_s, most=10) is None
