"""The load test's network written once more in SimPy, to compare request by request.

Only the random numbers are shared. Everything else is processes that wait for one another.
"""

from collections import deque
from collections.abc import Generator, Sequence
from typing import Any

import numpy as np
import simpy

from labs.load_test.engine.arrivals import arrival_times
from labs.load_test.engine.capacity import Capacity, capacity
from labs.load_test.engine.draws import Draws
from labs.load_test.engine.serving import Desk
from labs.load_test.engine.wiring import Arrow, wire
from labs.load_test.network import LoadBalancing, Network, Outage, Station, Traffic

Process = Generator[Any, Any, Any]
_FOREVER = float("inf")


class _Servers:
    """Servers behind one queue; a lost one finishes the call in hand."""

    def __init__(self, env: simpy.Environment, servers: int) -> None:
        self.env, self.capacity, self.busy = env, servers, 0
        self.waiting: deque[simpy.Event] = deque()

    def ask(self) -> simpy.Event:
        grant = self.env.event()
        self.waiting.append(grant)
        self.hand_out()
        return grant

    def hand_out(self) -> None:
        while self.waiting and self.busy < self.capacity:
            self.busy += 1
            self.waiting.popleft().succeed()

    def release(self) -> None:
        self.busy -= 1
        self.hand_out()


class _Place:
    """A station: its queues, or its batches."""

    def __init__(self, env: simpy.Environment, station: Station, state: Capacity) -> None:
        self.env, self.station, self.state = env, station, state
        self.up, self.turn = station.replicas, 0
        split = station.load_balancing is not LoadBalancing.LEAST_WORK
        self.split = split and station.replicas > 1
        count = station.replicas if self.split else 1
        each = station.concurrency * (1 if self.split else station.replicas)
        self.queues = [_Servers(env, each) for _ in range(count)]
        self.batch: deque[tuple[float, simpy.Event]] = deque()
        env.process(self.change())

    def change(self) -> Process:
        for time, replicas in zip(self.state.change_times, self.state.available, strict=True):
            yield self.env.timeout(time - self.env.now)
            self.up = int(replicas)
            if not self.split:
                self.queues[0].capacity = self.up * self.station.concurrency
                self.queues[0].hand_out()
            self.start_batches()

    def slow(self) -> float:
        factor = 1.0
        for begin, end, times in self.state.slow:
            factor *= times if begin <= self.env.now < end else 1
        return factor

    def choose(self, pick: float) -> _Servers:
        if not self.split:
            return self.queues[0]
        if self.station.load_balancing is LoadBalancing.RANDOM:
            return self.queues[int(pick * self.up)]
        self.turn += 1
        return self.queues[(self.turn - 1) % self.up]

    def start_batches(self) -> None:
        batching = self.station.batching
        servers = self.queues[0]
        while batching and self.batch and servers.busy < servers.capacity:
            due = self.batch[0][0] + batching.max_queue_delay_ms / 1000
            if len(self.batch) < batching.max_batch_size and due > self.env.now:
                return
            size = min(len(self.batch), batching.max_batch_size)
            servers.busy += 1
            self.env.process(self.work([self.batch.popleft()[1] for _ in range(size)]))

    def work(self, calls: list[simpy.Event]) -> Process:
        batching = self.station.batching
        yield self.env.timeout(
            (batching.base_ms + batching.per_item_ms * len(calls)) / 1000 * self.slow()
        )
        self.queues[0].busy -= 1
        for call in calls:
            call.succeed()
        self.start_batches()

    def in_batch(self, cancel: float) -> Process:
        servers, cap = self.queues[0], self.station.max_queue
        if cap is not None and servers.busy >= servers.capacity and len(self.batch) >= cap:
            return "refused"
        entry = (self.env.now, self.env.event())
        self.batch.append(entry)
        self.start_batches()
        self.env.process(self.look_again(entry))
        if cancel == _FOREVER:
            yield entry[1]
            return ""
        yield entry[1] | self.env.timeout(cancel - self.env.now)
        if entry[1].triggered:
            return ""
        if entry in self.batch:
            self.batch.remove(entry)
        return "cancelled"

    def look_again(self, entry: tuple[float, simpy.Event]) -> Process:
        due = entry[0] + self.station.batching.max_queue_delay_ms / 1000
        if due > self.env.now:
            yield self.env.timeout(due - self.env.now)
            while due > self.env.now:  # rounding of the sum
                yield self.env.timeout(1e-15)
        self.start_batches()


