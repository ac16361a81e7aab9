"""A station that works on batches, in one pass over its calls."""

import numpy as np
from numpy.typing import NDArray

from labs.load_test.engine.compiled import kernel
from labs.load_test.engine.guarded import slow_factor
from labs.load_test.engine.heap import pop_free, push_free

Times = NDArray[np.float64]


@kernel("f8(f8[::1], i8, i8, i8, f8, f8, f8, f8[::1], i8[::1], f8[:, ::1], f8[::1], f8[::1])")
def serve_batches(
    arrivals: Times,
    servers: int,
    replicas: int,
    max_size: int,
    delay: float,
    base: float,
    per_item: float,
    change_times: Times,
    available: NDArray[np.int64],
    slow: Times,
    departures: Times,
    waits: Times,
) -> float:
    """Serve calls; a batch starts when it is full or its first call has waited enough.

    Args:
        arrivals: Ascending, in seconds.
        servers: Batches that are worked on at once.
        replicas: What `available` counts.
        max_size: Calls in a full batch.
        delay: Seconds that the first call of a batch waits for others.
        base: Seconds of a batch of any size.
        per_item: Seconds for each call in it.
        change_times: When the number of available replicas changes, ascending.
        available: Replicas from then on.
        slow: Rows of from, to, factor.
        departures: Filled, in the order of arrival.
        waits: Filled, in the order of arrival.

    Returns:
        Seconds of work of all servers together.
    """
    per_replica = servers // replicas
    free = np.full((1, servers), -np.inf)
    size = servers
    change = 0
    up = replicas
    n = arrivals.size
    head = 0
    busy = 0.0
    while head < n:
        ready = arrivals[head] + delay
        if head + max_size <= n:
            ready = min(ready, arrivals[head + max_size - 1])
        start = max(ready, free[0, 0]) if size > 0 else np.inf
        if change < change_times.size and start >= change_times[change]:
            delta = available[change] - up
            for _ in range(-delta * per_replica):
                pop_free(free, 0, size)
                size -= 1
            for _ in range(delta * per_replica):
                push_free(free, 0, size, change_times[change])
                size += 1
            up = available[change]
            change += 1
            continue
        end = head + 1
        while end < n and end - head < max_size and arrivals[end] <= start:
            end += 1
        length = (base + per_item * (end - head)) * slow_factor(slow, start)
        for k in range(head, end):
            waits[k] = start - arrivals[k]
            departures[k] = start + length
        pop_free(free, 0, size)
        push_free(free, 0, size - 1, start + length)
        busy += length
        head = end
    return busy
