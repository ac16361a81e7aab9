"""Indicators that look at the drawing: nodes of some kind, how they are reached, what edges say."""

from collections import defaultdict, deque
from collections.abc import Collection

from designs.drawing import Design, Edge
from rubrics.criterion import DrawingIndicator


def nodes_that_show(indicator: DrawingIndicator, design: Design) -> tuple[str, ...]:
    """Return the ids of the nodes that fulfil an indicator, in the drawing's order."""
    wanted = set(indicator.any_kinds)
    found = [node.id for node in design.nodes if node.kind in wanted]
    if indicator.reached_from and found:
        reached = _reached_from(indicator.reached_from, design)
        found = [node_id for node_id in found if node_id in reached]
    if indicator.edge_with != "any":
        found = [node_id for node_id in found if _has_edge(node_id, indicator, design)]
    return tuple(found)


def _reached_from(kinds: Collection[str], design: Design) -> set[str]:
    onward: dict[str, list[str]] = defaultdict(list)
    for edge in design.edges:
        onward[edge.source].append(edge.target)
    todo = deque(node.id for node in design.nodes if node.kind in kinds)
    reached: set[str] = set()
    while todo:
        for target in onward[todo.popleft()]:
            if target not in reached:
                reached.add(target)
                todo.append(target)
    return reached


def _has_edge(node_id: str, indicator: DrawingIndicator, design: Design) -> bool:
    return any(
        _carries(edge, indicator.edge_with)
        for edge in design.edges
        if node_id in (edge.source, edge.target)
    )


def _carries(edge: Edge, what: str) -> bool:
    return bool(edge.fallback.strip()) if what == "fallback" else edge.timeout_ms is not None
