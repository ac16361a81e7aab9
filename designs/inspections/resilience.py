"""Inspections of calls that are late or fail, and of what is there only once."""

from collections.abc import Iterator

from designs.drawing import Edge, EdgeMode
from designs.inspections.drawn_graph import SYNC, DrawnGraph
from designs.inspections.inspection import Finding, inspection, of_edges
from designs.inspections.roles import CLIENTS, GPU_MODELS
from designs.inspections.violation import Severity
from designs.node_kind import Behaviour, NodeGroup

_REPLICATED = frozenset({Behaviour.SERVER, Behaviour.POOL, Behaviour.CACHE, Behaviour.STORE})
MANY_CALLS = 10
"""Calls per request from which on they should be one; our assumption."""


@inspection(
    "single-replica",
    Severity.WARNING,
    "One replica on the request path",
    why="Every deployment and every lost machine stops all requests that need it.",
    mend="Set at least two replicas, better enough that one zone may fail at peak.",
)
def single_replica(drawn: DrawnGraph) -> Iterator[Finding]:
    """A called node of the request path has one replica; switches in the process are left out."""
    called = {edge.target for edge in drawn.path_edges}
    alone = [
        node.id
        for node in drawn.design.nodes
        if node.id in called
        and node.replicas == 1
        and drawn.behaviour(node.id) in _REPLICATED
        and drawn.group(node.id) is not NodeGroup.EXPERIMENT
        and node.kind not in CLIENTS
    ]
    if alone:
        yield Finding(f"One replica only: {drawn.names(alone)}.", tuple(alone))


@inspection(
    "no-timeout",
    Severity.WARNING,
    "A call without a timeout",
    why="When the other side hangs, callers wait with it until their workers are used up, and a "
    "fallback that is never reached does not help.",
    mend="Give each call a share of the deadline as its timeout.",
)
def no_timeout(drawn: DrawnGraph) -> Iterator[Finding]:
    """A call of the request path has no timeout."""
    edges = [edge for edge in drawn.path_edges if edge.timeout_ms is None]
    if edges:
        yield of_edges(f"No timeout: {drawn.calls(edges)}.", edges)


@inspection(
    "no-fallback",
    Severity.WARNING,
    "A call without a fallback",
    why="What is called will be late or down at some time, and then the request fails although a "
    "poorer answer would have been worth something.",
    mend="Say what the caller answers instead: a default, an older value, a simpler rule.",
)
def no_fallback(drawn: DrawnGraph) -> Iterator[Finding]:
    """A call of the request path has no fallback; what a client then shows is left to it."""
    edges = [
        edge
        for edge in drawn.path_edges
        if not edge.fallback.strip() and drawn.kind_id(edge.source) not in CLIENTS
    ]
    if edges:
        yield of_edges(f"No fallback: {drawn.calls(edges)}.", edges)


@inspection(
    "caller-gives-up-first",
    Severity.WARNING,
    "The caller gives up before what it called does",
    why="The inner call goes on for an answer that nobody waits for any more, and its fallback "
    "comes too late to be used.",
    mend="Make inner timeouts shorter than outer ones, with room for the work in between.",
)
def caller_gives_up_first(drawn: DrawnGraph) -> Iterator[Finding]:
    """A service waits for another one at least as long as its own caller waits for it."""
    shortest: dict[str, Edge] = {}
    for edge in drawn.design.edges:
        if edge.mode is EdgeMode.SYNC and edge.timeout_ms is not None:
            known = shortest.get(edge.target)
            if known is None or edge.timeout_ms < (known.timeout_ms or 0):
                shortest[edge.target] = edge
    for middle, outer in shortest.items():
        for inner in drawn.out[middle]:
            if inner.mode is not EdgeMode.SYNC or inner.timeout_ms is None:
                continue
            if outer.timeout_ms is not None and inner.timeout_ms >= outer.timeout_ms:
                yield of_edges(
                    f"{drawn.name(outer.source)} waits {_ms(outer.timeout_ms)} for "
                    f"{drawn.name(middle)}, which waits {_ms(inner.timeout_ms)} for "
                    f"{drawn.name(inner.target)}.",
                    (outer, inner),
                )


@inspection(
    "timeout-below-median",
    Severity.SERIOUS,
    "More than half of the calls time out",
    why="A timeout below the usual time of the call turns the fallback into the normal answer, "
    "and the work behind it is paid for and thrown away.",
    mend="Raise the timeout, choose something faster, or prepare the answer ahead.",
)
def timeout_below_median(drawn: DrawnGraph) -> Iterator[Finding]:
    """A timeout is shorter than the median that the candidate gave the node itself."""
    for edge in drawn.path_edges:
        median = drawn.nodes[edge.target].overrides.service_p50_ms
        if median is not None and edge.timeout_ms is not None and edge.timeout_ms < median:
            yield of_edges(
                f"{drawn.calls([edge])} times out after {_ms(edge.timeout_ms)}; the median of "
                f"{drawn.name(edge.target)} is {_ms(median)}.",
                [edge],
            )


