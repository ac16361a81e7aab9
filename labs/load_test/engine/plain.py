"""The queues of `kernels.py` in NumPy and heapq, for machines without Numba.

The same starts and departures, bit for bit, at a fiftieth of the speed.
"""

from heapq import heapreplace

import numpy as np
from numpy.typing import NDArray

Times = NDArray[np.float64]
Ids = NDArray[np.int32]


def pooled(arrivals: Times, ids: Ids, service: Times, servers: int) -> tuple[Times, Ids, Times]:
    """Return departures in the order of time, the ids in that order, and waits by arrival."""
    free = [-np.inf] * min(servers, max(arrivals.size, 1))
    starts = []
    ends = []
    for arrival, length in zip(arrivals.tolist(), service[ids].tolist(), strict=True):
        start = max(arrival, free[0])
        end = start + length
        heapreplace(free, end)
        starts.append(start)
        ends.append(end)
    departures = np.array(ends)
    order = np.argsort(departures, kind="stable")
    return departures[order], ids[order], np.array(starts) - arrivals
