"""The load test's engine against closed forms and against SimPy.

Closed forms: replications of 100,000 requests, the first tenth dropped; a check holds if the
theory lies inside the 95 % interval or within 1 %. SimPy: every case of the tests, request by
request.

    python -m benchmarks.load_test_validation --write docs/load-test.md
"""

import argparse
import importlib
import math
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.measured_block import measured_line, replace_block
from labs.load_test import intervals, theory
from labs.load_test.engine.draws import mean_s, squared_cv
from labs.load_test.figures import Estimate
from labs.load_test.network import Call, Family, Network, Service, Station, Traffic
from labs.load_test.run import simulate

_ROOT = Path(__file__).parents[1]
_COMMAND = "python -m benchmarks.load_test_validation --write docs/load-test.md"
_MEAN_S = 0.01
_EXPONENTIAL = Service(p50_ms=1000 * _MEAN_S * math.log(2), p99_ms=100, family=Family.EXPONENTIAL)
_FIXED = Service(p50_ms=1000 * _MEAN_S, p99_ms=1000 * _MEAN_S, family=Family.DETERMINISTIC)
_LOGNORMAL = Service(p50_ms=6, p99_ms=16)


class Check(NamedTuple):
    """One closed form beside what was simulated; times in milliseconds."""

    what: str
    expected: float
    found: Estimate

    @property
    def error(self) -> float:
        """Relative distance."""
        return self.found.value / self.expected - 1

    @property
    def inside(self) -> bool:
        """Whether the theory lies in the interval."""
        return self.found.low <= self.expected <= self.found.high

    @property
    def holds(self) -> bool:
        """Whether the goal is met."""
        return self.inside or abs(self.error) <= 0.01


class Simulated(NamedTuple):
    """Samples of every replication after its first tenth."""

    latencies: list[NDArray[np.float64]]
    failed: list[NDArray[np.bool_]]


def simulated(
    stations: Sequence[Station], calls: Sequence[Call], rps: float, replications: int
) -> Simulated:
    """Return latencies in milliseconds, and which requests failed."""
    network = Network(entry=stations[0].id, stations=tuple(stations), calls=tuple(calls))
    latencies, failed = [], []
    for number in range(replications):
        run = simulate(network, Traffic(rps=rps), seed=2024, first_replication=number)
        one = run.replications[0]
        first = one.latencies.size // 10
        latencies.append(1000 * one.latencies[first:])
        none = np.zeros(one.latencies.size, dtype=np.bool_)
        failed.append((none if one.failed is None else one.failed)[first:])
    return Simulated(latencies, failed)


def mmc(servers: int, load: float, replications: int) -> Iterator[Check]:
    """Yield the checks of an M/M/c queue."""
    rps = load * servers / _MEAN_S
    name = f"M/M/{servers}, utilisation {load:g}"
    samples = simulated(
        [Station(id="a", service=_EXPONENTIAL, replicas=servers)], (), rps, replications
    )
    mean = theory.mmc_wait_s(rps, _MEAN_S, servers) + _MEAN_S
    yield Check(f"{name}: mean", 1000 * mean, intervals.mean(samples.latencies))
    levels = (0.5, 0.99)
    for level, found in zip(levels, intervals.quantiles(samples.latencies, levels), strict=True):
        expected = 1000 * theory.mmc_quantile_s(rps, _MEAN_S, servers, level)
        yield Check(f"{name}: p{100 * level:.0f}", expected, found)


def mg1(name: str, service: Service, load: float, replications: int) -> Check:
    """Return the check of the mean of a single server."""
    mean = mean_s(service)
    samples = simulated([Station(id="a", service=service)], (), load / mean, replications)
    expected = theory.mg1_wait_s(load / mean, mean, squared_cv(service)) + mean
    what = f"{name}, utilisation {load:g}: mean"
    return Check(what, 1000 * expected, intervals.mean(samples.latencies))


