"""The loops of `kernels.py` in NumPy and heapq: for short runs, and for machines without Numba.

The same results, bit for bit. The queues take fifty times as long, but the kernels take a second
to load.
"""

from heapq import heapreplace

import numpy as np
from numpy.typing import NDArray

Times = NDArray[np.float64]
Ids = NDArray[np.int32]
Marks = NDArray[np.bool_]


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


def bucket_order(times: Times, begins: Ids, order: Ids) -> bool:
    """See `kernels.bucket_order`; nothing is faster than a real sort here."""
    order[:] = np.argsort(times, kind="stable")
    return True


def merge(left: Times, left_ids: Ids, right: Times, right_ids: Ids, times: Times, ids: Ids) -> None:
    """See `kernels.merge`."""
    both = np.concatenate((left, right))
    order = np.argsort(both, kind="stable")
    times[:] = both[order]
    ids[:] = np.concatenate((left_ids, right_ids))[order]


def join_latest(times: Times, ids: Ids, offset: int, fan_out: int, latest: Times) -> None:
    """See `kernels.join_latest`."""
    np.maximum.at(latest, (ids - offset) // fan_out, times)


def mark_last(
    times: Times, ids: Ids, offset: int, fan_out: int, latest: Times, taken: Marks, last: Marks
) -> int:
    """See `kernels.mark_last`."""
    callers = (ids - offset) // fan_out
    latest_ones = np.flatnonzero((times == latest[callers]) & ~taken[callers])
    _, first = np.unique(callers[latest_ones], return_index=True)
    chosen = latest_ones[first]
    last[:] = False
    last[chosen] = True
    taken[callers[chosen]] = True
    return int(chosen.size)


def count_bits(bits: NDArray[np.int64], counts: NDArray[np.int64]) -> None:
    """See `kernels.count_bits`."""
    classes = np.clip((bits >> 46) - 63551, 0, counts.size - 1)
    counts += np.bincount(classes, minlength=counts.size)
