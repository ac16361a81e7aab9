"""Inspections of queues, people, personal data and loose ends."""

from collections.abc import Iterator

from designs.drawing import Edge, EdgeMode, Zone
from designs.inspections.drawn_graph import DATA, DrawnGraph
from designs.inspections.inspection import Finding, inspection, of_edges
from designs.inspections.roles import LABEL_STORES
from designs.inspections.violation import Severity
from designs.node_kind import Behaviour, NodeGroup

_HOLDS_PEOPLE = frozenset({"operational-database", "online-feature-store", "data-lake"})
"""Stores that often hold data about persons; whether one does, a drawing cannot tell."""


@inspection(
    "unbounded-queue",
    Severity.NOTE,
    "A queue without a limit",
    why="A queue that grows faster than it drains hides the overload until memory ends, and every "
    "message is late by the whole length.",
    mend="Note the limit and what is dropped or held back beyond it, and lead messages that fail "
    "too often to a dead-letter queue.",
)
def unbounded_queue(drawn: DrawnGraph) -> Iterator[Finding]:
    """A message queue has neither a note nor a way to a dead-letter queue."""
    endless = [
        one
        for one in drawn.of_kind("message-queue")
        if (drawn.into[one] or drawn.out[one])
        and not drawn.nodes[one].note.strip()
        and not _has_dead_letters(drawn, one)
    ]
    if endless:
        yield Finding(f"No limit is said for {drawn.names(endless)}.", tuple(endless))


def _has_dead_letters(drawn: DrawnGraph, queue: str) -> bool:
    takers = (queue, *(edge.target for edge in drawn.out[queue]))
    return any(
        drawn.kind_id(edge.target) == "dead-letter-queue"
        for taker in takers
        for edge in drawn.out[taker]
    )


@inspection(
    "queue-without-consumer",
    Severity.WARNING,
    "Nothing reads the queue",
    why="Messages pile up and what they were sent for never happens.",
    mend="Draw the consumer, or take the queue out.",
)
def queue_without_consumer(drawn: DrawnGraph) -> Iterator[Finding]:
    """A queue or stream is written and has no edge that leaves it; dead letters may wait."""
    unread = [
        node.id
        for node in drawn.design.nodes
        if drawn.behaviour(node.id) is Behaviour.QUEUE
        and node.kind != "dead-letter-queue"
        and drawn.into[node.id]
        and not drawn.out[node.id]
        and not _is_pulled(drawn, node.id)
    ]
    if unread:
        yield Finding(f"Nothing reads {drawn.names(unread)}.", tuple(unread))


def _is_pulled(drawn: DrawnGraph, queue: str) -> bool:
    """Some draw a consumer as the one who calls: people and jobs that ask for the next case."""
    return any(
        edge.mode is EdgeMode.SYNC
        and drawn.behaviour(edge.source) in (Behaviour.PEOPLE, Behaviour.JOB)
        for edge in drawn.into[queue]
    )


@inspection(
    "review-without-capacity",
    Severity.WARNING,
    "Human review without a capacity",
    why="People decide a fixed number of cases a day. Without that number the threshold that "
    "feeds them cannot be set, and the queue grows or stands empty.",
    mend="Write in the note of the review team how many cases a day it decides, and rank the "
    "queue so that the rest may be left.",
)
def review_without_capacity(drawn: DrawnGraph) -> Iterator[Finding]:
    """A review team has no note, replicas or concurrency; or a review queue has no team."""
    for team in drawn.of_kind("review-team"):
        node = drawn.nodes[team]
        told = node.note.strip() or node.replicas > 1 or node.overrides.concurrency is not None
        if drawn.into[team] and not told:
            yield Finding(f"{drawn.name(team)} does not say how many cases it decides.", (team,))
    for queue in drawn.of_kind("review-queue"):
        around = {edge.target for edge in drawn.out[queue]}
        around |= {edge.source for edge in drawn.into[queue]}
        if drawn.out[queue] and not any(drawn.behaviour(one) is Behaviour.PEOPLE for one in around):
            yield Finding(f"No people are drawn behind {drawn.name(queue)}.", (queue,))


