"""A network in the order in which it can be run, with a number for every call that may be made.

A call that request r may make has the same number whether it is made or not. Random numbers are
looked up by it, so a change of one part leaves the luck of all others as it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from labs.load_test.network import Call, LoadBalancing, Network, Outage, Station

MAX_VISITS = 30_000_000
"""Numbered calls of one replication at one station; memory bounds it."""


class RefusedError(ValueError):
    """A run that is not possible; the message names the nodes and what to change."""


@dataclass(frozen=True)
class Arrow:
    """A call of the drawing and the numbers of its calls at the target."""

    place: int
    call: Call
    stream: tuple[str, ...]
    offset: int
    block: int
    """Calls in one attempt; attempt k of a call has the number of the first plus k blocks."""

    @property
    def attempts(self) -> int:
        """How often it may be made."""
        return self.call.max_retries + 1

    @property
    def end(self) -> int:
        """The first number that belongs to the next arrow."""
        return self.offset + self.block * self.attempts

    def callers(self, numbers: NDArray[np.int32]) -> NDArray[np.int32]:
        """Return the source's number of the caller of each call."""
        if self.attempts == 1 and self.call.fan_out == 1 and not self.offset:
            return numbers
        first = (numbers - np.int32(self.offset)) % np.int32(self.block)
        return first // np.int32(self.call.fan_out)


class Task(NamedTuple):
    """A piece of work: a station serves (serve), makes a step's calls (step) or answers."""

    kind: str
    station: str
    step: int = 0


@dataclass(frozen=True)
class Wiring:
    """What the engines need to know of a network."""

    network: Network
    stations: dict[str, Station]
    incoming: dict[str, tuple[Arrow, ...]]
    steps: dict[str, tuple[tuple[Arrow, ...], ...]]
    counts: dict[str, int]
    """Numbers of calls at each station."""
    tasks: tuple[Task, ...]
    """In an order in which each needs only what was done before; empty if there is none."""
    by_events: str
    """Why stations cannot be run one after another; empty if they can."""
    cancelled: frozenset[str]
    """Stations whose calls may be cancelled."""

    @property
    def callers_first(self) -> tuple[str, ...]:
        """All stations, each after those that call it."""
        return tuple(self.incoming)

    def requests_of(self, station: str, numbers: NDArray[np.int32]) -> NDArray[np.int32]:
        """Return which request each call of a station was made for."""
        arrows = self.incoming[station]
        if not arrows:
            return numbers
        found = np.empty_like(numbers)
        for arrow in arrows:
            mine = (numbers >= arrow.offset) & (numbers < arrow.end)
            found[mine] = self.requests_of(arrow.call.source, arrow.callers(numbers[mine]))
        return found


def wire(network: Network, requests: int, outages: Sequence[Outage]) -> Wiring:
    """Number the calls of a network and order its work.

    Raises:
        RefusedError: If calls go round in a circle, a station is never called, there are too many
            calls, or an outage names no station.
    """
    stations = {station.id: station for station in network.stations}
    for outage in outages:
        if outage.station not in stations:
            raise RefusedError(f"An outage names {outage.station!r}, which is no station.")
    order = _callers_first(network)
    unreached = sorted(set(stations) - _reached(network))
    if unreached:
        raise RefusedError(
            f"No request reaches {', '.join(unreached)}: draw a call to it or leave it out."
        )
    counts, incoming = _numbered(network, order, requests)
    by_source = {arrow.place: arrow for arrows in incoming.values() for arrow in arrows}
    steps = {one: _steps(one, [by_source[k] for k in sorted(by_source)]) for one in stations}
    cancelled = _cancelled(network)
    tasks, reason = _tasks(steps)
    reason = reason or _needs_events(stations, incoming, steps, cancelled)
    return Wiring(network, stations, incoming, steps, counts, tasks, reason, cancelled)


