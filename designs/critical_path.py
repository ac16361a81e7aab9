"""The critical path of a request: the chain of waiting calls with the most service time.

What the load test adds is waiting; here there is none. A part that calls several others is taken
to call them at the same time, and each part counts once, however often it is called: a drawing
does not say in which order calls are made.
"""

from designs.drawing import Edge, EdgeMode
from designs.inspections.drawn_graph import DrawnGraph
from designs.record import Record


class CriticalPath(Record):
    """A chain of sync calls, from where the request enters to the last part that is waited for."""

    nodes: tuple[str, ...]
    """Ids, in the order of the calls; at least two."""
    service_ms: float
    """The sum of the service times at p50, in milliseconds, without waiting in any queue."""
    untimed: tuple[str, ...] = ()
    """Those of the nodes whose time is not known; they count as nothing. No client is among them:
    what happens there is no service time."""


def critical_path(drawn: DrawnGraph) -> CriticalPath | None:
    """Return the path with the largest sum of service times, or None if there is none to name.

    Of equal sums the path with more parts is taken, then the one that is drawn first. A call that
    closes a circle is left out; the inspection `sync-cycle` reports it.

    Args:
        drawn: The design with the palette that knows the usual times of its kinds.
    """
    calls = _without_circles(drawn)
    best = _longest(drawn, calls)
    starts = [one for one in drawn.entrances if one in best]
    if not starts:
        return None
    way = [max(starts, key=lambda one: best[one])]
    while following := calls[way[-1]]:
        way.append(max(following, key=lambda one: best[one]))
    times = {one: service_p50_ms(drawn, one) for one in way}
    total = sum(time for time in times.values() if time is not None)
    if len(way) < 2 or not total:
        return None
    untimed = tuple(one for one, time in times.items() if time is None and one not in drawn.clients)
    return CriticalPath(nodes=tuple(way), service_ms=round(total, 6), untimed=untimed)


def service_p50_ms(drawn: DrawnGraph, node_id: str) -> float | None:
    """Return what the drawing says of a node's service time at p50, or else its kind's."""
    own = drawn.nodes[node_id].overrides.service_p50_ms
    kind = drawn.kind(node_id)
    if own is None and kind and kind.service_time:
        return kind.service_time.p50_ms
    return own


def _without_circles(drawn: DrawnGraph) -> dict[str, list[str]]:
    """Return whom each node on the request path waits for, less the calls that lead back."""
    calls: dict[str, list[str]] = {}
    under_way: set[str] = set()

    def visit(one: str) -> None:
        calls[one] = []
        under_way.add(one)
        for there in dict.fromkeys(map(_target, filter(_waits, drawn.out[one]))):
            if there not in calls:
                visit(there)
            if there not in under_way:
                calls[one].append(there)
        under_way.discard(one)

    for entrance in drawn.entrances:
        if entrance not in calls:
            visit(entrance)
    return calls


def _longest(drawn: DrawnGraph, calls: dict[str, list[str]]) -> dict[str, tuple[float, int]]:
    """Return time and number of parts of the longest way on from each node, itself included."""
    best: dict[str, tuple[float, int]] = {}

    def measure(one: str) -> tuple[float, int]:
        if one not in best:
            time, parts = max(map(measure, calls[one]), default=(0.0, 0))
            best[one] = time + (service_p50_ms(drawn, one) or 0.0), parts + 1
        return best[one]

    for one in calls:
        measure(one)
    return best


def _waits(edge: Edge) -> bool:
    return edge.mode is EdgeMode.SYNC


def _target(edge: Edge) -> str:
    return edge.target
