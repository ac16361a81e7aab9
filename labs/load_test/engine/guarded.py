"""A station with everything that can happen to a call, still in one pass over its calls.

Late, cancelled, refused and repeated calls, replicas that go and come back, slow spans and queues
per replica: each is decided by the past of this station alone, so calls are taken in the order of
their arrival, repeated ones among them, and never looked at again.
"""

import numpy as np
from numpy.typing import NDArray

from labs.load_test.engine.compiled import kernel
from labs.load_test.engine.heap import drop_first, pop_free, push, push_free

Times = NDArray[np.float64]
Ids = NDArray[np.int32]
Numbers = NDArray[np.int64]

ANSWERED, LATE, REFUSED, CANCELLED = 0, 1, 2, 4
"""What became of a call; 3 is left for calls whose own calls failed."""
POOLED, ROUND_ROBIN, RANDOM, DELAY = 0, 1, 2, 3
"""How calls find a server; DELAY is a station without a queue."""

_SIGNATURE = (
    "void(f8[::1], i4[::1], i2[::1], f8[::1], f8[::1], f8[::1], "
    "i8, i8, i8, i8, f8[::1], i8[::1], f8[:, ::1], f8[:, ::1], "
    "f8, f8[::1], f8[::1], f8[::1], i1[::1], i1[::1], f8[::1], i8[:, ::1])"
)


@kernel("f8(f8[:, ::1], f8)")
def slow_factor(spans: Times, start: float) -> float:
    """Return by what service times that start now are multiplied."""
    factor = 1.0
    for k in range(spans.shape[0]):
        if spans[k, 0] <= start < spans[k, 1]:
            factor *= spans[k, 2]
    return factor


