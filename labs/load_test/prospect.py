"""What arithmetic says of a network before it is run: load, and how long a run has to be."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter

from labs.load_test.engine.draws import mean_s
from labs.load_test.network import Arrivals, LoadBalancing, Network, Outage, Station, Traffic

_SHARE = 0.05
"""Least share of a run that is dropped as warm-up."""
_RELAXATIONS = 10
_LONG_ENOUGH = 50
"""Relaxation times from which a run is long enough for a p99."""


@dataclass(frozen=True)
class Prospect:
    """Expectations of a steady run at the base rate; retries and shedding are left out."""

    rates: Mapping[str, float]
    """Calls a second at each station."""
    utilisation: Mapping[str, float]
    """Of stations with a queue."""
    relaxation_s: float
    """Time in which the slowest queue forgets how it began; infinite at utilisation 1."""
    horizon_s: float
    dropped_s: float

    @property
    def short(self) -> bool:
        """Whether the run is too short for its slowest queue."""
        return self.horizon_s < _LONG_ENOUGH * self.relaxation_s


def servers_of(station: Station) -> int:
    """Return how many calls a station works on at once, 0 if nothing queues there."""
    if station.delay or (station.service is None and station.batching is None):
        return 0
    return station.replicas * station.concurrency


def work_s(station: Station) -> float:
    """Return the mean seconds of work for one call; of batches, of full ones."""
    if station.batching is not None:
        batching = station.batching
        return (batching.base_ms / batching.max_batch_size + batching.per_item_ms) / 1000
    return mean_s(station.service) if station.service is not None else 0.0


def call_rates(network: Network, rps: float) -> dict[str, float]:
    """Return how many calls a second reach each station."""
    before: dict[str, list[str]] = {station.id: [] for station in network.stations}
    for call in network.calls:
        before[call.target].append(call.source)
    rates = dict.fromkeys(before, 0.0)
    rates[network.entry] = rps
    for station in TopologicalSorter(before).static_order():
        for call in network.calls:
            if call.source == station:
                rates[call.target] += rates[station] * call.probability * call.fan_out
    return rates


def utilisation(network: Network, rps: float) -> dict[str, float]:
    """Return work over what can be done, for stations with a queue."""
    rates = call_rates(network, rps)
    return {
        station.id: rates[station.id] * work_s(station) / servers_of(station)
        for station in network.stations
        if servers_of(station)
    }


def relaxation_s(station: Station, load: float) -> float:
    """Return the time constant of a queue: 1 / (c mu (1 - sqrt(rho))^2)."""
    if load >= 1:
        return math.inf
    servers = servers_of(station)
    if station.load_balancing != LoadBalancing.LEAST_WORK:
        servers = station.concurrency
    return work_s(station) / servers / (1 - math.sqrt(load)) ** 2


def prospect(
    network: Network, traffic: Traffic, outages: tuple[Outage, ...], requests: int
) -> Prospect:
    """Return what to expect of a run, and how much of its beginning to drop."""
    loads = utilisation(network, traffic.rps)
    stations = {station.id: station for station in network.stations}
    slowest = max((relaxation_s(stations[one], load) for one, load in loads.items()), default=0.0)
    horizon = requests / traffic.rps
    dropped = 0.0 if slowest == math.inf else max(_SHARE * horizon, _RELAXATIONS * slowest)
    dropped = min(dropped, horizon / 2)
    incidents = [outage.from_s for outage in outages]
    if traffic.profile != Arrivals.CONSTANT:
        dropped = min(dropped, _SHARE * horizon / traffic.peak_factor)
        incidents.append(traffic.peak_from_s)
    return Prospect(
        call_rates(network, traffic.rps),
        loads,
        slowest,
        horizon,
        min([dropped, *incidents]),
    )
