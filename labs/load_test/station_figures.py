"""What every station did, over all replications of a run."""

import numpy as np

from labs.load_test.engine.draws import mean_s, p99_s
from labs.load_test.engine.tallies import StationTally
from labs.load_test.figures import StationFigures
from labs.load_test.network import Station
from labs.load_test.prospect import servers_of
from labs.load_test.run import RunResult


def station_figures(run: RunResult) -> tuple[StationFigures, ...]:
    """Return the figures of every station, in the order of the network."""
    dropped = run.prospect.dropped_s
    span = sum(max(float(one.arrivals[-1]) - dropped, 1e-12) for one in run.replications)
    requests = sum(int(np.count_nonzero(one.arrivals >= dropped)) for one in run.replications)
    awaited = _awaited(run)
    tallies = {}
    paths = {}
    for station in run.network.stations:
        tally = StationTally()
        for one in run.replications:
            tally.merge(one.stations[station.id])
        tallies[station.id] = tally
        paths[station.id] = _path_s(tally, requests, station.id in awaited)
    whole = sum(paths.values()) or 1.0
    return tuple(
        _figures(station, tallies[station.id], span, paths[station.id], whole)
        for station in run.network.stations
    )


def _path_s(tally: StationTally, requests: int, awaited: bool) -> float:
    if tally.path_s is not None:
        return tally.path_s
    return (tally.wait_s + tally.asked_s) / max(requests, 1) if awaited else 0.0


def _awaited(run: RunResult) -> set[str]:
    reached = {run.network.entry}
    for _ in run.network.stations:
        reached |= {
            call.target for call in run.network.calls if call.source in reached and call.waited_for
        }
    return reached


def _figures(
    station: Station, tally: StationTally, span: float, path_s: float, whole_s: float
) -> StationFigures:
    servers = servers_of(station)
    service = station.service
    if tally.services is not None:
        service_p99 = tally.services.quantile(0.99)
    else:
        service_p99 = p99_s(service) if service else 0.0
    wait_p99 = tally.waits.quantile(0.99)
    own = tally.owns.quantile(0.99) or service_p99 + wait_p99
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
        own_p99_ms=1000 * own,
        shed_share=tally.refused / max(tally.calls, 1),
        path_ms=1000 * path_s,
        path_share=path_s / whole_s,
    )