def _callers_first(network: Network) -> list[str]:
    before: dict[str, set[str]] = {station.id: set() for station in network.stations}
    for call in network.calls:
        before[call.target].add(call.source)
    try:
        return list(TopologicalSorter(before).static_order())
    except CycleError as error:
        circle = " -> ".join(error.args[1])
        raise RefusedError(
            f"Calls go round in a circle: {circle}. A request would never end; remove one of them."
        ) from None


def _reached(network: Network) -> set[str]:
    reached, new = {network.entry}, {network.entry}
    while new:
        new = {call.target for call in network.calls if call.source in new} - reached
        reached |= new
    return reached


def _numbered(
    network: Network, order: list[str], requests: int
) -> tuple[dict[str, int], dict[str, tuple[Arrow, ...]]]:
    counts: dict[str, int] = {}
    incoming: dict[str, tuple[Arrow, ...]] = {}
    for target in order:
        count = requests if target == network.entry else 0
        arrows = []
        for place, call in enumerate(network.calls):
            if call.target != target:
                continue
            same = [
                other
                for other in network.calls[:place]
                if (other.source, other.target) == (call.source, call.target)
            ]
            block = counts[call.source] * call.fan_out
            stream = (target, call.source, str(len(same)))
            arrows.append(Arrow(place, call, stream, count, block))
            count = arrows[-1].end
        if count > MAX_VISITS:
            raise RefusedError(
                f"{requests:,} requests may call {target} {count:,} times, more than "
                f"{MAX_VISITS:,}: ask for fewer requests, or lower fan_out or max_retries."
            )
        counts[target] = count
        incoming[target] = tuple(arrows)
    return counts, incoming


def _steps(source: str, arrows: list[Arrow]) -> tuple[tuple[Arrow, ...], ...]:
    own = [arrow for arrow in arrows if arrow.call.source == source]
    numbers = sorted({arrow.call.step for arrow in own})
    return tuple(tuple(one for one in own if one.call.step == step) for step in numbers)


def _cancelled(network: Network) -> frozenset[str]:
    reached: set[str] = set()
    new = {call.target for call in network.calls if call.cancel_on_timeout and call.timeout_ms}
    while new:
        reached |= new
        new = {
            call.target for call in network.calls if call.source in new and call.waited_for
        } - reached
    return frozenset(reached)


def _tasks(
    steps: dict[str, tuple[tuple[Arrow, ...], ...]],
) -> tuple[tuple[Task, ...], str]:
    needs: dict[Task, set[Task]] = {}
    for source, own in steps.items():
        last = Task("serve", source)
        needs.setdefault(last, set())
        for number, arrows in enumerate(own):
            begun = Task("step", source, number)
            needs[begun] = {last} | _answers(own[number - 1] if number else ())
            for arrow in arrows:
                needs.setdefault(Task("serve", arrow.call.target), set()).add(begun)
            last = begun
        needs[Task("answer", source)] = {last} | _answers(own[-1] if own else ())
    try:
        return tuple(TopologicalSorter(needs).static_order()), ""
    except CycleError as error:
        names = dict.fromkeys(task.station for task in error.args[1])
        return (), f"a station is called again after its own answer ({', '.join(names)})"


def _answers(arrows: Sequence[Arrow]) -> set[Task]:
    return {Task("answer", arrow.call.target) for arrow in arrows if arrow.call.waited_for}


def _needs_events(
    stations: dict[str, Station],
    incoming: dict[str, tuple[Arrow, ...]],
    steps: dict[str, tuple[tuple[Arrow, ...], ...]],
    cancelled: frozenset[str],
) -> str:
    for target, arrows in incoming.items():
        station = stations[target]
        retried = any(arrow.call.max_retries for arrow in arrows)
        if retried and steps[target]:
            return f"{target} is called again when it is late and makes calls itself"
        if station.batching and (
            retried
            or target in cancelled
            or station.max_queue is not None
            or station.load_balancing != LoadBalancing.LEAST_WORK
        ):
            return f"{target} works in batches and its calls are repeated, cancelled or refused"
    return ""
