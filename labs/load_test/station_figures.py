"""What every station did, over all replications of a run."""

import numpy as np

from labs.load_test.engine.draws import mean_s, p99_s
from labs.load_test.engine.tallies import Histogram, Replication, StationTally
from labs.load_test.figures import StationFigures
from labs.load_test.network import Station
from labs.load_test.prospect import servers_of
from labs.load_test.run import RunResult


def station_figures(run: RunResult) -> tuple[StationFigures, ...]:
    """Return the figures of every station, in the order of the network."""
    dropped = run.prospect.dropped_s
    span = sum(max(float(one.arrivals[-1]) - dropped, 1e-12) for one in run.replications)
    requests = sum(int(np.count_nonzero(one.arrivals >= dropped)) for one in run.replications)
    tallies = {}
    for station in run.network.stations:
        tally = StationTally()
        for one in run.replications:
            tally.merge(one.stations[station.id])
        tallies[station.id] = tally
    owns, paths = _traced(run.replications[0])
    if not paths:
        paths = {
            one: (tally.wait_s + tally.asked_s) / max(requests, 1)
            for one, tally in tallies.items()
            if one in _awaited(run)
        }
    return tuple(
        _figures(station, tallies[station.id], span, owns.get(station.id, 0.0), paths)
        for station in run.network.stations
    )


def _traced(first: Replication) -> tuple[dict[str, float], dict[str, float]]:
    """Return the p99 of wait and service together, and what each station adds to a request."""
    if first.trace is None:
        return {}, {}
    owns = {}
    for station in first.stations:
        histogram = Histogram()
        histogram.add(first.trace.own(station))
        owns[station] = histogram.quantile(0.99)
    answered = None if first.failed is None else ~first.failed
    count = first.arrivals.size if answered is None else int(np.count_nonzero(answered))
    totals = first.trace.seconds(answered)
    return owns, {station: seconds / max(count, 1) for station, seconds in totals.items()}


def _awaited(run: RunResult) -> set[str]:
    reached = {run.network.entry}
    for _ in run.network.stations:
        reached |= {
            call.target for call in run.network.calls if call.source in reached and call.waited_for
        }
    return reached


def _figures(
    station: Station, tally: StationTally, span: float, own_s: float, paths: dict[str, float]
) -> StationFigures:
    servers = servers_of(station)
    service = station.service
    if tally.services is not None:
        service_p99 = tally.services.quantile(0.99)
    else:
        service_p99 = p99_s(service) if service else 0.0
    wait_p99 = tally.waits.quantile(0.99)
    path_s = paths.get(station.id, 0.0)
    mean = mean_s(service) if service else tally.asked_s / max(tally.calls, 1)
    return StationFigures(
        id=station.id,
        servers=servers,
        utilisation=tally.asked_s / (span * servers) if servers else 0.0,
        offered_rps=tally.calls / span,
        wait_mean_ms=1000 * tally.wait_s / max(tally.served, 1),
        wait_p99_ms=1000 * wait_p99,
        service_mean_ms=1000 * mean,
        service_p99_ms=1000 * service_p99,
        own_p99_ms=1000 * (own_s or service_p99 + wait_p99),
        shed_share=tally.refused / max(tally.calls, 1),
        path_ms=1000 * path_s,
        path_share=path_s / (sum(paths.values()) or 1.0),
    )
