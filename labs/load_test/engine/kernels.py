"""Stations without surprises: queues served first come, first served, in one pass.

Every kernel takes calls in the order of their arrival and looks up service times by the id of the
call. What it returns is again in the order of time, so that the next station needs no sort.
"""

import numpy as np
from numpy.typing import NDArray

from labs.load_test.engine.compiled import kernel

Times = NDArray[np.float64]
Ids = NDArray[np.int32]

_CROWDED = 48
"""Calls in one bucket from which an insertion sort would be slow."""


@kernel("void(f8[::1], i4[::1], f8[::1], f8[::1], f8[::1])")
def single_server(
    arrivals: Times, ids: Ids, service: Times, departures: Times, waits: Times
) -> None:
    """One server (Lindley's recursion); departures keep the order of arrivals."""
    free = -np.inf
    for k in range(arrivals.size):
        start = max(arrivals[k], free)
        waits[k] = start - arrivals[k]
        free = start + service[ids[k]]
        departures[k] = free


@kernel("void(f8[::1], i4[::1], f8[::1], i8, f8[::1], i4[::1], f8[::1])")
def few_busy(
    arrivals: Times,
    ids: Ids,
    service: Times,
    servers: int,
    departures: Times,
    leaving: Ids,
    waits: Times,
) -> None:
    """Any number of servers of which not very many are busy: departures are kept in order.

    Of the departures so far, the latest `servers` are when each server is free (Kiefer and
    Wolfowitz), and a new one is never before the first of these. So an insertion from the end
    passes calls in service only, and the row is the sorted output.

    Args:
        arrivals: Ascending, in seconds.
        ids: Of the calls, in the same order.
        service: Seconds by id.
        servers: How many calls are worked on at once.
        departures: Filled, ascending; on a tie the earlier arrival goes first.
        leaving: Filled with the ids in the order of departure.
        waits: Filled, in the order of arrival.
    """
    # Unsigned: else each look-up asks whether its index counts from the end.
    one = np.uint64(1)
    zero = np.uint64(0)
    at_once = np.uint64(servers)
    for number in range(arrivals.size):
        k = np.uint64(number)
        now = arrivals[k]
        start = now
        if k >= at_once:
            start = max(now, departures[k - at_once])
        waits[k] = start - now
        call = ids[k]
        end = start + service[np.uint32(call)]
        place = k
        while place > zero:
            before = departures[place - one]
            if before <= end:
                break
            departures[place] = before
            leaving[place] = leaving[place - one]
            place -= one
        departures[place] = end
        leaving[place] = call


@kernel("void(f8[::1], i4[::1], f8[::1], i8, f8, i8, f8[::1], i4[::1], f8[::1], i4[::1], f8[::1])")
def many_servers(
    arrivals: Times,
    ids: Ids,
    service: Times,
    servers: int,
    width: float,
    buckets: int,
    ends: Times,
    following: Ids,
    departures: Times,
    leaving: Ids,
    waits: Times,
) -> None:
    """Many servers: calls in service lie in a calendar of buckets by their departure.

    A call that finds all servers busy starts with the next departure. Those never decrease, so
    the calendar is read from front to back, and what is read is the sorted output.

    Args:
        arrivals: Ascending, in seconds.
        ids: Of the calls, in the same order.
        service: Seconds by id.
        servers: How many calls are worked on at once.
        width: Seconds that a bucket spans.
        buckets: A power of two.
        ends: Room for as many times.
        following: Room for as many numbers.
        departures: Filled, ascending.
        leaving: Filled with the ids in the order of departure.
        waits: Filled, in the order of arrival.
    """
    n = arrivals.size
    first = np.full(buckets, -1, dtype=np.int32)
    last = np.empty(buckets, dtype=np.int32)
    mask = buckets - 1
    origin = arrivals[0]
    scale = 1.0 / width
    page = 0  # the bucket that is read, counted without wrapping around
    edge = origin + width  # where its time ends
    inside = 0
    out = 0
    for k in range(n + 1):
        now = arrivals[k] if k < n else np.inf
        start = now
        while inside > 0:
            slot = page & mask
            head = first[slot]
            if head < 0 or ends[head] >= edge:
                # Nothing leaves on this page any more; what is left in the bucket is a whole
                # calendar later.
                if inside < servers and edge > now:
                    break
                page += 1
                edge = origin + (page + 1) * width
                continue
            end = ends[head]
            if end > now and inside < servers:
                break
            first[slot] = following[head]
            departures[out] = end
            leaving[out] = ids[head]
            out += 1
            inside -= 1
            if end > now:
                start = end
                break
        if k == n:
            break
        waits[k] = start - now
        end = start + service[ids[k]]
        ends[k] = end
        target = int((end - origin) * scale)
        # Rounding must not put a call on a page that it does not lie on.
        if end < origin + target * width:
            target -= 1
        elif end >= origin + (target + 1) * width:
            target += 1
        if inside == 0 or target < page:
            page = target
            edge = origin + (page + 1) * width
        slot = target & mask
        at = first[slot]
        if at < 0:
            first[slot] = k
            last[slot] = k
            following[k] = -1
        elif ends[last[slot]] <= end:
            following[last[slot]] = k
            last[slot] = k
            following[k] = -1
        else:
            before = -1
            while ends[at] <= end:
                before = at
                at = following[at]
            following[k] = at
            if before < 0:
                first[slot] = k
            else:
                following[before] = k
        inside += 1


