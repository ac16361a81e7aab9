"""Stations one after another: each sees all its calls of a replication at once.

Exact where the order exists (`wiring.py`): a station's queue depends on the past of its own calls
only, and those are known once every caller has been served.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from labs.load_test.engine.capacity import Capacity
from labs.load_test.engine.draws import Draws
from labs.load_test.engine.flow import Flow, in_order, merged
from labs.load_test.engine.joining import Joiner
from labs.load_test.engine.serving import Counter, Desk, serve
from labs.load_test.engine.trace import Trace
from labs.load_test.engine.wiring import Arrow, Wiring

Times = NDArray[np.float64]


@dataclass
class _Caller:
    """Calls of a station between two of its steps."""

    flow: Flow
    """Those that go on."""
    begun: Flow | None = None
    """Those that began the step that is open."""
    failed: list[Flow] = field(default_factory=list)


class Passes:
    """One replication."""

    def __init__(
        self,
        wiring: Wiring,
        capacities: dict[str, Capacity],
        draws: Draws,
        counter: Counter,
        trace: Trace | None,
    ) -> None:
        self._wiring = wiring
        self._capacities = capacities
        self._draws = draws
        self._counter = counter
        self._trace = trace
        self._launched: dict[int, Flow] = {}
        self._callers: dict[str, _Caller] = {}
        self._answers: dict[str, Flow] = {}
        self._cancels: dict[str, Times] = {}
        self._readers = {
            target: sum(arrow.call.waited_for for arrow in arrows)
            for target, arrows in wiring.incoming.items()
        }

    def run(self, arrivals: Times) -> Flow:
        """Send requests through the network and return when each was answered."""
        entry = self._wiring.network.entry
        for task in self._wiring.tasks:
            if task.kind == "serve":
                self._serve(task.station, arrivals if task.station == entry else None)
            elif task.kind == "step":
                self._finish(task.station, task.step - 1)
                self._begin(task.station, task.step)
            else:
                self._answer(task.station)
        return self._answers[entry]

    def _serve(self, station: str, arrivals: Times | None) -> None:
        if arrivals is None:
            flow = merged(
                [self._launched.pop(arrow.place) for arrow in self._wiring.incoming[station]]
            )
        else:
            flow = Flow(np.arange(arrivals.size, dtype=np.int32), arrivals)
        desk = Desk(
            self._wiring.stations[station],
            self._wiring,
            self._capacities[station],
            self._draws,
        )
        served = serve(desk, flow, self._cancels.get(station), self._counter)
        if self._trace is not None:
            self._trace.served(station, flow, served)
        self._callers[station] = _Caller(served)
        self._set_failed_aside(station)

    def _set_failed_aside(self, station: str) -> None:
        caller = self._callers[station]
        flow = caller.flow
        if flow.outcomes is None:
            return
        failed = flow.outcomes != 0
        if failed.any():
            caller.failed.append(flow.chosen(failed))
            flow = flow.chosen(~failed)
        caller.flow = in_order(flow.ids, flow.times)

    def _begin(self, station: str, step: int) -> None:
        caller = self._callers[station]
        cancels = self._cancels.get(station)
        if cancels is not None:
            gone = caller.flow.times >= cancels[caller.flow.ids]
            if gone.any():
                caller.failed.append(_cancelled(caller.flow.chosen(gone)))
                caller.flow = caller.flow.chosen(~gone)
        caller.begun = caller.flow
        for arrow in self._wiring.steps[station][step]:
            self._launch(arrow, caller.flow, cancels)

    def _launch(self, arrow: Arrow, flow: Flow, cancels: Times | None) -> None:
        call = arrow.call
        if call.probability < 1:
            count = self._wiring.counts[call.source]
            luck = self._draws.uniform(("branch", *arrow.stream), count)
            flow = flow.chosen(luck[flow.ids] < call.probability)
        first = int(np.searchsorted(flow.times, self._counter.since))
        self._counter.arrows[arrow.place].made += (flow.ids.size - first) * call.fan_out
        children = flow
        if call.fan_out > 1:
            copies = np.arange(call.fan_out, dtype=np.int32)
            ids = (flow.ids[:, None] * np.int32(call.fan_out) + copies).reshape(-1)
            children = Flow(ids, np.repeat(flow.times, call.fan_out))
        if arrow.offset:
            children = Flow(children.ids + np.int32(arrow.offset), children.times)
        self._launched[arrow.place] = children
        if call.target in self._wiring.cancelled:
            self._cut(arrow, children, cancels if call.waited_for else None)

    def _cut(self, arrow: Arrow, children: Flow, cancels: Times | None) -> None:
        """Note until when anybody waits for the calls of an arrow."""
        call = arrow.call
        target = call.target
        if target not in self._cancels:
            self._cancels[target] = np.full(self._wiring.counts[target], np.inf)
        until = self._cancels[target]
        if cancels is not None:
            until[children.ids] = cancels[(children.ids - arrow.offset) // call.fan_out]
        # Attempts of a station without calls of its own are cut one by one, by the station.
        if call.cancel_on_timeout and call.timeout_ms and self._wiring.steps[target]:
            deadlines = children.times + call.timeout_ms / 1000
            until[children.ids] = np.minimum(until[children.ids], deadlines)

    def _finish(self, station: str, step: int) -> None:
        if step < 0:
            return
        caller = self._callers[station]
        arrows = [one for one in self._wiring.steps[station][step] if one.call.waited_for]
        begun, caller.begun = caller.begun, None
        if not arrows or begun is None:
            return
        joiner = Joiner(
            self._wiring, station, begun, self._cancels.get(station), self._counter, self._trace
        )
        answers = [(arrow, self._answers_of(arrow)) for arrow in arrows]
        caller.flow = joiner.join(answers)
        self._set_failed_aside(station)

    def _answers_of(self, arrow: Arrow) -> Flow:
        target = arrow.call.target
        flow = self._answers[target]
        self._readers[target] -= 1
        if self._readers[target] == 0:
            del self._answers[target]
        if len(self._wiring.incoming[target]) == 1:
            return flow
        return flow.chosen((flow.ids >= arrow.offset) & (flow.ids < arrow.offset + arrow.block))

    def _answer(self, station: str) -> None:
        self._finish(station, len(self._wiring.steps[station]) - 1)
        caller = self._callers.pop(station)
        if self._readers[station] == 0 and station != self._wiring.network.entry:
            return
        self._answers[station] = _together(caller.flow, caller.failed)


def _cancelled(flow: Flow) -> Flow:
    """Return calls whose caller is gone: nobody will hear of them."""
    outcomes = np.full(flow.ids.size, 4, dtype=np.int8)
    return Flow(flow.ids, np.full(flow.ids.size, np.inf), outcomes)


def _together(flow: Flow, failed: list[Flow]) -> Flow:
    if not failed:
        return flow
    good = np.zeros(flow.ids.size, dtype=np.int8)
    flows = [Flow(flow.ids, flow.times, good), *failed]
    return Flow(
        np.concatenate([one.ids for one in flows]),
        np.concatenate([one.times for one in flows]),
        np.concatenate([one.outcomes for one in flows if one.outcomes is not None]),
    )
