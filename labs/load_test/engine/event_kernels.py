"""What happens one after another, for networks whose stations cannot be run one by one.

Calls answer, fail, are repeated and fall back as in the other engine; here every one of these is
an entry in one calendar of all stations.
"""

from labs.load_test.engine.compiled import kernel
from labs.load_test.engine.event_state import (
    BATCHES,
    CUT,
    DELAY,
    FELL_BACK,
    GIVEN_UP,
    LAST,
    POOLED,
    QUEUED,
    RANDOM,
    RESPONDED,
    ROUND_ROBIN,
    TIMED,
    Events,
    Floats,
)
from labs.load_test.engine.heap import drop_first, push

ARRIVE, END, GIVE_UP, ANSWER, FAIL, REFUSE, GO_ON, CHANGE, TIMER, BATCH_END, CANCEL = range(11)
_KINDS = 16


@kernel()
def note(e: Events, time: float, kind: int, number: int) -> None:
    """Put an entry into the calendar."""
    push(e.times, e.order, e.what, e.size[0], time, e.size[1], number * _KINDS + kind)
    e.size[0] += 1
    e.size[1] += 1


@kernel()
def caller_of(e: Events, g: int) -> int:
    """Return the call that made a call."""
    a = e.calls[g].arrow
    first = (g - e.stations[e.arrows[a].target].first_call - e.arrows[a].offset) % e.arrows[a].block
    return int(e.stations[e.arrows[a].source].first_call + first // e.arrows[a].fan_out)


@kernel()
def waited_until(e: Events, g: int) -> float:
    """Return until when anybody waits for the caller of a call."""
    if e.calls[g].arrow < 0 or not e.arrows[e.calls[g].arrow].waited:
        return float("inf")
    return float(e.calls[caller_of(e, g)].cancel)


@kernel()
def slowed(e: Events, s: int, time: float, length: float) -> float:
    """Return how long work takes that starts now."""
    factor = 1.0
    for k in range(e.slow.shape[0]):
        if e.slow[k, 0] == s and e.slow[k, 1] <= time < e.slow[k, 2]:
            factor *= e.slow[k, 3]
    return length * factor


@kernel()
def go_on_with_steps(e: Events, g: int, time: float) -> None:
    """Make the calls of the next step, or answer after the last."""
    s = e.calls[g].station
    while True:
        j = e.stations[s].first_step + e.calls[g].step
        if j == e.stations[s + 1].first_step:
            note(e, time, ANSWER, g)
            return
        if time >= e.calls[g].cancel:
            return
        e.calls[g].step += 1
        e.calls[g].pending = 0
        for a in range(e.first_arrow[j], e.first_arrow[j + 1]):
            own = g - e.stations[s].first_call
            if (
                e.arrows[a].luck_base >= 0
                and e.luck[e.arrows[a].luck_base + own] >= e.arrows[a].probability
            ):
                continue
            first = (
                e.stations[e.arrows[a].target].first_call
                + e.arrows[a].offset
                + own * e.arrows[a].fan_out
            )
            for k in range(e.arrows[a].fan_out):
                note(e, time, ARRIVE, first + k)
            if time >= e.since[0]:
                e.arrows[a].made += e.arrows[a].fan_out
            if e.arrows[a].waited:
                e.calls[g].pending += e.arrows[a].fan_out
        if e.calls[g].pending > 0:
            return


@kernel()
def enqueue(e: Events, q: int, g: int) -> None:
    """Put a call at the end of a queue."""
    e.calls[g].marks |= QUEUED
    e.calls[g].queue = q
    if e.queues[q].head < 0:
        e.queues[q].head = g
    else:
        e.calls[e.queues[q].tail].following = g
    e.queues[q].tail = g
    e.queues[q].waiting += 1
    if e.calls[g].cancel < float("inf"):
        note(e, e.calls[g].cancel, CANCEL, g)


@kernel()
def skip_gone(e: Events, q: int) -> None:
    """Take calls off the front of a queue that have left it already."""
    while e.queues[q].head >= 0 and e.calls[e.queues[q].head].marks & QUEUED == 0:
        e.queues[q].head = e.calls[e.queues[q].head].following


@kernel()
def take(e: Events, q: int, time: float) -> int:
    """Take the first call off a queue."""
    g = e.queues[q].head
    e.queues[q].head = e.calls[g].following
    e.calls[g].marks &= 255 - QUEUED
    e.queues[q].waiting -= 1
    e.calls[g].started = time
    return int(g)


@kernel()
def work(e: Events, g: int, time: float) -> None:
    """Start to work on a call."""
    e.calls[g].started = time
    end = time + slowed(e, e.calls[g].station, time, e.calls[g].service)
    if end > e.calls[g].cancel:
        e.calls[g].marks |= CUT
        end = e.calls[g].cancel
    note(e, end, END, g)


@kernel()
def start_next(e: Events, q: int, time: float) -> None:
    """Give free servers to waiting calls."""
    while e.queues[q].busy < e.queues[q].capacity:
        skip_gone(e, q)
        # A call that came while no replica was up may not start before one is back.
        if e.queues[q].head < 0 or e.calls[e.queues[q].head].departure > time:
            return
        g = take(e, q, time)
        e.queues[q].busy += 1
        work(e, g, time)


@kernel()
def start_batches(e: Events, s: int, time: float) -> None:
    """Give free servers to batches that are full or have waited enough."""
    q = e.stations[s].first_queue
    while e.queues[q].busy < e.queues[q].capacity and e.queues[q].waiting > 0:
        skip_gone(e, q)
        head = e.queues[q].head
        due = e.calls[head].arrival + e.stations[s].batch_delay
        if e.queues[q].waiting < e.stations[s].batch_size and due > time:
            if e.calls[head].marks & TIMED == 0:
                e.calls[head].marks |= TIMED
                note(e, due, TIMER, s)
            return
        size = min(e.queues[q].waiting, e.stations[s].batch_size)
        length = e.stations[s].batch_base + e.stations[s].batch_item * size
        end = time + slowed(e, s, time, length)
        e.queues[q].busy += 1
        for _ in range(size):
            skip_gone(e, q)
            g = take(e, q, time)
            if end > e.calls[g].cancel:
                e.calls[g].marks |= CUT
            note(e, end, BATCH_END, g)
        note(e, end, END, -1 - s)


@kernel()
def arrive(e: Events, g: int, time: float) -> None:
    """Let a call arrive at its station."""
    s = e.calls[g].station
    a = e.calls[g].arrow
    e.calls[g].arrival = time
    e.calls[g].cancel = waited_until(e, g)
    if a >= 0 and e.arrows[a].timeout < float("inf"):
        give_up = time + e.arrows[a].timeout
        note(e, give_up, GIVE_UP, g)
        if e.arrows[a].cancels:
            e.calls[g].cancel = min(e.calls[g].cancel, give_up)
    kind = e.stations[s].discipline
    if kind == DELAY:
        if time < e.calls[g].cancel:
            work(e, g, time)
        return
    q = e.stations[s].first_queue
    blocked = False
    if kind in (ROUND_ROBIN, RANDOM):
        blocked = e.stations[s].up == 0
        choice = e.stations[s].replicas if blocked else e.stations[s].up
        if kind == RANDOM:
            q += min(int(e.picks[g] * choice), choice - 1)
        else:
            q += e.stations[s].turns % choice
            e.stations[s].turns += 1
    full = blocked or e.queues[q].busy >= e.queues[q].capacity
    if full and e.stations[s].max_queue >= 0 and e.queues[q].waiting >= e.stations[s].max_queue:
        note(e, time, REFUSE, g)
        return
    if time >= e.calls[g].cancel:
        return
    if blocked:
        e.calls[g].departure = float("inf")
        for k in range(e.changes.shape[0]):
            if e.changes[k, 1] == s and e.changes[k, 0] > time and e.changes[k, 2] > 0:
                e.calls[g].departure = e.changes[k, 0]
                break
    enqueue(e, q, g)
    if kind == BATCHES:
        start_batches(e, s, time)
    else:
        start_next(e, q, time)


@kernel()
def fail_attempt(e: Events, g: int, time: float, late: bool) -> None:
    """Repeat a call that was late or refused, go on with its fallback, or fail its caller."""
    a = e.calls[g].arrow
    if a < 0:
        e.calls[g].failed = True
        e.calls[g].departure = time
        return
    until = waited_until(e, g)
    number = g - e.stations[e.arrows[a].target].first_call - e.arrows[a].offset
    again = time + e.arrows[a].backoff
    first = g - (number // e.arrows[a].block) * e.arrows[a].block
    counted = e.calls[first].arrival >= e.since[0]
    if number // e.arrows[a].block < e.arrows[a].retries and again < until:
        note(e, again, ARRIVE, g + e.arrows[a].block)
        e.arrows[a].retried += counted
        return
    if time >= until:
        return
    if counted:
        if late:
            e.arrows[a].late += 1
        else:
            e.arrows[a].refused += 1
    if not e.arrows[a].waited:
        return
    if e.arrows[a].fallback < 0:
        note(e, time, FAIL, caller_of(e, g))
        return
    if counted:
        e.calls[g].marks |= FELL_BACK
    e.calls[g].spent = time + e.arrows[a].fallback - e.calls[first].arrival
    note(e, time + e.arrows[a].fallback, GO_ON, g)


@kernel()
def go_on(e: Events, g: int, time: float) -> None:
    """Tell the caller of a call that it need not wait for it any longer."""
    a = e.calls[g].arrow
    if a < 0 or not e.arrows[a].waited:
        return
    caller = caller_of(e, g)
    if e.calls[caller].marks & RESPONDED:
        return
    e.calls[caller].pending -= 1
    if e.calls[caller].pending == 0:
        e.calls[g].marks |= LAST
        go_on_with_steps(e, caller, time)


@kernel()
def answer(e: Events, g: int, time: float, kind: int) -> None:
    """Let a call answer, fail or be refused."""
    if e.calls[g].marks & RESPONDED:
        return
    e.calls[g].marks |= RESPONDED
    if e.calls[g].marks & GIVEN_UP:
        return
    if kind != ANSWER:
        fail_attempt(e, g, time, False)
        return
    if e.calls[g].arrow < 0:
        e.calls[g].spent = time
        return
    go_on(e, g, time)


@kernel()
def end_work(e: Events, g: int, time: float) -> None:
    """Note the end of a station's own work on a call and make its calls."""
    if e.calls[g].marks & CUT:
        return
    e.calls[g].departure = time
    go_on_with_steps(e, g, time)


@kernel()
def free_server(e: Events, number: int, time: float) -> None:
    """Free the server of a call, or of a batch for a negative number."""
    if number < 0:
        s = -1 - number
        e.queues[e.stations[s].first_queue].busy -= 1
        start_batches(e, s, time)
        return
    if e.stations[e.calls[number].station].discipline != DELAY:
        q = e.calls[number].queue
        e.queues[q].busy -= 1
        start_next(e, q, time)
    end_work(e, number, time)


@kernel()
def change(e: Events, k: int, time: float) -> None:
    """Let replicas of a station go or come back."""
    s = int(e.changes[k, 1])
    e.stations[s].up = int(e.changes[k, 2])
    if e.stations[s].discipline in (POOLED, BATCHES):
        e.queues[e.stations[s].first_queue].capacity = e.stations[s].up * e.stations[s].concurrency
    for q in range(e.stations[s].first_queue, e.stations[s + 1].first_queue):
        if e.stations[s].discipline == BATCHES:
            start_batches(e, s, time)
        elif e.stations[s].discipline != DELAY:
            start_next(e, q, time)


@kernel()
def leave_queue(e: Events, g: int) -> None:
    """Take a call out of its queue that nobody waits for any more."""
    if e.calls[g].marks & QUEUED:
        e.calls[g].marks &= 255 - QUEUED
        e.queues[e.calls[g].queue].waiting -= 1


@kernel()
def happen(e: Events, kind: int, number: int, time: float) -> None:
    """Let one entry of the calendar happen."""
    if kind == ARRIVE:
        arrive(e, number, time)
    elif kind == END:
        free_server(e, number, time)
    elif kind == BATCH_END:
        end_work(e, number, time)
    elif kind == GO_ON:
        go_on(e, number, time)
    elif kind == GIVE_UP:
        if e.calls[number].marks & RESPONDED == 0:
            e.calls[number].marks |= GIVEN_UP
            fail_attempt(e, number, time, True)
    elif kind == CHANGE:
        change(e, number, time)
    elif kind == TIMER:
        start_batches(e, number, time)
    elif kind == CANCEL:
        leave_queue(e, number)
    else:
        answer(e, number, time, kind)


@kernel()
def run_until_full(e: Events, arrivals: Floats, entry: int, spare: int) -> bool:
    """Let things happen until nothing is left or the calendar needs more room.

    Returns:
        Whether nothing is left.
    """
    room = e.times.size - spare
    while e.size[0] < room:
        request = e.size[2]
        if request < arrivals.size and (e.size[0] == 0 or arrivals[request] < e.times[0]):
            e.size[2] += 1
            arrive(e, entry + request, arrivals[request])
            continue
        if e.size[0] == 0:
            return True
        time = e.times[0]
        what = e.what[0]
        drop_first(e.times, e.order, e.what, e.size[0])
        e.size[0] -= 1
        happen(e, what % _KINDS, what // _KINDS, time)
    return False