@kernel("b1(f8[::1], i4[::1], i4[::1])")
def bucket_order(times: Times, begins: Ids, order: Ids) -> bool:
    """Fill in the order that sorts times, stable, by one pass over as many buckets as times.

    Args:
        times: In any order.
        begins: Room for one number more.
        order: Filled.

    Returns:
        Whether it was done; False for times so crowded that a real sort is faster.
    """
    n = times.size
    low = np.inf
    high = -np.inf
    for k in range(n):
        low = min(low, times[k])
        high = max(high, times[k])
    if n == 0:
        return True
    if not high - low < np.inf:
        return False
    scale = (n - 1) / (high - low) if high > low else 0.0
    begins[:] = 0
    for k in range(n):
        begins[int((times[k] - low) * scale) + 1] += 1
    crowd = 0
    for b in range(n):
        crowd = max(crowd, begins[b + 1])
        begins[b + 1] += begins[b]
    if crowd > _CROWDED:
        return False
    for k in range(n):
        bucket = int((times[k] - low) * scale)
        order[begins[bucket]] = k
        begins[bucket] += 1
    for i in range(1, n):
        moved = order[i]
        j = i - 1
        while j >= 0 and times[order[j]] > times[moved]:
            order[j + 1] = order[j]
            j -= 1
        order[j + 1] = moved
    return True


@kernel("void(f8[::1], i4[::1], f8[::1], i4[::1], f8[::1], i4[::1])")
def merge(left: Times, left_ids: Ids, right: Times, right_ids: Ids, times: Times, ids: Ids) -> None:
    """Merge two ascending rows; on a tie the left one goes first."""
    i = 0
    j = 0
    for k in range(times.size):
        if j == right.size or (i < left.size and left[i] <= right[j]):
            times[k] = left[i]
            ids[k] = left_ids[i]
            i += 1
        else:
            times[k] = right[j]
            ids[k] = right_ids[j]
            j += 1


@kernel("void(f8[::1], i4[::1], i8, i8, f8[::1])")
def join_latest(times: Times, ids: Ids, offset: int, fan_out: int, latest: Times) -> None:
    """Raise, for every caller, the time of its latest answer."""
    for k in range(times.size):
        caller = ids[k] - offset
        if fan_out > 1:  # a division takes longer than all the rest
            caller //= fan_out
        if times[k] > latest[caller]:
            latest[caller] = times[k]


@kernel("i8(f8[::1], i4[::1], i8, i8, f8[::1], b1[::1], b1[::1])")
def mark_last(
    times: Times,
    ids: Ids,
    offset: int,
    fan_out: int,
    latest: Times,
    taken: NDArray[np.bool_],
    last: NDArray[np.bool_],
) -> int:
    """Mark the calls that their callers waited for to the last, one for each caller.

    Returns:
        How many.
    """
    count = 0
    for k in range(times.size):
        caller = ids[k] - offset
        if fan_out > 1:
            caller //= fan_out
        last[k] = times[k] == latest[caller] and not taken[caller]
        if last[k]:
            taken[caller] = True
            count += 1
    return count


@kernel("void(i8[::1], i8[::1])")
def count_bits(bits: NDArray[np.int64], counts: NDArray[np.int64]) -> None:
    """Count times by exponent and the first six binary digits: 1.6 % wide classes.

    Args:
        bits: Times of at least 2^-30 s seen as integers; smaller ones count as zero.
        counts: Raised; class 0 is zero, the last one holds everything above.
    """
    top = counts.size - 1
    for k in range(bits.size):
        number = (bits[k] >> 46) - 63552
        if number < 0:
            counts[0] += 1
        elif number >= top:
            counts[top] += 1
        else:
            counts[number + 1] += 1
