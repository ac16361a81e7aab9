"""Inspections of the request path: from where it comes to what answers it."""

from collections.abc import Iterator

from designs.drawing import EdgeMode, Zone
from designs.inspections.drawn_graph import ANY, DATA, SYNC, DrawnGraph
from designs.inspections.inspection import Finding, inspection, of_edges
from designs.inspections.roles import CLIENTS, FRONT_DOORS, MODELS
from designs.inspections.sync_cycles import sync_cycles
from designs.inspections.violation import Severity
from designs.node_kind import Behaviour, NodeGroup

_ANSWERING = (NodeGroup.SERVING, NodeGroup.RETRIEVAL)
_COMPUTING = frozenset({Behaviour.SERVER, Behaviour.POOL})
LONG_CHAIN = 6
"""Calls one behind the other from which on a chain is called long; our assumption."""


@inspection(
    "no-entrance",
    Severity.NOTE,
    "Nothing shows where requests come in",
    why="Without a client or a front door nobody can tell what is on the request path, who sets "
    "the deadline and where limits apply.",
    mend="Add the client app or the API gateway, and draw its call to the first service.",
)
def no_entrance(drawn: DrawnGraph) -> Iterator[Finding]:
    """Services call each other, but neither client nor front door is drawn."""
    if drawn.entrances and not drawn.front:
        names = drawn.names(drawn.entrances)
        yield Finding(f"Neither client nor gateway calls {names}.", drawn.entrances)


@inspection(
    "no-request-path",
    Severity.SERIOUS,
    "No path from request to response",
    why="A request that reaches nothing that could answer it gets no answer; whatever is drawn "
    "beside it has no effect on users.",
    mend="Draw the call from the client or gateway to the service that answers, with its timeout.",
)
def no_request_path(drawn: DrawnGraph) -> Iterator[Finding]:
    """Answering services are drawn, and no edge leads to any of them from the front."""
    answering = [
        one for one in drawn.of_group(*_ANSWERING) if drawn.kind_id(one) not in FRONT_DOORS
    ]
    begun = drawn.front and answering and drawn.design.edges
    if not begun or drawn.reach(drawn.front, ANY) & set(answering):
        return
    yield Finding(
        f"No edge leads from {drawn.names(drawn.front)} to {drawn.names(answering)}.",
        (*drawn.front, *answering),
    )


@inspection(
    "sync-cycle",
    Severity.SERIOUS,
    "Services wait for each other in a circle",
    why="Each holds a worker while it waits for the next. Under load all workers wait and none "
    "is left to answer, and one slow service stops all of them.",
    mend="Turn one of the calls into an event, pass along what the caller knows already, or merge "
    "the two services.",
)
def sync_cycle(drawn: DrawnGraph) -> Iterator[Finding]:
    """Sync edges form a circle, on the request path or off it."""
    for cycle in sync_cycles(drawn):
        way = [drawn.name(edge.source) for edge in cycle]
        yield of_edges(f"These wait for each other: {' → '.join([*way, way[0]])}.", cycle)


@inspection(
    "warehouse-on-request-path",
    Severity.SERIOUS,
    "A request waits for an analytical store",
    why="Warehouses, lakes and histories of features answer in seconds and are loaded by "
    "whatever else runs there, so the deadline is lost to a report.",
    mend="Copy what the request needs into an online feature store or precomputed results, and "
    "read it by key.",
)
def warehouse_on_request_path(drawn: DrawnGraph) -> Iterator[Finding]:
    """A request waits for a store that the palette gives no service time."""
    for edge in drawn.path_edges:
        kind = drawn.kind(edge.target)
        if (
            kind
            and kind.behaviour is Behaviour.STORE
            and kind.group in (NodeGroup.STORAGE, NodeGroup.FEATURES)
            and kind.service_time is None
        ):
            yield of_edges(f"The request waits for {drawn.calls([edge])}.", [edge])


@inspection(
    "object-store-on-request-path",
    Severity.WARNING,
    "A request waits for the object store",
    why="One read takes tens of milliseconds and its tail is several times that, which is most "
    "of a tight deadline.",
    mend="Send the bytes along with the request, keep a small copy in a cache, or fetch them "
    "after the answer.",
)
def object_store_on_request_path(drawn: DrawnGraph) -> Iterator[Finding]:
    """A request waits for an object store; a client that fetches its own files does not count."""
    edges = [
        edge
        for edge in drawn.path_edges
        if drawn.kind_id(edge.target) == "object-store"
        and drawn.kind_id(edge.source) not in CLIENTS
    ]
    if edges:
        yield of_edges(f"The request waits for {drawn.calls(edges)}.", edges)


@inspection(
    "job-on-request-path",
    Severity.SERIOUS,
    "A request waits for a job or for people",
    why="Jobs run by the minute or the day and people decide when they come to it; a request "
    "that waits for them is late always, not only at the tail.",
    mend="Answer from what was computed before, and make the edge async or batch.",
)
def job_on_request_path(drawn: DrawnGraph) -> Iterator[Finding]:
    """A request waits for a node that is a job, people or a queue in front of people."""
    for edge in drawn.path_edges:
        group = drawn.group(edge.target)
        waits = drawn.behaviour(edge.target) in (Behaviour.JOB, Behaviour.PEOPLE)
        if group is not NodeGroup.MONITORING and (waits or group is NodeGroup.REVIEW):
            yield of_edges(f"The request waits for {drawn.calls([edge])}.", [edge])


