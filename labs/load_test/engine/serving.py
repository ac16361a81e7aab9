"""One station serves all its calls of a replication."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from labs.load_test.engine.capacity import Capacity
from labs.load_test.engine.draws import Draws
from labs.load_test.engine.flow import Flow, in_order
from labs.load_test.engine.queues import serve_pooled, serve_without_queue
from labs.load_test.engine.tallies import ArrowTally, Histogram, StationTally
from labs.load_test.engine.wiring import Arrow, Wiring
from labs.load_test.network import LoadBalancing, Station

Times = NDArray[np.float64]

_BALANCING = {
    LoadBalancing.LEAST_WORK: 0,
    LoadBalancing.ROUND_ROBIN: 1,
    LoadBalancing.RANDOM: 2,
}
_DELAY = 3


@dataclass
class Counter:
    """The tallies of a replication and from when on they count."""

    since: float
    stations: dict[str, StationTally]
    arrows: list[ArrowTally]


@dataclass(frozen=True)
class Desk:
    """A station with all that is known before its calls arrive."""

    station: Station
    wiring: Wiring
    capacity: Capacity
    draws: Draws

    @property
    def arrows(self) -> tuple[Arrow, ...]:
        """The calls that come in."""
        return self.wiring.incoming[self.station.id]

    @property
    def queues(self) -> bool:
        """Whether a call may have to wait here."""
        return not self.station.delay and (
            self.station.service is not None or self.station.batching is not None
        )

    @property
    def guarded(self) -> bool:
        """Whether anything but waiting and being served can happen here."""
        split = (
            self.station.load_balancing != LoadBalancing.LEAST_WORK and self.station.replicas > 1
        )
        return (
            (self.queues and (split or self.station.max_queue is not None))
            or not self.capacity.steady
            or self.station.id in self.wiring.cancelled
            or any(arrow.call.max_retries for arrow in self.arrows)
        )

    def service(self, *, passing: bool = False) -> Times:
        """Return the service time of every numbered call, in seconds.

        Args:
            passing: Whether the next station's may overwrite them.
        """
        count = self.wiring.counts[self.station.id]
        if self.station.service is None:
            return np.zeros(count)
        return self._numbered("service", count, passing=passing and len(self.arrows) < 2)

    def picks(self) -> Times:
        """Return the number by which each call picks its replica, if that is random."""
        if self.station.load_balancing != LoadBalancing.RANDOM:
            return np.zeros(1)
        return self._numbered("replica", self.wiring.counts[self.station.id])

    def _numbered(self, purpose: str, count: int, *, passing: bool = False) -> Times:
        if not self.arrows:
            return self._drawn(purpose, (self.station.id,), count, passing)
        parts = [
            self._drawn(purpose, arrow.stream, arrow.end - arrow.offset, passing)
            for arrow in self.arrows
        ]
        return parts[0] if len(parts) == 1 else np.concatenate(parts)

    def _drawn(self, purpose: str, stream: tuple[str, ...], count: int, passing: bool) -> Times:
        if purpose == "replica" or self.station.service is None:
            return self.draws.uniform((purpose, *stream), count)
        return self.draws.service((purpose, *stream), self.station.service, count, passing=passing)


def serve(desk: Desk, flow: Flow, cancels: Times | None, counter: Counter) -> Flow:
    """Serve the calls of a replication at one station.

    Args:
        desk: The station.
        flow: Its calls in the order of arrival.
        cancels: By id, until when anybody waits for the caller; None if that has no end.
        counter: Raised.

    Returns:
        The calls by the end of the station's own work, with outcomes if any may have failed.
    """
    tally = counter.stations[desk.station.id]
    if desk.station.batching is not None:
        return _in_batches(desk, flow, counter.since, tally)
    if desk.guarded:
        return _guarded(desk, flow, cancels, counter)
    if not desk.queues and desk.station.service is None:
        _count(flow, None, 0.0, counter.since, tally)
        return flow
    service = desk.service(passing=True)
    mean = float(service.mean())
    if not desk.queues:
        _count(flow, None, mean, counter.since, tally)
        return serve_without_queue(flow, service)
    servers = desk.station.replicas * desk.station.concurrency
    served, waits = serve_pooled(flow, service, servers)
    _count(flow, waits, mean, counter.since, tally)
    return served


def _count(flow: Flow, waits: Times | None, mean: float, since: float, tally: StationTally) -> None:
    first = int(np.searchsorted(flow.times, since))
    count = flow.times.size - first
    tally.calls += count
    tally.served += count
    tally.asked_s += mean * count
    if waits is not None:
        tally.wait_s += float(waits[first:].sum())
        tally.waits.add(waits[first:])
    else:
        tally.waits.counts[0] += count


def _in_batches(desk: Desk, flow: Flow, since: float, tally: StationTally) -> Flow:
    from labs.load_test.engine.batches import serve_batches

    batching, station = desk.station.batching, desk.station
    if batching is None or flow.ids.size == 0:
        return flow
    departures = np.empty(flow.ids.size)
    waits = np.empty(flow.ids.size)
    serve_batches(
        flow.times,
        station.replicas * station.concurrency,
        station.replicas,
        batching.max_batch_size,
        batching.max_queue_delay_ms / 1000,
        batching.base_ms / 1000,
        batching.per_item_ms / 1000,
        desk.capacity.change_times,
        desk.capacity.available,
        desk.capacity.slow,
        departures,
        waits,
    )
    full = batching.base_ms / batching.max_batch_size + batching.per_item_ms
    _count(flow, waits, full / 1000, since, tally)
    first = int(np.searchsorted(flow.times, since))
    tally.services = tally.services or Histogram()
    tally.services.add((departures - flow.times - waits)[first:])
    return in_order(flow.ids, departures)


def _terms(desk: Desk) -> Times:
    """Return timeout, retries, backoff, cancelling and block of every caller.

    A station that makes calls itself is late with them, not alone: its callers see to that.
    """
    alone = not desk.wiring.steps[desk.station.id]
    rows = []
    for arrow in desk.arrows:
        call = arrow.call
        timed = call.timeout_ms is not None and (
            call.cancel_on_timeout or (alone and call.max_retries > 0)
        )
        rows.append(
            (
                (call.timeout_ms or 0) / 1000 if timed else np.inf,
                call.max_retries,
                call.backoff_ms / 1000,
                call.cancel_on_timeout and timed,
                arrow.block,
            )
        )
    return np.array(rows or [(np.inf, 0, 0.0, False, 0)], dtype=np.float64)


def _guarded(desk: Desk, flow: Flow, cancels: Times | None, counter: Counter) -> Flow:
    from labs.load_test.engine.guarded import serve_guarded

    n, station = flow.ids.size, desk.station
    pooled = station.load_balancing == LoadBalancing.LEAST_WORK or station.replicas == 1
    bounds = np.array([arrow.offset for arrow in desk.arrows[1:]], dtype=np.int64)
    callers = np.searchsorted(bounds, flow.ids, side="right").astype(np.int16)
    service = desk.service(passing=True)
    departures, ends = np.empty(n), np.empty(n)
    waits = np.full((max((one.attempts for one in desk.arrows), default=1), n), np.nan)
    outcomes, attempts = np.empty(n, dtype=np.int8), np.empty(n, dtype=np.int8)
    terms = _terms(desk)
    counts = np.zeros((terms.shape[0], 4), dtype=np.int64)
    tally = counter.stations[station.id]
    asked = np.zeros(1)
    serve_guarded(
        flow.times,
        flow.ids,
        callers,
        np.full(n, np.inf) if cancels is None else cancels[flow.ids],
        service,
        desk.picks(),
        station.concurrency * (station.replicas if pooled else 1),
        station.replicas,
        _BALANCING[station.load_balancing] * (not pooled) if desk.queues else _DELAY,
        -1 if station.max_queue is None or not desk.queues else station.max_queue,
        desk.capacity.change_times,
        desk.capacity.available,
        desk.capacity.slow,
        terms,
        counter.since,
        departures,
        ends,
        waits.reshape(-1),
        outcomes,
        attempts,
        asked,
        counts,
    )
    first = int(np.searchsorted(flow.times, counter.since))
    made = attempts[first:].astype(np.int64)
    begun = waits[:, first:]
    begun = begun[~np.isnan(begun)]
    tally.calls += int(counts[:, 0].sum())
    tally.served += begun.size
    tally.asked_s += float(asked[0])
    tally.wait_s += float(begun.sum())
    tally.waits.add(begun)
    tally.refused += int(counts[:, 2].sum())
    for place, arrow in enumerate(desk.arrows):
        mine = made[callers[first:] == place]
        counter.arrows[arrow.place].retries += int(mine.sum()) - mine.size
    if desk.capacity.slow.shape[0]:
        answered = outcomes[first:] == 0
        tally.services = tally.services or Histogram()
        worked = departures - flow.times - waits[0]
        tally.services.add(np.maximum(worked[first:][answered & (made == 1)], 0.0))
    if not (outcomes != 0).any():
        return in_order(flow.ids, ends)
    return Flow(flow.ids, ends, outcomes)