def networks(load: float, replications: int) -> Iterator[Check]:
    """Yield the checks of stations in a row and side by side."""
    rps = load / _MEAN_S
    names = ("a", "b", "c", "d", "e")
    stations = [Station(id=name, service=_EXPONENTIAL) for name in names]
    calls = [Call(source=one, target=other) for one, other in pairwise(names)]
    samples = simulated(stations, calls, rps, replications).latencies
    name = f"Five M/M/1 in a row, utilisation {load:g}"
    mean = theory.tandem_mean_s(rps, _MEAN_S, len(names))
    yield Check(f"{name}: mean", 1000 * mean, intervals.mean(samples))
    p99 = theory.erlang_quantile_s(len(names), _MEAN_S / (1 - load), 0.99)
    yield Check(f"{name}: p99", 1000 * p99, intervals.quantiles(samples, (0.99,))[0])
    split = [Station(id="start"), *stations[:2]]
    both = [Call(source="start", target="a"), Call(source="start", target="b")]
    samples = simulated(split, both, rps, replications).latencies
    name = f"Fork and join of two M/M/1, utilisation {load:g}"
    expected = 1000 * theory.fork_join_mean_s(rps, _MEAN_S)
    yield Check(f"{name}: mean", expected, intervals.mean(samples))


def loss(servers: int, load: float, replications: int) -> Check:
    """Return the check of refused calls at a station without room to wait, in per cent."""
    station = Station(id="a", service=_LOGNORMAL, replicas=servers, max_queue=0)
    lost = simulated([station], (), load / mean_s(_LOGNORMAL), replications).failed
    found = intervals.share(lost)
    percent = Estimate(value=100 * found.value, low=100 * found.low, high=100 * found.high)
    what = f"M/G/{servers} without a queue, load {load:g}: lost, %"
    return Check(what, 100 * theory.erlang_b(servers, load), percent)


def checks(replications: int) -> Iterator[Check]:
    """Yield all comparisons with theory."""
    for servers, load in ((1, 0.5), (1, 0.8), (4, 0.8), (16, 0.8), (64, 0.9)):
        yield from mmc(servers, load, replications)
    for load in (0.5, 0.8):
        yield mg1("M/G/1, lognormal", _LOGNORMAL, load, replications)
        yield mg1("M/D/1", _FIXED, load, replications)
        yield from networks(load, replications)
    yield loss(10, 8.0, replications)
    yield loss(50, 45.0, replications)


def against_simpy(requests: int) -> Iterator[tuple[str, str, float, int]]:
    """Yield case, engine, largest difference in seconds and differing outcomes."""
    sys.path.insert(0, str(_ROOT / "tests" / "unit"))
    cases = importlib.import_module("load_test_cases").CASES
    oracle = importlib.import_module("load_test_oracle").Oracle
    for name, (network, traffic, outages) in cases.items():
        run = simulate(network, traffic, outages=outages, seed=5, requests=requests)
        one = run.replications[0]
        other = oracle(network, traffic, outages, 5, requests).run()
        failed = np.zeros(requests, dtype=np.bool_) if one.failed is None else one.failed
        apart = float(np.abs(one.arrivals + one.latencies - other.ends).max())
        yield name, run.engine, apart, int(np.count_nonzero(failed != other.failed))


def page(replications: int, requests: int) -> str:
    """Return both tables."""
    rows = list(checks(replications))
    inside = sum(row.inside for row in rows)
    held = sum(row.holds for row in rows)
    lines = [
        measured_line(_COMMAND),
        "",
        f"**Closed forms**, {replications} replications of 100,000 requests, times in "
        f"milliseconds: {held} of {len(rows)} hold (inside the 95 % interval or within 1 %), "
        f"{inside} lie inside the interval.",
        "",
        "| Check | Theory | Simulated | 95 % interval | Error | Holds |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row.what} | {row.expected:.4g} | {row.found.value:.4g} | "
        f"{row.found.low:.4g} to {row.found.high:.4g} | {100 * row.error:+.2f} % | "
        f"{'yes' if row.holds else 'no'} |"
        for row in rows
    ]
    lines += [
        "",
        f"**SimPy**, {requests:,} requests each, the same random numbers:",
        "",
        "| Case | Engine | Largest difference, s | Other outcomes |",
        "|---|---|---|---|",
    ]
    for name, engine, apart, other in against_simpy(requests):
        lines.append(f"| {name} | {engine} | {apart:.1e} | {other} |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and write the block of a page if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replications", type=int, default=40)
    parser.add_argument("--requests", type=int, default=2_000, help="of the SimPy comparison")
    parser.add_argument("--write", type=Path, help="page whose block is replaced")
    options = parser.parse_args(arguments)
    text = page(options.replications, options.requests)
    print(text)
    if options.write:
        replace_block(options.write, "load-test-validation", text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
