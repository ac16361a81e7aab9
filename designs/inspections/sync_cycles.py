"""Cycles of calls that wait for each other."""

from collections.abc import Iterator

from designs.drawing import Edge, EdgeMode
from designs.inspections.drawn_graph import SYNC, DrawnGraph


def sync_cycles(drawn: DrawnGraph) -> Iterator[tuple[Edge, ...]]:
    """Yield one cycle of sync edges for every set of nodes that all wait for each other."""
    for knot in _knots(drawn):
        yield _shortest_way_round(drawn, drawn.ordered(knot)[0], knot)


def _knots(drawn: DrawnGraph) -> Iterator[frozenset[str]]:
    """Yield the strongly connected components of more than one node (Kosaraju)."""
    left = {node.id for node in drawn.design.nodes}
    for start in _by_finish(drawn):
        if start not in left:
            continue
        within = left.__contains__
        knot = frozenset(
            one
            for one in drawn.reach((start,), SYNC, backwards=True, through=within)
            if one in left
        )
        left -= knot
        if len(knot) > 1:
            yield knot


def _by_finish(drawn: DrawnGraph) -> list[str]:
    """Return the nodes in the order in which a depth-first search leaves them, last first."""
    seen: set[str] = set()
    finished: list[str] = []
    for root in drawn.nodes:
        if root in seen:
            continue
        seen.add(root)
        stack = [(root, iter(drawn.out[root]))]
        while stack:
            here, edges = stack[-1]
            fresh = next((e.target for e in edges if e.mode in SYNC and e.target not in seen), None)
            if fresh is None:
                finished.append(here)
                stack.pop()
            else:
                seen.add(fresh)
                stack.append((fresh, iter(drawn.out[fresh])))
    return finished[::-1]


def _shortest_way_round(drawn: DrawnGraph, start: str, knot: frozenset[str]) -> tuple[Edge, ...]:
    came_by: dict[str, Edge] = {}
    row = [start]
    while row:
        following: list[str] = []
        for here in row:
            for edge in drawn.out[here]:
                if edge.mode is not EdgeMode.SYNC or edge.target not in knot:
                    continue
                if edge.target == start:
                    return (*_way_to(here, start, came_by), edge)
                if edge.target not in came_by:
                    came_by[edge.target] = edge
                    following.append(edge.target)
        row = following
    return ()


def _way_to(end: str, start: str, came_by: dict[str, Edge]) -> tuple[Edge, ...]:
    way: list[Edge] = []
    while end != start:
        way.append(came_by[end])
        end = came_by[end].source
    return tuple(reversed(way))
