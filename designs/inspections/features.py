"""Inspections of features and indexes: one definition, one owner, one version."""

from collections.abc import Iterator

from designs.drawing import Edge, EdgeMode
from designs.inspections.drawn_graph import DATA, DrawnGraph
from designs.inspections.inspection import Finding, inspection, of_edges
from designs.inspections.roles import (
    FEATURE_MAKERS,
    FEATURE_READS,
    FILLED_STORES,
    LIVE_STORES,
    REGISTRIES,
    TRAINING,
    VECTOR_WRITERS,
)
from designs.inspections.violation import Severity
from designs.node_kind import Behaviour, NodeGroup


@inspection(
    "features-computed-twice",
    Severity.WARNING,
    "Features are computed twice, online and offline",
    why="Two computations drift apart in windows, defaults and time zones. The model then serves "
    "on values that it was not trained on, and no error is raised.",
    mend="Write the values from one definition into both stores, or log what was served and "
    "train on the log.",
)
def features_computed_twice(drawn: DrawnGraph) -> Iterator[Finding]:
    """Training reads features of a job that has no part in what requests read.

    Silent if values as served can reach training past that job.
    """
    reads = [one for one in drawn.of_kind(*FEATURE_READS) if one in drawn.request_path]
    if not reads:
        return
    for training in drawn.of_kind(*TRAINING):
        makers = {
            edge.source
            for edge in drawn.into[training]
            if drawn.kind_id(edge.source) in FEATURE_MAKERS
        }
        apart = [one for one in drawn.ordered(makers) if not _feeds(drawn, one, reads)]
        logged = _reached_past(drawn, makers)
        if apart and training not in logged and training not in drawn.reach(reads, DATA):
            yield Finding(
                f"{drawn.name(training)} reads {drawn.names(apart)}; requests read "
                f"{drawn.names(reads)}, which is filled elsewhere.",
                (training, *apart, *reads),
            )


def _reached_past(drawn: DrawnGraph, makers: set[str]) -> frozenset[str]:
    """Return what data of the request path reaches without going through some nodes."""
    return drawn.reach(
        drawn.ordered(drawn.request_path), DATA, through=lambda one: one not in makers
    )


def _feeds(drawn: DrawnGraph, maker: str, reads: list[str]) -> bool:
    return bool(drawn.reach((maker,), DATA) & set(reads))


@inspection(
    "training-reads-live-store",
    Severity.SERIOUS,
    "Training reads today's values",
    why="A store of current values has forgotten what held when each event happened. Training on "
    "it lets the outcome leak into the inputs, and offline results look too good.",
    mend="Log the values with the decision, or keep their history in an offline feature store and "
    "join as of the time of the event.",
)
def training_reads_live_store(drawn: DrawnGraph) -> Iterator[Finding]:
    """An edge leads from a store of current values straight into training."""
    edges = [
        edge
        for edge in drawn.design.edges
        if drawn.kind_id(edge.source) in LIVE_STORES and drawn.kind_id(edge.target) in TRAINING
    ]
    if edges:
        yield of_edges(f"The values of now, not of the event: {drawn.calls(edges)}.", edges)


@inspection(
    "store-without-writer",
    Severity.WARNING,
    "Requests read a store that nothing fills",
    why="How fresh the values are, and what happens when the filling stops, cannot be told.",
    mend="Draw the stream or batch job that writes it.",
)
def store_without_writer(drawn: DrawnGraph) -> Iterator[Finding]:
    """A store of copies is read on the request path, and nothing off the path leads to it."""
    unfilled = [
        one
        for one in drawn.of_kind(*FILLED_STORES)
        if one in drawn.request_path and not any(_writes(drawn, edge) for edge in drawn.into[one])
    ]
    if unfilled:
        yield Finding(f"Nothing fills {drawn.names(unfilled)}.", tuple(unfilled))


def _writes(drawn: DrawnGraph, edge: Edge) -> bool:
    """A call by a service of the request path is taken for a read."""
    return edge.mode is not EdgeMode.SYNC or edge.source not in drawn.request_path


@inspection(
    "two-writers",
    Severity.WARNING,
    "Batch and stream write one store, and nobody owns it",
    why="The nightly run overwrites what the stream wrote a second ago, or the other way round, "
    "depending on which came last.",
    mend="Give each its own keys or its own store, or one owner that merges by event time; the "
    "notes of both edges can say who writes what.",
)
def two_writers(drawn: DrawnGraph) -> Iterator[Finding]:
    """A job of a stream and a job of a batch write the same store, without a note on both edges."""
    for node in drawn.design.nodes:
        if drawn.behaviour(node.id) is not Behaviour.STORE:
            continue
        streams = [e for e in drawn.into[node.id] if drawn.group(e.source) is NodeGroup.STREAMS]
        batches = [e for e in drawn.into[node.id] if _is_batch(drawn, e.source)]
        writers = (*streams, *batches)
        if drawn.group(node.id) in (NodeGroup.STORAGE, NodeGroup.SOURCES):
            continue  # lakes and systems of record are made for several writers
        if streams and batches and not all(edge.note.strip() for edge in writers):
            yield of_edges(
                f"{drawn.name(node.id)} is written by "
                f"{drawn.names(edge.source for edge in writers)}.",
                writers,
            )


def _is_batch(drawn: DrawnGraph, node_id: str) -> bool:
    return drawn.group(node_id) is NodeGroup.BATCH or drawn.kind_id(node_id) in FEATURE_MAKERS


@inspection(
    "index-without-version",
    Severity.SERIOUS,
    "Index and embedding model are not released together",
    why="Vectors of two versions of a model have nothing to do with each other. A new model on an "
    "old index returns neighbours that look fine and mean nothing.",
    mend="Release both from one registry entry: build the new index beside the old one and switch "
    "query model and index in one step.",
)
def index_without_version(drawn: DrawnGraph) -> Iterator[Finding]:
    """One caller asks embedding service and vector index, and no registry leads to both.

    An index that only people or feeds write (known hashes, say) holds no vectors of a model.
    """
    reached = {one: drawn.reach((one,), DATA) for one in drawn.of_kind(*REGISTRIES)}
    for embedding in drawn.of_kind("embedding-service"):
        callers = {edge.source for edge in drawn.into[embedding] if edge.mode is EdgeMode.SYNC}
        for index in drawn.of_kind("ann-index"):
            into = drawn.into[index]
            asked = any(e.mode is EdgeMode.SYNC and e.source in {*callers, embedding} for e in into)
            written = any(
                e.mode is not EdgeMode.SYNC and drawn.kind_id(e.source) in VECTOR_WRITERS
                for e in into
            )
            together = any(embedding in found and index in found for found in reached.values())
            if asked and written and not together:
                yield Finding(
                    f"No registry leads to both {drawn.name(embedding)} and {drawn.name(index)}.",
                    (embedding, index),
                )
