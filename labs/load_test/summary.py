"""What a run says: percentiles with intervals, loads, shares and a verdict."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from labs.load_test import intervals
from labs.load_test.engine.tallies import ArrowTally, Replication
from labs.load_test.figures import (
    CallFigures,
    Estimate,
    Figures,
    Overload,
    SecondFigures,
    Slo,
    StationFigures,
)
from labs.load_test.judging import judge
from labs.load_test.naive import naive_p99_ms
from labs.load_test.network import Arrivals, Network
from labs.load_test.run import RunResult
from labs.load_test.station_figures import station_figures

Times = NDArray[np.float64]

_LEVELS = (0.5, 0.95, 0.99)
_MAX_BINS = 240


def summarise(run: RunResult, slo: Slo) -> Figures:
    """Return what a run says about an objective.

    Args:
        run: Of one network.
        slo: What it has to keep.

    Returns:
        Figures of all replications together, after the warm-up.
    """
    dropped = run.prospect.dropped_s
    samples = intervals.groups([latencies_after(one, dropped) for one in run.replications])
    # A failed request is later than any limit.
    misses = [one > slo.latency_ms / 1000 for one in samples]
    miss_rate = intervals.share(misses)
    error_rate = intervals.share([np.isinf(one) for one in samples])
    answered = [one[np.isfinite(one)] for one in samples]
    stations = station_figures(run)
    width, seconds = seconds_of(run, slo)
    overload = _overload(run, stations, seconds, slo)
    verdict, reasons = judge(slo, miss_rate, error_rate, overload)
    levels: list[Estimate | None] = [None, None, None]
    anything = any(one.size for one in answered)
    if overload is None and anything:
        levels = [_in_ms(one) for one in intervals.quantiles(answered, _LEVELS)]
    return Figures(
        verdict=verdict,
        reasons=reasons,
        requests=sum(one.size for one in samples),
        replications=len(run.replications),
        dropped_s=dropped,
        p50_ms=levels[0],
        p95_ms=levels[1],
        p99_ms=levels[2],
        mean_ms=1000 * float(np.concatenate(answered).mean())
        if anything and overload is None
        else None,
        naive_p99_ms=None if overload else naive_p99_ms(run.network, stations),
        miss_rate=miss_rate,
        error_rate=error_rate,
        stations=stations,
        calls=_calls(run),
        bottleneck=max(
            (one for one in stations if one.servers),
            key=lambda one: one.utilisation,
            default=stations[0],
        ).id,
        overload=overload,
        seconds=seconds,
        second_width=width,
        warnings=_warnings(run, stations, overload),
    )


def latencies_after(one: Replication, dropped_s: float) -> Times:
    """Return latencies after the warm-up in seconds, infinite for failed requests."""
    latencies = one.latencies
    if one.failed is not None:
        latencies = np.where(one.failed, np.inf, latencies)
    return latencies[int(np.searchsorted(one.arrivals, dropped_s)) :]


def _in_ms(one: Estimate) -> Estimate:
    return Estimate(value=1000 * one.value, low=1000 * one.low, high=1000 * one.high)


def seconds_of(run: RunResult, slo: Slo) -> tuple[int, tuple[SecondFigures, ...]]:
    """Return how wide the rows are, in seconds, and a row for each span of arrivals."""
    arrivals = np.concatenate([one.arrivals for one in run.replications])
    latencies = np.concatenate([latencies_after(one, 0.0) for one in run.replications])
    width = max(1, int(np.ceil((float(arrivals.max()) + 1e-9) / _MAX_BINS)))
    bins = (arrivals / width).astype(np.int64)
    order = np.argsort(bins, kind="stable")
    starts = np.searchsorted(bins[order], np.arange(bins.max() + 2))
    rows = []
    for number, (begin, end) in enumerate(pairwise(starts.tolist())):
        own = latencies[order[begin:end]]
        answered = own[np.isfinite(own)]
        p50, p99 = np.percentile(answered, (50, 99)) * 1000 if answered.size else (None, None)
        rows.append(
            SecondFigures(
                second=number * width,
                requests=own.size,
                p50_ms=p50,
                p99_ms=p99,
                missed_share=float(np.mean(own > slo.latency_ms / 1000)) if own.size else 0.0,
            )
        )
    return width, tuple(rows)


def _overload(
    run: RunResult,
    stations: Sequence[StationFigures],
    seconds: Sequence[SecondFigures],
    slo: Slo,
) -> Overload | None:
    """Return the most overloaded station that requests wait for without an end."""
    if run.traffic.profile != Arrivals.CONSTANT or run.outages:
        return None
    exposed = _waited_for(run.network)
    capped = {one.id for one in run.network.stations if one.max_queue is not None}
    worst = max(
        (
            one
            for one in stations
            if one.servers and one.utilisation >= 1 and one.id in exposed and one.id not in capped
        ),
        key=lambda one: one.utilisation,
        default=None,
    )
    if worst is None:
        return None
    allowed = 1 - slo.percentile / 100
    breach = next((one.second for one in seconds if one.missed_share > allowed), None)
    return Overload(
        station=worst.id,
        utilisation=worst.utilisation,
        queue_growth_rps=worst.offered_rps * (1 - 1 / worst.utilisation),
        breach_after_s=breach,
    )


def _waited_for(network: Network) -> set[str]:
    """Return the stations that a request waits for however long they take."""
    reached, new = {network.entry}, {network.entry}
    while new:
        new = {
            call.target
            for call in network.calls
            if call.source in new and call.waited_for and call.timeout_ms is None
        } - reached
        reached |= new
    return reached


def _calls(run: RunResult) -> tuple[CallFigures, ...]:
    requests = sum(
        int(np.count_nonzero(one.arrivals >= run.prospect.dropped_s)) for one in run.replications
    )
    figures = []
    for place, call in enumerate(run.network.calls):
        tally = ArrowTally()
        for one in run.replications:
            tally.merge(one.arrows[place])
        made = max(tally.made, 1)
        figures.append(
            CallFigures(
                source=call.source,
                target=call.target,
                step=call.step,
                per_request=tally.made / max(requests, 1),
                late_share=min(tally.late / made, 1.0),
                refused_share=min(tally.refused / made, 1.0),
                retries_per_call=tally.retries / made,
                fallback_requests=min(tally.fallback_requests / max(requests, 1), 1.0),
                last_share=tally.last / tally.joined if tally.joined else None,
            )
        )
    return tuple(figures)


def _warnings(
    run: RunResult, stations: Sequence[StationFigures], overload: Overload | None
) -> tuple[str, ...]:
    found = []
    if run.prospect.short and overload is None and run.prospect.relaxation_s < np.inf:
        found.append(
            "The run is shorter than 50 relaxation times of its slowest queue "
            f"({run.prospect.horizon_s:.3g} s against {50 * run.prospect.relaxation_s:.3g} s): "
            "its p99 tends to come out too low. Ask for more requests."
        )
    named = overload.station if overload else None
    found += [
        f"{one.id} is asked for {one.utilisation:.2f} times what it can do."
        for one in stations
        if one.servers and one.utilisation >= 1 and one.id != named
    ]
    return tuple(found)
