"""Which kernel serves a station where nothing goes wrong."""

import numpy as np
from numpy.typing import NDArray

from labs.load_test.engine import plain
from labs.load_test.engine.flow import Flow, in_order
from labs.load_test.engine.numerics import loops
from labs.load_test.engine.scratch import numbers, whole_numbers

Times = NDArray[np.float64]

_FEW_BUSY = 128
"""Servers busy at once up to which an ordered row is faster than the calendar."""
_MAX_BUCKETS = 1 << 16


def serve_pooled(flow: Flow, service: Times, servers: int) -> tuple[Flow, Times]:
    """Serve calls first come, first served, by any free server.

    Args:
        flow: Calls in the order of arrival.
        service: Seconds by id.
        servers: At least 1.

    Returns:
        The calls in the order of departure, and the waits in the order of arrival; those are
        overwritten by the next station.
    """
    n = flow.ids.size
    if n == 0:
        return flow, flow.times
    kernels = loops()
    if kernels is plain:
        departures, leaving, waits = plain.pooled(flow.times, flow.ids, service, servers)
        return Flow(leaving, departures), waits
    departures = np.empty(n)
    waits = numbers("waits", n)
    if servers == 1:
        kernels.single_server(flow.times, flow.ids, service, departures, waits)
        return Flow(flow.ids, departures), waits
    leaving = np.empty(n, dtype=np.int32)
    if _busy(flow.times, service, servers) <= _FEW_BUSY:
        kernels.few_busy(flow.times, flow.ids, service, servers, departures, leaving, waits)
        return Flow(leaving, departures), waits
    width, buckets = _calendar(flow.times, service, servers)
    kernels.many_servers(
        flow.times,
        flow.ids,
        service,
        servers,
        width,
        buckets,
        numbers("ends", n),
        whole_numbers("following", n),
        departures,
        leaving,
        waits,
    )
    return Flow(leaving, departures), waits


def _busy(arrivals: Times, service: Times, servers: int) -> float:
    """Return about how many servers are busy at once."""
    if servers <= _FEW_BUSY:
        return servers
    work = float(service.sum()) * arrivals.size / service.size
    span = float(arrivals[-1] - arrivals[0])
    return min(servers, work / span) if span > 0 else servers


def _calendar(arrivals: Times, service: Times, servers: int) -> tuple[float, int]:
    """Return width and number of buckets: about one departure in each, all in one round."""
    n = arrivals.size
    longest = float(service.max())
    work = float(service.sum()) * n / service.size
    span = max(float(arrivals[-1] - arrivals[0]), work / servers, longest)
    width = max(span / n, 1e-15 * abs(float(arrivals[-1])), 1e-300)
    wanted = 64 + 2 * min(servers, int(longest / width))
    return width, min(1 << (wanted - 1).bit_length(), _MAX_BUCKETS)


def serve_without_queue(flow: Flow, service: Times) -> Flow:
    """Return calls after their service time, without any waiting."""
    return in_order(flow.ids, flow.times + service[flow.ids])
