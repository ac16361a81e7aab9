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
    lengths = service[ids]
    starts = arrivals
    if not _all_start_at_once(arrivals, lengths, servers):
        starts = np.array(_starts(arrivals.tolist(), lengths.tolist(), servers))
    departures = starts + lengths
    order = np.argsort(departures, kind="stable")
    return departures[order], ids[order], starts - arrivals


def _all_start_at_once(arrivals: Times, lengths: Times, servers: int) -> bool:
    """Return whether every call surely finds a free server.

    If none of the calls before had to wait, those that have not left are the busy servers.
    """
    left = np.searchsorted(np.sort(arrivals + lengths), arrivals)
    return bool((np.arange(arrivals.size) - left < servers).all())


def _starts(arrivals: list[float], lengths: list[float], servers: int) -> list[float]:
    free = [-np.inf] * min(servers, len(arrivals))
    starts = []
    for arrival, length in zip(arrivals, lengths, strict=True):
        start = free[0]
        if start < arrival:
            start = arrival
        heapreplace(free, start + length)
        starts.append(start)
    return starts


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
    latest_ones = np.flatnonzero((times == latest[callers]) & ~taken[callers])[::-1]
    first = np.empty(latest.size, dtype=np.intp)
    first[callers[latest_ones]] = latest_ones  # of several the last one stays: they run backwards
    chosen = latest_ones[first[callers[latest_ones]] == latest_ones]
    last[:] = False
    last[chosen] = True
    taken[callers[chosen]] = True
    return int(chosen.size)


def count_bits(bits: NDArray[np.int64], counts: NDArray[np.int64]) -> None:
    """See `kernels.count_bits`."""
    classes = np.clip((bits >> 46) - 63551, 0, counts.size - 1)
    counts += np.bincount(classes, minlength=counts.size)
