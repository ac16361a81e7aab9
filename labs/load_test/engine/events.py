"""The event engine: slower, but no order of stations is needed."""

import numpy as np
from numpy.typing import NDArray

from labs.load_test.engine.capacity import Capacity
from labs.load_test.engine.draws import Draws
from labs.load_test.engine.event_kernels import CHANGE, note, run_until_full
from labs.load_test.engine.event_state import (
    FELL_BACK,
    LAST,
    RESPONDED,
    Events,
    new_state,
    ordered_arrows,
)
from labs.load_test.engine.flow import Flow, distinct
from labs.load_test.engine.serving import Counter
from labs.load_test.engine.tallies import Histogram
from labs.load_test.engine.trace import Trace
from labs.load_test.engine.wiring import Arrow, Wiring

Times = NDArray[np.float64]


def run_events(
    wiring: Wiring,
    capacities: dict[str, Capacity],
    draws: Draws,
    counter: Counter,
    trace: Trace | None,
    arrivals: Times,
) -> Flow:
    """Send requests through a network and return when each was answered.

    Raises:
        RefusedError: If there are more calls than fit into memory.
    """
    e = new_state(wiring, capacities, draws, counter.since)
    entry = int(e.stations.first_call[list(wiring.stations).index(wiring.network.entry)])
    for number in range(e.changes.shape[0]):
        note(e, e.changes[number, 0], CHANGE, number)
    most = max(
        (sum(a.call.fan_out for a in step) for s in wiring.steps.values() for step in s), default=0
    )
    spare = 64 + 4 * most + int(e.stations.batch_size.max())
    while not run_until_full(e, arrivals, entry, spare):
        e = _with_room(e, spare)
    _count(e, wiring, counter)
    if trace is not None:
        _note_paths(e, wiring, trace)
    requests = slice(entry, entry + arrivals.size)
    failed = e.calls.failed[requests]
    ends = np.where(failed, e.calls.departure[requests], e.calls.spent[requests])
    outcomes = failed.astype(np.int8) if failed.any() else None
    return Flow(np.arange(arrivals.size, dtype=np.int32), ends, outcomes)


def _with_room(e: Events, spare: int) -> Events:
    more = e.times.size + spare
    return e._replace(
        times=np.concatenate([e.times, np.empty(more)]),
        order=np.concatenate([e.order, np.empty(more, dtype=np.int64)]),
        what=np.concatenate([e.what, np.empty(more, dtype=np.int64)]),
    )


def _count(e: Events, wiring: Wiring, counter: Counter) -> None:
    for number, name in enumerate(wiring.stations):
        own = slice(e.stations.first_call[number], e.stations.first_call[number + 1])
        here = e.calls.arrival[own] >= counter.since
        started = here & ~np.isnan(e.calls.started[own])
        waits = (e.calls.started[own] - e.calls.arrival[own])[started]
        station = wiring.stations[name]
        tally = counter.stations[name]
        tally.calls += int(np.count_nonzero(here))
        tally.served += waits.size
        tally.wait_s += float(waits.sum())
        tally.waits.add(waits)
        tally.refused += int(np.count_nonzero(here & _refused(e, own)))
        if station.batching is not None:
            full = station.batching.base_ms / station.batching.max_batch_size
            tally.asked_s += waits.size * (full + station.batching.per_item_ms) / 1000
        else:
            tally.asked_s += float(e.calls.service[own][here].sum())
        if station.batching is not None or (e.slow[:, 0] == number).any():
            tally.services = tally.services or Histogram()
            worked = (e.calls.departure[own] - e.calls.started[own])[started]
            tally.services.add(worked[worked > 0])
    for number, arrow in enumerate(ordered_arrows(wiring)):
        row = e.arrows[number]
        tally_of = counter.arrows[arrow.place]
        tally_of.made, tally_of.late = int(row.made), int(row.late)
        tally_of.refused, tally_of.retries = int(row.refused), int(row.retried)
        calls = _calls_of(e, number, arrow, FELL_BACK)
        callers = arrow.callers(calls)
        requests = wiring.requests_of(arrow.call.source, callers)
        tally_of.fallback_requests = distinct(requests)
        if e.arrows.beside[number] and arrow.call.waited_for:
            tally_of.last = int(_calls_of(e, number, arrow, LAST).size)
            base = int(e.stations.first_call[e.arrows.target[number]]) + arrow.offset
            arrived = ~np.isnan(e.calls.arrival[base : base + arrow.block])
            tally_of.joined = int(np.count_nonzero(arrived)) // arrow.call.fan_out


def _refused(e: Events, own: slice) -> NDArray[np.bool_]:
    """Return which calls arrived, never started and were answered at once."""
    never = np.isnan(e.calls.started[own])
    return np.asarray(never & ((e.calls.marks[own] & RESPONDED) > 0), dtype=np.bool_)


def _calls_of(e: Events, number: int, arrow: Arrow, bit: int) -> NDArray[np.int32]:
    base = int(e.stations.first_call[e.arrows.target[number]])
    marks = e.calls.marks[base + arrow.offset : base + arrow.end]
    return (np.flatnonzero(marks & bit) + arrow.offset).astype(np.int32)


def _note_paths(e: Events, wiring: Wiring, trace: Trace) -> None:
    for number, name in enumerate(wiring.stations):
        own = slice(e.stations.first_call[number], e.stations.first_call[number + 1])
        done = np.flatnonzero(~np.isnan(e.calls.departure[own]) & ~np.isnan(e.calls.arrival[own]))
        ids = done.astype(np.int32)
        trace.served(
            name, Flow(ids, e.calls.arrival[own][done]), Flow(ids, e.calls.departure[own][done])
        )
    for number, arrow in enumerate(ordered_arrows(wiring)):
        base = int(e.stations.first_call[e.arrows.target[number]])
        last = _calls_of(e, number, arrow, LAST)
        fell_back = e.calls.spent[base + last] > 0
        trace.last(arrow, last[~fell_back])
        first = arrow.offset + (last - arrow.offset) % arrow.block
        lost = np.where(
            fell_back,
            e.calls.spent[base + last],
            e.calls.arrival[base + last] - e.calls.arrival[base + first],
        )
        trace.cut(arrow, arrow.callers(last), lost)
