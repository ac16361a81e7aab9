"""How many calls of one request reach each node, on the request path and beside it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from designs.drawing import EdgeMode
from designs.inspections.drawn_graph import DrawnGraph
from designs.record import Record
from labs.load_test.network import Call


class Flows(Record):
    """Calls for one request, by node."""

    waited_for: dict[str, float]
    """On the request path; stations that only stand for a cache's misses included."""
    beside: dict[str, float]
    """Off the request path: what streams and queues hand on."""
    into_path: dict[str, float]
    """Into nodes of the request path from beside it, such as writes to a feature store."""
    circular: bool
    """Whether flow beside the path runs in a circle; the way back is not followed again."""


def path_visits(entry: str, calls: tuple[Call, ...]) -> dict[str, float]:
    """Return the calls that reach each station for one request, retries left out."""
    out: dict[str, list[Call]] = defaultdict(list)
    for call in calls:
        out[call.source].append(call)
    visits: dict[str, float] = defaultdict(float)
    visits[entry] = 1.0
    for here in _forwards(
        entry, {source: [c.target for c in made] for source, made in out.items()}
    ):
        for call in out[here]:
            visits[call.target] += visits[here] * call.probability * call.fan_out
    return dict(visits)


def flows_of(drawn: DrawnGraph, path: frozenset[str], visits: Mapping[str, float]) -> Flows:
    """Follow what the request path sends to streams, queues and services beside it.

    Args:
        drawn: The drawing.
        path: Nodes that a request waits for.
        visits: Calls that reach each of them.
    """
    beside: dict[str, float] = defaultdict(float)
    into_path: dict[str, float] = defaultdict(float)
    circular = False

    def send(target: str, calls: float) -> None:
        (into_path if target in path else beside)[target] += calls

    for edge in drawn.design.edges:
        if edge.source in path and edge.mode is EdgeMode.ASYNC:
            send(edge.target, visits.get(edge.source, 0.0) * edge.calls_per_request)
    follows = {
        node.id: [
            edge.target
            for edge in drawn.out[node.id]
            if edge.mode is not EdgeMode.BATCH and edge.target not in path
        ]
        for node in drawn.design.nodes
        if node.id not in path
    }
    order = list(_forwards_from(list(beside), follows))
    place = {one: number for number, one in enumerate(order)}
    for here in order:
        for edge in drawn.out[here]:
            if edge.mode is EdgeMode.BATCH:
                continue
            if place.get(edge.target, len(order)) <= place[here]:
                circular = True  # such as a case that comes back to the queue
                continue
            send(edge.target, beside[here] * edge.calls_per_request)
    return Flows(
        waited_for=dict(visits),
        beside=dict(beside),
        into_path=dict(into_path),
        circular=circular,
    )


def _forwards(start: str, out: Mapping[str, list[str]]) -> Iterator[str]:
    return _forwards_from([start], out)


def _forwards_from(starts: list[str], out: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield nodes so that each comes before those it leads to, except along ways back."""
    seen: set[str] = set()
    finished: list[str] = []
    for start in starts:
        if start in seen:
            continue
        seen.add(start)
        stack = [(start, iter(out.get(start, [])))]
        while stack:
            here, following = stack[-1]
            fresh = next((one for one in following if one not in seen), None)
            if fresh is None:
                finished.append(here)
                stack.pop()
            else:
                seen.add(fresh)
                stack.append((fresh, iter(out.get(fresh, []))))
    return iter(finished[::-1])