class Oracle:
    """One replication."""

    def __init__(
        self,
        network: Network,
        traffic: Traffic,
        outages: Sequence[Outage],
        seed: int,
        requests: int,
    ) -> None:
        draws = Draws(seed, 0)
        self.env = simpy.Environment()
        self.wiring = wire(network, requests, outages)
        self.arrivals = arrival_times(traffic, requests, draws)
        self.places, self.service, self.picks, self.luck = {}, {}, {}, {}
        for name, station in self.wiring.stations.items():
            state = capacity(station, outages)
            desk = Desk(station, self.wiring, state, draws)
            self.places[name] = _Place(self.env, station, state)
            self.service[name], self.picks[name] = desk.service(), desk.picks()
        for arrows in self.wiring.incoming.values():
            for arrow in arrows:
                count = self.wiring.counts[arrow.call.source]
                self.luck[arrow.place] = draws.uniform(("branch", *arrow.stream), count)
        self.ends = np.full(requests, np.nan)
        self.failed = np.zeros(requests, dtype=bool)
        self.fallbacks = [0] * len(network.calls)

    def run(self) -> "Oracle":
        for number in range(self.arrivals.size):
            self.env.process(self.request(number))
        self.env.run()
        return self

    def request(self, number: int) -> Process:
        yield self.env.timeout(self.arrivals[number])
        outcome = yield self.env.process(self.visit(self.wiring.network.entry, number, _FOREVER))
        self.ends[number], self.failed[number] = self.env.now, outcome != "answered"

    def visit(self, name: str, number: int, cancel: float) -> Process:
        outcome = yield from self.own_work(name, number, cancel)
        if outcome:
            return outcome
        for arrows in self.wiring.steps[name]:
            if self.env.now >= cancel:
                yield self.env.event()
            calls = []
            for arrow in arrows:
                if self.luck[arrow.place][number] < arrow.call.probability:
                    until = cancel if arrow.call.waited_for else _FOREVER
                    made = [
                        self.env.process(self.call(arrow, number, copy, until))
                        for copy in range(arrow.call.fan_out)
                    ]
                    calls += made if arrow.call.waited_for else []
            left = list(calls)
            while left:
                done = yield self.env.any_of(left)
                if "failed" in done.values():
                    return "failed"
                left = [one for one in left if not one.processed]
        return "answered"

    def own_work(self, name: str, number: int, cancel: float) -> Process:
        place, station = self.places[name], self.wiring.stations[name]
        if station.batching:
            return (yield from place.in_batch(cancel))
        length = self.service[name][number]
        servers = None
        if not station.delay and station.service is not None:
            picks = self.picks[name]
            servers = place.choose(picks[number] if picks.size > 1 else 0.0)
            full = station.max_queue is not None and len(servers.waiting) >= station.max_queue
            if full and servers.busy >= servers.capacity:
                return "refused"
            if self.env.now >= cancel:
                return "cancelled"
            grant = servers.ask()
            if not grant.triggered and cancel < _FOREVER:
                yield grant | self.env.timeout(cancel - self.env.now)
                if not grant.triggered:
                    servers.waiting.remove(grant)
                    return "cancelled"
            else:
                yield grant
        elif self.env.now >= cancel:
            return "cancelled"
        length *= place.slow()
        cut = self.env.now + length > cancel
        yield self.env.timeout(cancel - self.env.now if cut else length)
        if servers:
            servers.release()
        return "cancelled" if cut else ""

    def call(self, arrow: Arrow, parent: int, copy: int, until: float) -> Process:
        call = arrow.call
        for attempt in range(arrow.attempts):
            timeout = _FOREVER if call.timeout_ms is None else call.timeout_ms / 1000
            deadline = self.env.now + timeout
            cancel = min(until, deadline if call.cancel_on_timeout else _FOREVER)
            number = arrow.offset + attempt * arrow.block + parent * call.fan_out + copy
            work = self.env.process(self.visit(call.target, number, cancel))
            if timeout < _FOREVER:
                yield work | self.env.timeout(timeout)
            else:
                yield work
            if work.processed and work.value == "answered":
                return "answered"
            if work.processed and work.value == "cancelled" and self.env.now < deadline - 1e-12:
                break
            if attempt == call.max_retries:
                break
            if self.env.now + call.backoff_ms / 1000 >= until:
                break
            yield self.env.timeout(call.backoff_ms / 1000)
        if self.env.now >= until:
            yield self.env.event()  # nobody waits any more
        if call.fallback is None:
            return "failed"
        self.fallbacks[arrow.place] += 1
        yield self.env.timeout(call.fallback.ms / 1000)
        return "answered"
