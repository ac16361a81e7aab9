"""Where requests come in, what they reach, and drawings of which that cannot be told."""

from designs.drawing import EdgeMode, Zone
from designs.inspections.drawn_graph import ANY, SYNC, DrawnGraph
from designs.inspections.sync_cycles import sync_cycles
from designs.node_kind import NodeGroup
from labs.load_test.refusal import LoadTestError

_ONLINE = (Zone.CLIENT, Zone.ONLINE)


def entry_of(drawn: DrawnGraph) -> tuple[str, tuple[str, ...]]:
    """Return where requests come in, and other entrances that are left out.

    Of several entrances it is the one from which most nodes are waited for, and the first of
    those.

    Raises:
        LoadTestError: If nothing calls anything, or calls go round in a circle.
    """
    _refuse_circles(drawn)
    calling = [
        one for one in drawn.entrances if any(edge.mode is EdgeMode.SYNC for edge in drawn.out[one])
    ]
    if not calling:
        raise LoadTestError(
            "the drawing has no entry: no client, gateway or service makes a sync call that "
            "begins a request; add a client app and its sync call to the first service"
        )
    entry = max(calling, key=lambda one: len(drawn.reach((one,), SYNC)))
    return entry, tuple(one for one in calling if one != entry)


def refuse_unreachable(drawn: DrawnGraph, entry: str, others: tuple[str, ...]) -> None:
    """Refuse parts for requests that no request reaches.

    Raises:
        LoadTestError: If a node that serves has no edge at all, or waits for another one while
            nothing leads to it.
    """
    alone = [
        node.id
        for node in drawn.design.nodes
        if not drawn.out[node.id] and not drawn.into[node.id] and _serves(drawn, node.id)
    ]
    if alone:
        raise LoadTestError(
            f"no edge leads to or from {drawn.names(alone)}; draw who calls it, or remove it"
        )
    reached = drawn.reach((entry, *others), ANY)
    lost = [
        edge
        for edge in drawn.design.edges
        if edge.mode is EdgeMode.SYNC
        and edge.source not in reached
        and drawn.zone(edge.source) in _ONLINE
        and not drawn.into[edge.source]
    ]
    if lost:
        raise LoadTestError(
            f"no request reaches {drawn.names(edge.source for edge in lost)}, which waits for "
            f"{drawn.names(edge.target for edge in lost)}; draw who calls it, or make its "
            "calls async"
        )


def _refuse_circles(drawn: DrawnGraph) -> None:
    for circle in sync_cycles(drawn):
        way = [drawn.name(edge.source) for edge in circle]
        raise LoadTestError(
            f"these wait for each other in a circle: {' → '.join([*way, way[0]])}; make one of "
            "the calls async, or merge the services"
        )


def _serves(drawn: DrawnGraph, node_id: str) -> bool:
    kind = drawn.kind(node_id)
    return (
        kind is not None
        and kind.service_time is not None
        and kind.group in (NodeGroup.SERVING, NodeGroup.RETRIEVAL, NodeGroup.CACHES)
    )