@kernel(_SIGNATURE)
def serve_guarded(
    arrivals: Times,
    ids: Ids,
    callers: NDArray[np.int16],
    cancels: Times,
    service: Times,
    picks: Times,
    servers: int,
    replicas: int,
    balancing: int,
    max_queue: int,
    change_times: Times,
    available: Numbers,
    slow: Times,
    terms: Times,
    since: float,
    departures: Times,
    ends: Times,
    waits: Times,
    outcomes: NDArray[np.int8],
    attempts: NDArray[np.int8],
    asked: Times,
    counts: Numbers,
) -> None:
    """Serve calls in the order of their arrival.

    Args:
        arrivals: Ascending, in seconds.
        ids: Of the first attempt, in the same order.
        callers: Which row of `terms` a call came by.
        cancels: Until when anybody waits for the caller itself; may be infinite.
        service: Seconds by id; attempt k of a call has id + k * block.
        picks: A uniform number by id, for random replicas.
        servers: Of one queue: all for a pooled one, those of a replica otherwise.
        replicas: Queues if they are not pooled; else what `available` counts.
        balancing: POOLED, ROUND_ROBIN, RANDOM or DELAY.
        max_queue: Calls that may wait in one queue; -1 for any number.
        change_times: When the number of available replicas changes, ascending.
        available: Replicas from then on.
        slow: Rows of from, to, factor.
        terms: A row for each caller: timeout, retries, backoff, cancel on timeout, block.
        since: Arrivals before it are not counted.
        departures: Filled with the end of the work that was answered; infinite without one.
        ends: Filled with when the caller knows; infinite if nobody waits for the caller.
        waits: Filled by call and attempt where work began; as long as all attempts together.
        outcomes: Filled.
        attempts: Filled with how many were made.
        asked: Raised by the seconds of work that was asked for.
        counts: Raised for each caller: attempts, late ones, refused ones, cancelled ones.
    """
    pooled = balancing == POOLED
    queues = replicas if balancing in (ROUND_ROBIN, RANDOM) else 1
    per_replica = servers // replicas if pooled else servers
    free = np.full((queues, servers), -np.inf)
    sizes = np.full(queues, servers, dtype=np.int64)
    waiting = np.zeros(queues, dtype=np.int64)
    n = arrivals.size
    room = n + 1
    again_times = np.empty(room)
    again_turns = np.empty(room, dtype=np.int64)
    again_calls = np.empty(room, dtype=np.int64)
    again = 0
    leave_times = np.empty(room if max_queue >= 0 else 1)
    leave_turns = np.empty(leave_times.size, dtype=np.int64)
    leave_queues = np.empty(leave_times.size, dtype=np.int64)
    leaving = 0
    turn = 0
    turning = 0
    change = 0
    up = replicas
    pointer = 0
    while pointer < n or again > 0:
        if again > 0 and (pointer == n or again_times[0] < arrivals[pointer]):
            now = again_times[0]
            k = again_calls[0]
            drop_first(again_times, again_turns, again_calls, again)
            again -= 1
        else:
            now = arrivals[pointer]
            k = pointer
            attempts[k] = 0
            pointer += 1
        caller = callers[k]
        attempt = int(attempts[k])
        attempts[k] += 1
        number = ids[k] + attempt * int(terms[caller, 4])
        counted = arrivals[k] >= since
        counts[caller, 0] += counted
        give_up = now + terms[caller, 0]
        cancel = cancels[k]
        if terms[caller, 3] > 0 and give_up < cancel:
            cancel = give_up
        queue = 0
        ready = now
        if balancing == DELAY:
            start = now
        elif not pooled:
            while change < change_times.size and change_times[change] <= now:
                up = available[change]
                change += 1
            choice = up
            if up == 0:
                choice = replicas
                ahead = change
                while ahead < change_times.size and available[ahead] == 0:
                    ahead += 1
                ready = change_times[ahead]
            if balancing == ROUND_ROBIN:
                queue = turning % choice
                turning += 1
            else:
                queue = min(int(picks[number] * choice), choice - 1)
            start = max(ready, free[queue, 0])
        else:
            while True:
                start = max(now, free[0, 0]) if sizes[0] > 0 else np.inf
                if change == change_times.size or start < change_times[change]:
                    break
                delta = available[change] - up
                for _ in range(-delta * per_replica):
                    pop_free(free, 0, sizes[0])
                    sizes[0] -= 1
                for _ in range(delta * per_replica):
                    push_free(free, 0, sizes[0], change_times[change])
                    sizes[0] += 1
                up = available[change]
                change += 1
        failed_at = np.inf
        outcome = ANSWERED
        while leaving > 0 and leave_times[0] <= now:
            waiting[leave_queues[0]] -= 1
            drop_first(leave_times, leave_turns, leave_queues, leaving)
            leaving -= 1
        length = service[number]
        asked[0] += length * counted
        if max_queue >= 0 and start > now and waiting[queue] >= max_queue:
            counts[caller, 2] += counted
            outcome = REFUSED
            failed_at = now
        else:
            if max_queue >= 0 and start > now:
                push(
                    leave_times,
                    leave_turns,
                    leave_queues,
                    leaving,
                    min(start, cancel),
                    turn,
                    queue,
                )
                leaving += 1
                turn += 1
                waiting[queue] += 1
            if start >= cancel:
                end = np.inf
            else:
                end = start + length * slow_factor(slow, start)
                stop = min(end, cancel)
                if balancing != DELAY:
                    pop_free(free, queue, sizes[queue])
                    push_free(free, queue, sizes[queue] - 1, stop)
                waits[attempt * n + k] = start - now
                if end > cancel:
                    end = np.inf
            if end > give_up or end == np.inf:
                if give_up <= cancels[k]:
                    outcome = LATE
                    failed_at = give_up
                    counts[caller, 1] += counted
                else:
                    outcome = CANCELLED
                    counts[caller, 3] += counted
        outcomes[k] = outcome
        if outcome == ANSWERED:
            departures[k] = end
            ends[k] = end
            continue
        departures[k] = np.inf
        ends[k] = failed_at
        next_time = failed_at + terms[caller, 2]
        if outcome != CANCELLED and attempt < terms[caller, 1] and next_time < cancels[k]:
            push(again_times, again_turns, again_calls, again, next_time, turn, k)
            turn += 1
            again += 1
