"""Closed forms of queueing theory: what the engine is validated against, and instant hints.

Rates are per second, times are seconds. The formulas are those of any textbook of queueing, for
example Kleinrock, *Queueing Systems* (1975), volume 1; Flatto and Hahn (1984) for two queues side
by side, Allen (1990) for the approximation of G/G/c.
"""

import math


def erlang_b(servers: int, load: float) -> float:
    """Return the share of calls that find all servers busy and are lost (M/G/c/c).

    Args:
        servers: At least 1.
        load: Arrival rate times mean service time.
    """
    blocked = 1.0
    for count in range(1, servers + 1):
        blocked = load * blocked / (count + load * blocked)
    return blocked


def erlang_c(servers: int, load: float) -> float:
    """Return the share of calls that wait in an M/M/c queue; 1 without a steady state."""
    if load >= servers:
        return 1.0
    lost = erlang_b(servers, load)
    return lost / (1 - load / servers * (1 - lost))


def mmc_wait_s(rate: float, service_s: float, servers: int = 1) -> float:
    """Return the mean wait of an M/M/c queue, infinite without a steady state."""
    load = rate * service_s
    if load >= servers:
        return math.inf
    return erlang_c(servers, load) * service_s / (servers - load)


def mmc_quantile_s(rate: float, service_s: float, servers: int, share: float) -> float:
    """Return a quantile of wait and service together in an M/M/c queue, by bisection."""
    if rate * service_s >= servers:
        return math.inf
    low, high = 0.0, service_s
    while mmc_tail(rate, service_s, servers, high) > 1 - share:
        high *= 2
    for _ in range(100):
        middle = (low + high) / 2
        if mmc_tail(rate, service_s, servers, middle) > 1 - share:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def mmc_tail(rate: float, service_s: float, servers: int, time: float) -> float:
    """Return the share of calls in an M/M/c queue that take longer than a time."""
    mu = 1 / service_s
    drain = servers * mu - rate
    waits = erlang_c(servers, rate * service_s)
    alone = math.exp(-mu * time)
    if math.isclose(drain, mu):
        return alone * (1 + waits * mu * time)
    after_wait = (drain * alone - mu * math.exp(-drain * time)) / (drain - mu)
    return (1 - waits) * alone + waits * after_wait


def mg1_wait_s(rate: float, service_s: float, squared_cv: float) -> float:
    """Return the mean wait of an M/G/1 queue (Pollaczek and Khinchine); M/D/1 for variation 0."""
    load = rate * service_s
    if load >= 1:
        return math.inf
    return load * service_s * (1 + squared_cv) / (2 * (1 - load))


def tandem_mean_s(rate: float, service_s: float, stations: int) -> float:
    """Return the mean time through M/M/1 queues one after another (Jackson)."""
    return stations * (mmc_wait_s(rate, service_s) + service_s)


def erlang_quantile_s(stages: int, mean_s: float, share: float) -> float:
    """Return a quantile of the sum of equal exponential times, by bisection.

    Args:
        stages: How many are added up.
        mean_s: Of one of them.
        share: Between 0 and 1.
    """
    low, high = 0.0, 100.0 * stages
    for _ in range(100):
        middle = (low + high) / 2
        terms = sum(middle**k / math.factorial(k) for k in range(stages))
        if math.exp(-middle) * terms > 1 - share:
            low = middle
        else:
            high = middle
    return mean_s * (low + high) / 2


def fork_join_mean_s(rate: float, service_s: float) -> float:
    """Return the mean time of two M/M/1 queues side by side, both waited for (Flatto and Hahn)."""
    load = rate * service_s
    return (12 - load) / 8 * service_s / (1 - load) if load < 1 else math.inf


def ggc_wait_s(
    rate: float, service_s: float, servers: int, arrival_cv2: float, service_cv2: float
) -> float:
    """Return about the mean wait of a G/G/c queue (Allen and Cunneen)."""
    return mmc_wait_s(rate, service_s, servers) * (arrival_cv2 + service_cv2) / 2


def ggc_wait_quantile_s(
    rate: float,
    service_s: float,
    servers: int,
    arrival_cv2: float,
    service_cv2: float,
    share: float,
) -> float:
    """Return about a quantile of the wait of a G/G/c queue: waits as an exponential tail."""
    waits = erlang_c(servers, rate * service_s)
    if waits <= 1 - share:
        return 0.0
    mean = ggc_wait_s(rate, service_s, servers, arrival_cv2, service_cv2)
    return mean / waits * math.log(waits / (1 - share))


def servers_for_wait(
    rate: float,
    service_s: float,
    squared_cv: float,
    wait_s: float,
    share: float = 0.99,
    most: int = 1_000_000,
) -> int | None:
    """Return about the fewest servers that keep a quantile of the wait below a limit.

    Args:
        rate: Poisson arrivals a second.
        service_s: Mean service time.
        squared_cv: Squared coefficient of variation of the service time.
        wait_s: The limit.
        share: The quantile.
        most: None is returned if more were needed.
    """
    fewest = math.floor(rate * service_s) + 1

    def short_enough(servers: int) -> bool:
        found = ggc_wait_quantile_s(rate, service_s, servers, 1.0, squared_cv, share)
        return found <= wait_s

    if fewest > most:
        return None
    step = 1
    while not short_enough(fewest + step - 1):
        step *= 2
        if fewest + step > most:
            return None
    low, high = fewest + step // 2, fewest + step - 1
    while low < high:
        middle = (low + high) // 2
        if short_enough(middle):
            high = middle
        else:
            low = middle + 1
    return high if short_enough(high) else None