@inspection(
    "timeout-below-tail",
    Severity.WARNING,
    "More than one call in a hundred times out",
    why="Without any waiting the call already takes longer than its timeout more often than once "
    "in a hundred; under load it happens more often.",
    mend="Raise the timeout within the deadline, shorten the tail, or say that this share of "
    "fallbacks is meant.",
)
def timeout_below_tail(drawn: DrawnGraph) -> Iterator[Finding]:
    """A timeout is shorter than the node's 99th percentile, its own or the palette's."""
    for edge in drawn.path_edges:
        timeout, (median, tail, whose) = edge.timeout_ms, _service_time(drawn, edge.target)
        own_median = drawn.nodes[edge.target].overrides.service_p50_ms
        if timeout is None or tail is None or timeout >= tail:
            continue
        if own_median is not None and timeout < own_median:
            continue  # timeout-below-median says it already, and worse
        typical = f", the median {_ms(median)}" if median and timeout < median else ""
        yield of_edges(
            f"{drawn.calls([edge])} times out after {_ms(timeout)}; the 99th percentile is "
            f"{_ms(tail)}{typical} ({whose}).",
            [edge],
        )


def _service_time(drawn: DrawnGraph, node_id: str) -> tuple[float | None, float | None, str]:
    """Return median and 99th percentile of a call, and whose figures they are."""
    own, kind = drawn.nodes[node_id].overrides, drawn.kind(node_id)
    usual = kind.service_time if kind else None
    if own.service_p99_ms is not None or usual is None:
        return own.service_p50_ms, own.service_p99_ms, "yours"
    if own.service_p50_ms is not None:  # a tail of the palette does not fit a median of one's own
        return own.service_p50_ms, None, "yours"
    return usual.p50_ms, usual.p99_ms, "the palette's default"


@inspection(
    "fallback-shares-fate",
    Severity.WARNING,
    "The fallback depends on what it stands in for",
    why="When the shared part fails, answer and fallback fail together.",
    mend="Let the fallback answer from memory, or from a store of its own that is filled ahead.",
)
def fallback_shares_fate(drawn: DrawnGraph) -> Iterator[Finding]:
    """A fallback service waits for something that its caller calls as well."""
    for spare in drawn.of_kind("fallback-service"):
        needs = drawn.reach((spare,), SYNC) - {spare}
        callers = {edge.source for edge in drawn.into[spare] if edge.mode is EdgeMode.SYNC}
        beside = {
            edge.target
            for caller in drawn.ordered(callers)
            for edge in drawn.out[caller]
            if edge.mode is EdgeMode.SYNC
        }
        both = drawn.ordered((needs & beside) - {spare})
        if both:
            yield Finding(
                f"{drawn.name(spare)} needs {drawn.names(both)}, and so does its caller.",
                (spare, *both),
            )


@inspection(
    "gpu-without-relief",
    Severity.SERIOUS,
    "A request waits for a GPU model without cache or fallback",
    why="Accelerators are the scarcest and slowest-scaling part of the path. Without something "
    "in front or beside them a burst or a lost card fails requests at once.",
    mend="Say the fallback of the call (a smaller model, an earlier order), or look up a cache or "
    "precomputed results first.",
)
def gpu_without_relief(drawn: DrawnGraph) -> Iterator[Finding]:
    """A call to a GPU model has no fallback, and its caller has no cache to ask."""
    edges = [
        edge
        for edge in drawn.path_edges
        if drawn.kind_id(edge.target) in GPU_MODELS
        and not edge.fallback.strip()
        and not _asks_a_cache(drawn, edge.source)
    ]
    if edges:
        yield of_edges(f"Neither fallback nor cache: {drawn.calls(edges)}.", edges)


def _asks_a_cache(drawn: DrawnGraph, node_id: str) -> bool:
    return any(
        edge.mode is EdgeMode.SYNC and drawn.group(edge.target) is NodeGroup.CACHES
        for edge in drawn.out[node_id]
    )


@inspection(
    "calls-without-batching",
    Severity.WARNING,
    "Many calls per request to one node",
    why="The slowest of many calls decides, so the tail grows with their number, and each pays "
    "for its own trip over the network.",
    mend="Ask for all of it in one batched call, or keep the values where they are needed.",
)
def calls_without_batching(drawn: DrawnGraph) -> Iterator[Finding]:
    """A call of the request path is made ten times or more per request."""
    for edge in drawn.path_edges:
        if edge.calls_per_request >= MANY_CALLS:
            count = f"{edge.calls_per_request:,.6g}"
            yield of_edges(f"{count} calls per request: {drawn.calls([edge])}.", [edge])


@inspection(
    "cache-without-hit-ratio",
    Severity.NOTE,
    "A cache that does not say how often it hits",
    why="What lies behind a cache is sized by its misses. A guess of 90 percent that turns out "
    "to be 80 doubles the load there.",
    mend="Set the hit ratio, and say how the system gets through a cold start.",
)
def cache_without_hit_ratio(drawn: DrawnGraph) -> Iterator[Finding]:
    """A cache of the request path has no hit ratio."""
    silent = [
        one
        for one in drawn.ordered(drawn.request_path)
        if drawn.behaviour(one) is Behaviour.CACHE
        and drawn.nodes[one].overrides.cache_hit_ratio is None
    ]
    if silent:
        yield Finding(f"No hit ratio: {drawn.names(silent)}.", tuple(silent))


def _ms(value: float) -> str:
    return f"{value:,.6g} ms"
