import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from load_test_cases import FALLBACK, TRAFFIC, call, network, station

from labs.load_test import intervals
from labs.load_test.engine.tallies import Histogram
from labs.load_test.figures import Estimate, Figures, Slo, Verdict
from labs.load_test.judging import judge
from labs.load_test.network import Network, Outage, Traffic
from labs.load_test.run import simulate
from labs.load_test.summary import summarise

_ROOT = Path(__file__).parents[2]


def figures(
    drawn: Network, limit_ms: float = 100, traffic: Traffic = TRAFFIC, **kinds: Any
) -> Figures:
    run = simulate(drawn, traffic, **{"requests": 20_000, "seed": 4, **kinds})
    return summarise(run, Slo(latency_ms=limit_ms))


def rate(low: float, value: float, high: float) -> Estimate:
    return Estimate(value=value, low=low, high=high)


NONE = rate(0, 0, 3e-5)


@pytest.mark.parametrize(
    ("misses", "errors", "verdict"),
    [
        (rate(0.001, 0.002, 0.003), NONE, Verdict.MET),
        (rate(0.008, 0.01, 0.012), NONE, Verdict.TOO_CLOSE),
        (rate(0.02, 0.03, 0.04), NONE, Verdict.MISSED),
        (rate(0.001, 0.002, 0.003), rate(0.0009, 0.0011, 0.0013), Verdict.TOO_CLOSE),
        (rate(0.001, 0.002, 0.003), rate(0.0015, 0.002, 0.0025), Verdict.MISSED),
    ],
)
def test_the_verdict_is_that_of_the_interval(
    misses: Estimate, errors: Estimate, verdict: Verdict
) -> None:
    assert judge(Slo(latency_ms=100), misses, errors, None)[0] is verdict


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    inside = 0
    for seed in range(200):
        random = np.random.default_rng(seed)
        samples = [random.exponential(size=1_000) for _ in range(10)]
        p99 = intervals.quantiles(samples, (0.99,))[0]
        inside += p99.low <= np.log(100) <= p99.high
    assert 180 <= inside <= 199


def test_a_single_replication_is_cut_into_batches() -> None:
    pieces = intervals.groups([np.arange(1_000.0)])
    assert len(pieces) == 20
    assert (np.concatenate(pieces) == np.arange(1_000.0)).all()


def test_no_event_seen_is_not_proof_that_there_is_none() -> None:
    assert intervals.share([np.zeros(300, dtype=bool)] * 10) == Estimate(value=0, low=0, high=0.001)


def test_classes_give_quantiles_within_their_width() -> None:
    times = np.random.default_rng(5).lognormal(-5, 1, 50_000)
    histogram = Histogram()
    histogram.add(times)
    for share in (0.01, 0.5, 0.99):
        assert histogram.quantile(share) == pytest.approx(np.quantile(times, share), rel=0.01)


def test_a_calm_path_meets_its_objective_and_names_its_bottleneck() -> None:
    drawn = network(
        station("a", 1, 3, replicas=4),
        station("b", replicas=9),
        station("c", 3, 8, replicas=3),
        calls=(call("a", "b"), call("a", "c")),
    )
    found = figures(drawn)
    assert found.verdict is Verdict.MET
    assert found.bottleneck == "c"
    assert found.p99_ms is not None
    assert found.mean_ms is not None
    assert found.naive_p99_ms > found.p99_ms.value
    paths = sum(one.path_ms for one in found.stations)
    assert paths == pytest.approx(found.mean_ms, rel=0.05)
    assert sum(one.last_share or 0 for one in found.calls) == pytest.approx(1, abs=1e-9)
    assert found.dropped_s >= 0.05 * 20_000 / TRAFFIC.rps


def test_an_overloaded_station_has_no_p99_but_a_growing_queue() -> None:
    drawn = network(station("a", 1, 3), station("b", replicas=3), calls=(call("a", "b"),))
    found = figures(drawn, traffic=Traffic(rps=700))
    assert found.verdict is Verdict.MISSED
    assert (found.p50_ms, found.p95_ms, found.p99_ms) == (None, None, None)
    assert found.overload is not None
    assert found.overload.station == "b"
    spare = 700 - 3 / 0.006006  # the mean of a lognormal time of 5 and 20 ms
    assert found.overload.queue_growth_rps == pytest.approx(spare, rel=0.15)
    assert found.overload.breach_after_s is not None


@pytest.mark.parametrize("shield", [{"timeout_ms": 30}, {"waited_for": False}])
def test_a_caller_that_does_not_wait_for_an_overloaded_station_keeps_its_p99(
    shield: dict[str, Any],
) -> None:
    drawn = network(
        station("a", 1, 3),
        station("b", replicas=2),
        calls=(call("a", "b", fallback=FALLBACK, **shield),),
    )
    found = figures(drawn)
    assert found.overload is None
    assert found.p99_ms is not None
    assert found.p99_ms.value < 60
    assert any("b is asked for" in warning for warning in found.warnings)


def test_fallbacks_are_counted_by_request() -> None:
    drawn = network(
        station("a", 1, 3),
        station("b", replicas=30),
        calls=(call("a", "b", fan_out=4, timeout_ms=15, fallback=FALLBACK),),
    )
    found = figures(drawn).calls[0]
    assert found.per_request == pytest.approx(4, rel=1e-3)
    alone = found.late_share
    assert alone == pytest.approx(0.033, abs=0.005)  # a lognormal time of 5 and 20 ms above 15 ms
    assert found.fallback_requests == pytest.approx(1 - (1 - alone) ** 4, rel=0.1)


def test_the_seconds_of_an_incident_are_shown_one_by_one() -> None:
    drawn = network(station("a", 1, 3), station("b", replicas=4), calls=(call("a", "b"),))
    lost = Outage(station="b", from_s=10, for_s=5, replicas_lost=3)
    found = figures(drawn, outages=(lost,))
    late = {one.second: one.missed_share for one in found.seconds}
    assert late[8] == 0
    assert late[13] == 1
    assert found.overload is None
    assert found.dropped_s <= 10


def test_a_run_too_short_for_its_queue_says_so() -> None:
    drawn = network(station("a", 10, 30))
    found = figures(drawn, traffic=Traffic(rps=80), requests=1_000)
    assert any("relaxation times" in warning for warning in found.warnings)


_PLAIN = """
import sys
sys.modules["numba"] = None
sys.path.insert(0, "tests/unit")
from load_test_cases import CASES
from labs.load_test.engine import numerics, plain
from labs.load_test.engine.compiled import COMPILED
from labs.load_test.run import simulate
assert not COMPILED
numerics.load_kernels()
assert numerics.loops() is plain
for name in sys.argv[1:]:
    network, traffic, outages = CASES[name]
    one = simulate(network, traffic, outages=outages, seed=9, requests=300).replications[0]
    print(one.latencies.tobytes().hex())
"""


def test_without_numba_the_results_are_the_same_to_the_bit() -> None:
    from load_test_cases import CASES

    names = ["fork and join", "retries", "batches", "called twice"]
    done = subprocess.run(
        [sys.executable, "-c", _PLAIN, *names],
        cwd=_ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for name, printed in zip(names, done.stdout.split(), strict=True):
        drawn, traffic, outages = CASES[name]
        run = simulate(drawn, traffic, outages=outages, seed=9, requests=300)
        assert run.replications[0].latencies.tobytes().hex() == printed, name
