"""Waiting by formula: instant hints, which a simulation then checks.

Allen and Cunneen's approximation of a G/G/c queue, with an exponential tail. Against simulation
of lognormal service its mean wait is within a few percent at utilisations from 0.7 to 0.95, too
low rather than too high for many servers.
"""

import math

from labs.load_test.capacity import Capacity, squared_variation
from labs.load_test.theory import erlang_c


def p99_wait_ms(capacity: Capacity, replicas: int, rps: float, arrivals_cv: float) -> float:
    """Return the 99th percentile of the wait by formula.

    Args:
        capacity: Service time and concurrency of a replica.
        replicas: Their number.
        rps: Calls a second that reach all of them together.
        arrivals_cv: Coefficient of variation of the gaps between calls.

    Returns:
        Milliseconds; infinity where the work is more than the servers can do.
    """
    mean, servers = capacity.mean_ms, replicas * capacity.concurrency
    offered = rps * mean / 1000
    if offered >= servers:
        return math.inf
    waits = erlang_c(servers, offered)
    if waits <= 0.01 or capacity.service is None:
        return 0.0
    variation = (arrivals_cv**2 + squared_variation(capacity.service)) / 2
    mean_wait_of_waiting = mean / servers / (1 - offered / servers) * variation
    return mean_wait_of_waiting * math.log(waits / 0.01)


def replicas_needed(
    capacity: Capacity, rps: float, arrivals_cv: float, *, most_used: float, wait_ms: float
) -> int:
    """Return the fewest replicas that stay below a utilisation and a p99 of the wait."""
    per_replica = capacity.concurrency / capacity.mean_ms * 1000
    fewest = max(1, math.ceil(rps / per_replica / most_used))
    if p99_wait_ms(capacity, fewest, rps, arrivals_cv) <= wait_ms:
        return fewest
    low, high = fewest, fewest * 2
    while p99_wait_ms(capacity, high, rps, arrivals_cv) > wait_ms and high < 10_000:
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        enough = p99_wait_ms(capacity, middle, rps, arrivals_cv) <= wait_ms
        low, high = (low, middle) if enough else (middle, high)
    return high