@inspection(
    "waits-for-observer",
    Severity.WARNING,
    "A request waits for its observer",
    why="Monitors and shadow candidates are there to see, not to answer. When they are slow or "
    "down, users pay for it.",
    mend="Make the edge async, best through the event stream.",
)
def waits_for_observer(drawn: DrawnGraph) -> Iterator[Finding]:
    """A request waits for a monitor or a shadow deployment."""
    edges = [
        edge
        for edge in drawn.path_edges
        if drawn.group(edge.target) is NodeGroup.MONITORING
        or drawn.kind_id(edge.target) == "shadow-deployment"
    ]
    if edges:
        yield of_edges(f"The request waits for {drawn.calls(edges)}.", edges)


@inspection(
    "batch-on-request-path",
    Severity.WARNING,
    "An online service reaches another one in batch",
    why="A service on the request path has one request at hand. If it needs the other's answer, "
    "a batch transfer brings it hours too late; if it does not, the edge should say so.",
    mend="Make the edge sync if the answer is needed now, else async; keep batch for jobs.",
)
def batch_on_request_path(drawn: DrawnGraph) -> Iterator[Finding]:
    """A batch edge joins two computing nodes online, and its source is on the request path."""
    edges = [
        edge
        for edge in drawn.design.edges
        if edge.mode is EdgeMode.BATCH
        and edge.source in drawn.request_path
        and _computes_online(drawn, edge.source)
        and _computes_online(drawn, edge.target)
    ]
    if edges:
        yield of_edges(f"Drawn as batch: {drawn.calls(edges)}.", edges)


def _computes_online(drawn: DrawnGraph, node_id: str) -> bool:
    return (
        drawn.behaviour(node_id) in _COMPUTING
        and drawn.zone(node_id) is Zone.ONLINE
        and drawn.group(node_id) in (*_ANSWERING, NodeGroup.FEATURES)
    )


@inspection(
    "client-calls-store",
    Severity.SERIOUS,
    "The client reads or writes a store directly",
    why="Whoever holds the client holds the store: no check of rights, no limits, and no change "
    "of the schema without an update of every client.",
    mend="Put a gateway and a service in between; only these know the store.",
)
def client_calls_store(drawn: DrawnGraph) -> Iterator[Finding]:
    """A client has an edge to a store; files and prepared answers may be fetched directly."""
    edges = [
        edge
        for edge in drawn.design.edges
        if drawn.kind_id(edge.source) in CLIENTS and _is_inner_store(drawn, edge.target)
    ]
    if edges:
        yield of_edges(f"No service in between: {drawn.calls(edges)}.", edges)


def _is_inner_store(drawn: DrawnGraph, node_id: str) -> bool:
    return (
        drawn.behaviour(node_id) is Behaviour.STORE
        and drawn.group(node_id) is not NodeGroup.CACHES
        and drawn.kind_id(node_id) not in ("object-store", "partner-feed")
    )


@inspection(
    "client-calls-model",
    Severity.WARNING,
    "The client calls a model directly",
    why="Inputs then come from the client, who may invent them, and nothing stands in the way to "
    "limit, to fall back or to apply a threshold.",
    mend="Let a gateway and a decision service call the model and join its inputs.",
)
def client_calls_model(drawn: DrawnGraph) -> Iterator[Finding]:
    """A sync edge leads from a client to a model."""
    edges = [
        edge
        for edge in drawn.path_edges
        if drawn.kind_id(edge.source) in CLIENTS and drawn.kind_id(edge.target) in MODELS
    ]
    if edges:
        yield of_edges(f"No service in between: {drawn.calls(edges)}.", edges)


@inspection(
    "long-sync-chain",
    Severity.NOTE,
    "Many calls one behind the other",
    why="Times add up along a chain and so do failures: six services at 99.9 percent are one "
    "service at 99.4.",
    mend="Let one service call the others side by side, or prepare part of the answer ahead.",
)
def long_sync_chain(drawn: DrawnGraph) -> Iterator[Finding]:
    """The way from the nearest entrance to some node has six calls or more."""
    row, seen, depth = list(drawn.entrances), set(drawn.entrances), 0
    last = row
    while row:
        last = row
        row = []
        for edge in (edge for one in last for edge in drawn.out[one] if edge.mode in SYNC):
            if edge.target not in seen:
                seen.add(edge.target)
                row.append(edge.target)
        depth += bool(row)
    if depth >= LONG_CHAIN:
        far = drawn.ordered(last)
        yield Finding(f"A request makes {depth} calls in a row to reach {drawn.names(far)}.", far)


@inspection(
    "unreachable-node",
    Severity.WARNING,
    "No request and no job ever gets here",
    why="A service that nothing calls does no work. Mostly an edge is missing or points the "
    "wrong way.",
    mend="Draw who calls it, turn the edge round, or take the node out.",
)
def unreachable_node(drawn: DrawnGraph) -> Iterator[Finding]:
    """A computing node has edges, and none of the ways from any beginning leads to it."""
    if not drawn.front:
        return
    beginnings = {
        one
        for one in drawn.nodes
        if drawn.behaviour(one) not in _COMPUTING or drawn.group(one) is NodeGroup.EXPERIMENT
    }
    reached = drawn.reach((*drawn.front, *drawn.ordered(beginnings)), SYNC | DATA)
    lost = [
        one
        for one in drawn.of_group(*_ANSWERING, NodeGroup.FEATURES)
        if one not in reached and (drawn.out[one] or drawn.into[one])
    ]
    if lost:
        yield Finding(f"Nothing leads to {drawn.names(lost)}.", tuple(lost))