@inspection(
    "verdicts-lost",
    Severity.WARNING,
    "Verdicts of people are not kept",
    why="A verdict is the dearest label there is. Unless it comes back, the model never learns "
    "from the cases it was least sure of.",
    mend="Lead the review team to the label store, with the reason why each case was picked.",
)
def verdicts_lost(drawn: DrawnGraph) -> Iterator[Finding]:
    """Reviewers decide cases, and no data leads from them to labels, storage or training."""
    kept = set(drawn.of_kind(*LABEL_STORES)) | set(
        drawn.of_group(NodeGroup.STORAGE, NodeGroup.TRAINING)
    )
    for team in drawn.of_kind("review-team", "labelling-tool"):
        if (drawn.into[team] or drawn.out[team]) and not drawn.reach((team,)) & kept:
            yield Finding(f"Nothing leads from {drawn.name(team)} to labels.", (team,))


@inspection(
    "personal-data-crosses",
    Severity.NOTE,
    "Personal data may cross a boundary",
    why="Data about persons that leaves its zone or the company needs a purpose, a legal ground "
    "and a way to delete it there as well. A drawing cannot tell whether this data is personal; "
    "only the kinds of store and the boundary are known, so this is a hint.",
    mend="Note on the edge what is sent and what is removed or replaced first, or put a job in "
    "between that does it.",
)
def personal_data_crosses(drawn: DrawnGraph) -> Iterator[Finding]:
    """Data goes to a partner, or straight from a store to people or to an offline store.

    An edge with a note has been thought about and is left alone.
    """
    edges = [e for e in drawn.design.edges if not e.note.strip() and _may_cross(drawn, e)]
    if edges:
        yield of_edges(f"Say what is sent: {drawn.calls(edges)}.", edges)


def _may_cross(drawn: DrawnGraph, edge: Edge) -> bool:
    if drawn.kind_id(edge.target) == "partner-feed":
        return True
    if drawn.kind_id(edge.source) not in _HOLDS_PEOPLE:
        return False
    to, source = drawn.zone(edge.target), drawn.zone(edge.source)
    if to is Zone.HUMAN:
        return drawn.group(edge.target) is NodeGroup.REVIEW
    copied = drawn.behaviour(edge.target) is Behaviour.STORE and edge.mode in DATA
    return copied and source is Zone.ONLINE and to is Zone.OFFLINE


@inspection(
    "unconnected-node",
    Severity.WARNING,
    "A node without edges",
    why="What is drawn beside the system has no effect on it; a reader cannot tell what it reads "
    "or whom it serves.",
    mend="Draw who calls it and what it reads, or take it out.",
)
def unconnected_node(drawn: DrawnGraph) -> Iterator[Finding]:
    """A node has no edge although edges are drawn already."""
    if not drawn.design.edges:
        return
    loose = [one for one in drawn.nodes if not drawn.into[one] and not drawn.out[one]]
    if loose:
        yield Finding(f"No edge leads to or from {drawn.names(loose)}.", tuple(loose))


@inspection(
    "store-without-reader",
    Severity.NOTE,
    "Data is written and never read",
    why="Storage that nothing reads costs money and is a risk, and often stands for a feedback "
    "path that was forgotten.",
    mend="Draw what reads it, or take it out.",
)
def store_without_reader(drawn: DrawnGraph) -> Iterator[Finding]:
    """An offline store is written by edges of data only, and no edge leaves it."""
    unread = [
        one
        for one in drawn.of_group(NodeGroup.STORAGE)
        if drawn.into[one]
        and not drawn.out[one]
        and all(edge.mode in DATA for edge in drawn.into[one])
    ]
    if unread:
        yield Finding(f"Nothing reads {drawn.names(unread)}.", tuple(unread))


@inspection(
    "repeated-edge",
    Severity.NOTE,
    "The same edge is drawn twice",
    why="Two edges of one mode between the same nodes count as two calls, with two timeouts of "
    "which only one can hold.",
    mend="Keep one, with the calls per request added up.",
)
def repeated_edge(drawn: DrawnGraph) -> Iterator[Finding]:
    """Two edges have the same source, target and mode."""
    seen: set[tuple[str, str, EdgeMode]] = set()
    again = []
    for edge in drawn.design.edges:
        key = (edge.source, edge.target, edge.mode)
        if key in seen:
            again.append(edge)
        seen.add(key)
    if again:
        yield of_edges(f"Drawn more than once: {drawn.calls(again)}.", again)
