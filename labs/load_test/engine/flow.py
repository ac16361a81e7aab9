"""Calls on their way, as arrays in the order of time."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from labs.load_test.engine.numerics import loops
from labs.load_test.engine.scratch import whole_numbers

Times = NDArray[np.float64]
Ids = NDArray[np.int32]
Outcomes = NDArray[np.int8]


@dataclass
class Flow:
    """Calls by number and time; ascending unless some have failed."""

    ids: Ids
    times: Times
    outcomes: Outcomes | None = None
    """Of each call, if any may have failed."""

    def chosen(self, keep: NDArray[np.bool_]) -> "Flow":
        """Return some of the calls."""
        outcomes = None if self.outcomes is None else self.outcomes[keep]
        return Flow(self.ids[keep], self.times[keep], outcomes)


def time_order(times: Times) -> Ids:
    """Return the order that sorts times; equal ones keep theirs."""
    order = np.empty(times.size, dtype=np.int32)
    if not loops().bucket_order(times, whole_numbers("begins", times.size + 1), order):
        order = np.argsort(times, kind="stable").astype(np.int32)
    return order


def in_order(ids: Ids, times: Times) -> Flow:
    """Return calls sorted by time."""
    order = time_order(times)
    return Flow(ids[order], times[order])


def distinct(numbers: NDArray[np.integer[Any]]) -> int:
    """Return how many different numbers there are.

    `np.unique` says the same, but loads masked arrays first: a sixth of a first, short run.
    """
    ordered = np.sort(numbers)
    return int(np.count_nonzero(ordered[1:] != ordered[:-1])) + bool(ordered.size)


def merged(flows: list[Flow]) -> Flow:
    """Return the calls of several ascending flows in one."""
    flow = flows[0]
    for other in flows[1:]:
        times = np.empty(flow.times.size + other.times.size)
        ids = np.empty(times.size, dtype=np.int32)
        loops().merge(flow.times, flow.ids, other.times, other.ids, times, ids)
        flow = Flow(ids, times)
    return flow
