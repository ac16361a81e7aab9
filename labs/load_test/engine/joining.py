"""A step ends: late answers are cut off, fallbacks go on, and the latest answer counts."""

import numpy as np
from numpy.typing import NDArray

from labs.load_test.engine.flow import Flow, distinct, in_order, merged
from labs.load_test.engine.numerics import loops
from labs.load_test.engine.serving import Counter
from labs.load_test.engine.trace import Trace
from labs.load_test.engine.wiring import Arrow, Wiring

Times = NDArray[np.float64]
Ids = NDArray[np.int32]
Answers = list[tuple[Arrow, Flow]]

_LATE, _FAILED, _CANCELLED = 1, 3, 4


class Joiner:
    """One step of one station."""

    def __init__(
        self,
        wiring: Wiring,
        station: str,
        begun: Flow,
        cancels: Times | None,
        counter: Counter,
        trace: Trace | None,
    ) -> None:
        self._wiring = wiring
        self._station = station
        self._begun = begun
        self._cancels = cancels
        self._counter = counter
        self._trace = trace

    def join(self, answers: Answers) -> Flow:
        """Return the callers by the end of the step, with outcomes if any may have failed."""
        smooth = all(
            flow.outcomes is None and (arrow.call.timeout_ms is None or arrow.attempts > 1)
            for arrow, flow in answers
        )
        if not smooth:
            return self._with_failures(answers)
        if len(answers) == 1 and answers[0][0].call.fan_out == 1:
            return self._single(*answers[0])
        latest = self._start_times()
        for arrow, flow in answers:
            loops().join_latest(flow.times, flow.ids, arrow.offset, arrow.call.fan_out, latest)
        self._note_last(answers, latest)
        return in_order(self._begun.ids, latest[self._begun.ids])

    def _single(self, arrow: Arrow, flow: Flow) -> Flow:
        """Follow the only call; those who did not make it go on at once."""
        if self._trace is not None:
            self._trace.last(arrow, flow.ids)
        ids = flow.ids - np.int32(arrow.offset) if arrow.offset else flow.ids
        answered = Flow(ids, flow.times)
        if arrow.call.probability == 1:
            return answered
        made = np.zeros(self._wiring.counts[self._station], dtype=np.bool_)
        made[ids] = True
        return merged([self._begun.chosen(~made[self._begun.ids]), answered])

    def _start_times(self) -> Times:
        """Return when each caller began the step, by its number."""
        times = np.full(self._wiring.counts[self._station], -np.inf)
        times[self._begun.ids] = self._begun.times
        return times

    def _note_last(self, ends: Answers, latest: Times) -> None:
        """Count which call each caller waited for to the last."""
        taken = np.zeros(latest.size, dtype=np.bool_)
        for arrow, flow in ends:
            last = np.empty(flow.ids.size, dtype=np.bool_)
            fan_out = arrow.call.fan_out
            count = loops().mark_last(
                flow.times, flow.ids, arrow.offset, fan_out, latest, taken, last
            )
            if len(ends) > 1:
                tally = self._counter.arrows[arrow.place]
                tally.last += count
                tally.joined += flow.ids.size // fan_out
            if self._trace is not None:
                self._note_path(self._trace, arrow, flow, last)

    def _note_path(self, trace: Trace, arrow: Arrow, flow: Flow, last: NDArray[np.bool_]) -> None:
        if flow.outcomes is None:
            trace.last(arrow, flow.ids[last])
            return
        cut = last & (flow.outcomes != 0)
        trace.last(arrow, flow.ids[last & (flow.outcomes == 0)])
        callers = arrow.callers(flow.ids[cut])
        trace.cut(arrow, callers, flow.times[cut] - self._start_times()[callers])

    def _with_failures(self, answers: Answers) -> Flow:
        starts = self._start_times()
        latest = starts.copy()
        first_failure = np.full(starts.size, np.inf)
        failing = np.zeros(starts.size, dtype=np.bool_)
        ends: Answers = []
        for arrow, flow in answers:
            ended = self._ended(arrow, flow, starts)
            callers = arrow.callers(ended.ids)
            if ended.outcomes is not None and arrow.call.fallback is None:
                failed = ended.outcomes != 0
                failing[callers[failed]] = True
                np.minimum.at(first_failure, callers[failed], ended.times[failed])
            fan_out = arrow.call.fan_out
            loops().join_latest(ended.times, ended.ids, arrow.offset, fan_out, latest)
            ends.append((arrow, ended))
        self._note_last(ends, latest)
        ids = self._begun.ids
        if not failing.any():
            return in_order(ids, latest[ids])
        outcomes = np.where(failing[ids], np.int8(_FAILED), np.int8(0)).astype(np.int8)
        times = np.where(failing[ids], first_failure[ids], latest[ids])
        return Flow(ids, times, outcomes)

    def _ended(self, arrow: Arrow, flow: Flow, starts: Times) -> Flow:
        """Return the calls of an arrow by when their caller went on, and count what went wrong."""
        call = arrow.call
        callers = arrow.callers(flow.ids)
        begun = starts[callers]
        times = flow.times
        outcomes = (
            np.zeros(flow.ids.size, dtype=np.int8) if flow.outcomes is None else flow.outcomes
        )
        if call.timeout_ms is not None and arrow.attempts == 1:
            deadlines = begun + call.timeout_ms / 1000
            late = times > deadlines
            times = np.minimum(times, deadlines)
            outcomes = np.where(late, np.int8(_LATE), outcomes).astype(np.int8)
        failed = outcomes != 0
        counted = failed & (begun >= self._counter.since) & (outcomes != _CANCELLED)
        if self._cancels is not None:
            counted &= times < self._cancels[callers]
        tally = self._counter.arrows[arrow.place]
        late_count = int(np.count_nonzero(counted & (outcomes == _LATE)))
        tally.late += late_count
        tally.refused += int(np.count_nonzero(counted)) - late_count
        if call.fallback is not None:
            times = np.where(failed, times + call.fallback.ms / 1000, times)
            requests = self._wiring.requests_of(self._station, callers[counted])
            tally.fallback_requests += distinct(requests)
        return Flow(flow.ids, times, outcomes)
