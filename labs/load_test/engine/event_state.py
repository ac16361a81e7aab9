"""All that the event engine keeps, as arrays; a call is known by one number over all stations."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from labs.load_test.engine.capacity import Capacity
from labs.load_test.engine.draws import Draws
from labs.load_test.engine.serving import Desk
from labs.load_test.engine.wiring import Arrow, RefusedError, Wiring
from labs.load_test.network import LoadBalancing, Station
from labs.load_test.prospect import servers_of

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
Records = Any
"""Structured arrays, whose fields mypy cannot know."""

MAX_CALLS = 20_000_000
"""Calls of one replication; each needs about 50 bytes."""
POOLED, ROUND_ROBIN, RANDOM, DELAY, BATCHES = 0, 1, 2, 3, 4
QUEUED, CUT, RESPONDED, GIVEN_UP, FELL_BACK, LAST, TIMED = 1, 2, 4, 8, 16, 32, 64
"""What is known of a call, in bits."""


STATION = np.dtype(
    [
        ("first_call", np.int64),  # number of the station's first call
        ("first_queue", np.int64),
        ("first_step", np.int64),
        ("discipline", np.int64),
        ("replicas", np.int64),
        ("concurrency", np.int64),
        ("max_queue", np.int64),  # -1 for any number
        ("up", np.int64),  # replicas that are not lost
        ("turns", np.int64),
        ("batch_size", np.int64),
        ("batch_delay", np.float64),
        ("batch_base", np.float64),
        ("batch_item", np.float64),
    ],
    align=True,
)
QUEUE = np.dtype(
    [(name, np.int64) for name in ("busy", "capacity", "waiting", "head", "tail")], align=True
)
ARROW = np.dtype(
    [
        ("source", np.int64),
        ("target", np.int64),
        ("waited", np.bool_),
        ("beside", np.bool_),  # another waited call is in the same step
        ("cancels", np.bool_),
        ("probability", np.float64),
        ("timeout", np.float64),
        ("backoff", np.float64),
        ("fallback", np.float64),  # negative for none
        ("fan_out", np.int64),
        ("retries", np.int64),
        ("offset", np.int64),
        ("block", np.int64),
        ("luck_base", np.int64),  # -1 for a call that is always made
        *((name, np.int64) for name in ("made", "late", "refused", "retried")),
    ],
    align=True,
)
CALL = np.dtype(
    [
        ("arrival", np.float64),
        ("started", np.float64),
        ("departure", np.float64),  # end of the station's own work; before, when it may start
        ("cancel", np.float64),
        ("service", np.float64),
        ("spent", np.float64),  # until its fallback was there; of requests, when they ended
        ("following", np.int32),
        ("pending", np.int32),
        ("queue", np.int32),
        ("station", np.int16),
        ("arrow", np.int16),
        ("step", np.int16),
        ("marks", np.uint8),
        ("failed", np.bool_),
    ],
    align=True,
)


class Events(NamedTuple):
    """The network, its calls, and what comes next."""

    stations: Records
    """One more than there are, so that each finds the end of its queues and steps."""
    queues: Records
    arrows: Records
    calls: Records
    first_arrow: Numbers
    """Of each step."""
    luck: Floats
    picks: Floats
    slow: Floats
    """Rows of station, from, to and factor."""
    changes: Floats
    """Rows of time, station and replicas from then on."""
    times: Floats
    order: Numbers
    what: Numbers
    size: Numbers
    """Entries of the calendar, entries ever made, next request."""
    since: Floats
    """End of the warm-up."""


def new_state(
    wiring: Wiring,
    capacities: dict[str, Capacity],
    draws: Draws,
    since: float,
) -> Events:
    """Return a network before its first request.

    Raises:
        RefusedError: If it makes more calls than fit into memory.
    """
    names = list(wiring.stations)
    counts = np.array([wiring.counts[name] for name in names], dtype=np.int64)
    total = int(counts.sum())
    if total > MAX_CALLS:
        raise RefusedError(
            f"The run makes up to {total:,} calls, more than {MAX_CALLS:,} that can be followed "
            f"one by one (needed because {wiring.by_events}): ask for fewer requests."
        )
    desks = [Desk(wiring.stations[name], wiring, capacities[name], draws) for name in names]
    arrows, luck = _arrows(names, wiring, draws)
    stations, queues = _stations(names, wiring)
    room = 4096
    return Events(
        stations=stations,
        queues=queues,
        arrows=arrows,
        calls=_calls(names, wiring, desks),
        first_arrow=_sums([len(step) for name in names for step in wiring.steps[name]]),
        luck=luck,
        picks=_picks(desks),
        slow=_rows([(k, *row) for k, desk in enumerate(desks) for row in desk.capacity.slow], 4),
        changes=_rows(
            [
                (time, k, replicas)
                for k, desk in enumerate(desks)
                for time, replicas in zip(
                    desk.capacity.change_times, desk.capacity.available, strict=True
                )
            ],
            3,
        ),
        times=np.empty(room),
        order=np.empty(room, dtype=np.int64),
        what=np.empty(room, dtype=np.int64),
        size=np.zeros(3, dtype=np.int64),
        since=np.array([since]),
    )


def _rows(rows: list[tuple[float, ...]], width: int) -> Floats:
    return np.array(sorted(rows), dtype=np.float64).reshape(-1, width)


def _sums(sizes: list[int]) -> Numbers:
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)


def _discipline(station: Station) -> int:
    if station.batching is not None:
        return BATCHES
    if not servers_of(station):
        return DELAY
    if station.replicas == 1 or station.load_balancing == LoadBalancing.LEAST_WORK:
        return POOLED
    return ROUND_ROBIN if station.load_balancing == LoadBalancing.ROUND_ROBIN else RANDOM


def _stations(names: list[str], wiring: Wiring) -> tuple[Records, Records]:
    stations = np.zeros(len(names) + 1, dtype=STATION)
    stations["first_call"] = _sums([wiring.counts[name] for name in names])
    stations["first_step"] = _sums([len(wiring.steps[name]) for name in names])
    capacities: list[int] = []
    for row, name in zip(stations, names, strict=False):
        station = wiring.stations[name]
        kind = _discipline(station)
        row["first_queue"] = len(capacities)
        row["discipline"] = kind
        row["replicas"] = row["up"] = station.replicas
        row["concurrency"] = station.concurrency
        row["max_queue"] = -1 if station.max_queue is None else station.max_queue
        if station.batching is not None:
            row["batch_size"] = station.batching.max_batch_size
            row["batch_delay"] = station.batching.max_queue_delay_ms / 1000
            row["batch_base"] = station.batching.base_ms / 1000
            row["batch_item"] = station.batching.per_item_ms / 1000
        if kind in (ROUND_ROBIN, RANDOM):
            capacities += [station.concurrency] * station.replicas
        else:
            capacities.append(station.concurrency * station.replicas)
    stations["first_queue"][-1] = len(capacities)
    queues = np.zeros(len(capacities), dtype=QUEUE)
    queues["capacity"] = capacities
    queues["head"] = queues["tail"] = -1
    return stations.view(np.recarray), queues.view(np.recarray)


def ordered_arrows(wiring: Wiring) -> list[Arrow]:
    """Return the arrows station by station and step by step."""
    return [one for name in wiring.stations for step in wiring.steps[name] for one in step]


def _arrows(names: list[str], wiring: Wiring, draws: Draws) -> tuple[Records, Floats]:
    """Return the arrows in the order in which stations make them, and their luck."""
    arrows = ordered_arrows(wiring)
    records = np.zeros(len(arrows), dtype=ARROW)
    lucks = [np.zeros(0)]
    for row, arrow in zip(records, arrows, strict=True):
        call = arrow.call
        row["source"], row["target"] = names.index(call.source), names.index(call.target)
        row["waited"], row["cancels"] = call.waited_for, call.cancel_on_timeout
        row["probability"], row["fan_out"] = call.probability, call.fan_out
        row["timeout"] = np.inf if call.timeout_ms is None else call.timeout_ms / 1000
        row["retries"], row["backoff"] = call.max_retries, call.backoff_ms / 1000
        row["fallback"] = -1 if call.fallback is None else call.fallback.ms / 1000
        row["offset"], row["block"] = arrow.offset, arrow.block
        step = next(one for one in wiring.steps[call.source] if arrow in one)
        row["beside"] = sum(other.call.waited_for for other in step) > 1
        row["luck_base"] = -1
        if call.probability < 1:
            row["luck_base"] = sum(one.size for one in lucks)
            count = wiring.counts[call.source]
            lucks.append(draws.uniform(("branch", *arrow.stream), count))
    return records.view(np.recarray), np.concatenate(lucks)


def _picks(desks: list[Desk]) -> Floats:
    """Return by which number each call picks its replica, if any does."""
    if all(_discipline(desk.station) != RANDOM for desk in desks):
        return np.zeros(1)
    return np.concatenate(
        [
            desk.picks()
            if _discipline(desk.station) == RANDOM
            else np.zeros(desk.wiring.counts[desk.station.id])
            for desk in desks
        ]
    )


def _calls(names: list[str], wiring: Wiring, desks: list[Desk]) -> Records:
    calls = np.zeros(sum(wiring.counts.values()), dtype=CALL)
    calls["arrival"] = calls["started"] = calls["departure"] = np.nan
    calls["cancel"] = np.inf
    calls["following"] = calls["arrow"] = -1
    place = {arrow.place: number for number, arrow in enumerate(ordered_arrows(wiring))}
    base = 0
    for number, (name, desk) in enumerate(zip(names, desks, strict=True)):
        own = calls[base : base + wiring.counts[name]]
        own["station"] = number
        own["service"] = desk.service()
        for arrow in wiring.incoming[name]:
            own["arrow"][arrow.offset : arrow.end] = place[arrow.place]
        base += own.size
    return calls.view(np.recarray)
