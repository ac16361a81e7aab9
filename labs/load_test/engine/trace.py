"""Where the time of requests went: the critical path of every request of one replication."""

import numpy as np
from numpy.typing import NDArray

from labs.load_test.engine.flow import Flow
from labs.load_test.engine.wiring import Arrow, Wiring

Times = NDArray[np.float64]
Ids = NDArray[np.int32]


class Trace:
    """Own times of all calls, and which of them their caller waited for to the last."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        self._served: dict[str, tuple[Flow, Flow]] = {}
        self._last: dict[int, Ids] = {}
        self._cut: dict[int, tuple[Ids, Times]] = {}

    def served(self, station: str, flow: Flow, served: Flow) -> None:
        """Keep when each call came and went; what follows from it is computed when asked for."""
        self._served[station] = (flow, served)

    def last(self, arrow: Arrow, calls: Ids) -> None:
        """Note the calls of an arrow whose answer their caller waited for to the last."""
        self._last[arrow.place] = calls

    def cut(self, arrow: Arrow, callers: Ids, seconds: Times) -> None:
        """Note callers that waited to the last for an answer that did not come, and how long."""
        self._cut[arrow.place] = (callers, seconds)

    def own(self, station: str) -> Times:
        """Return wait and service together of the calls of a station that were answered."""
        own = self._own(station)
        return own[(own > 0) & (own < np.inf)]

    def _own(self, station: str) -> Times:
        own = np.zeros(self._wiring.counts[station])
        if station in self._served:
            flow, served = self._served[station]
            own[served.ids] = served.times
            own[flow.ids] -= flow.times
        return own

    def seconds(self, answered: NDArray[np.bool_] | None) -> dict[str, float]:
        """Return the time that each station adds to requests, in total.

        Args:
            answered: Whether each request was; None if all were.
        """
        wiring = self._wiring
        weights = {one: np.zeros(wiring.counts[one], dtype=np.bool_) for one in wiring.incoming}
        weights[wiring.network.entry][:] = True if answered is None else answered
        totals = dict.fromkeys(wiring.incoming, 0.0)
        for target in wiring.callers_first:
            for arrow in wiring.incoming[target]:
                source = weights[arrow.call.source]
                if arrow.place in self._last:
                    calls = self._last[arrow.place]
                    weights[target][calls] = source[arrow.callers(calls)]
                if arrow.place in self._cut:
                    callers, seconds = self._cut[arrow.place]
                    totals[target] += float(seconds[source[callers]].sum())
            totals[target] += float(self._own(target)[weights[target]].sum())
        return totals
