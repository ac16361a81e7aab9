"""The drawn design: nodes and edges, and nothing about how they look."""

from enum import StrEnum
from typing import Any, Literal, Self

from pydantic import (
    Field,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)

from designs.identifiers import Slug
from designs.record import Record

MAX_NODES = 150
MAX_EDGES = 300
"""Above these a layered layout takes longer than the renderer is given (docs/adr/0004)."""


class EdgeMode(StrEnum):
    """How the source waits for the target."""

    SYNC = "sync"
    ASYNC = "async"
    BATCH = "batch"


class Zone(StrEnum):
    """The part of the system in which a node runs."""

    CLIENT = "client"
    ONLINE = "online"
    STREAM = "stream"
    OFFLINE = "offline"
    HUMAN = "human"


class Balancing(StrEnum):
    """Which replica a call waits for."""

    LEAST_WORK = "least_work"
    """One queue for all replicas."""
    ROUND_ROBIN = "round_robin"
    RANDOM = "random"


class _Grown(Record):
    """A record that got more fields after designs were stored.

    The later fields are written only where they say something, so that a design that does not
    use them keeps its content hash and its exported bytes.
    """

    @model_serializer(mode="wrap")
    def _without_unused(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        later = {
            name
            for name, field in type(self).model_fields.items()
            if name in _LATER and getattr(self, name) == field.default
        }
        return {name: value for name, value in write(self).items() if name not in later}


class NodeOverrides(_Grown):
    """What the candidate knows better than the palette's defaults; absent means default."""

    service_p50_ms: float | None = Field(default=None, gt=0, le=3.6e6)
    service_p99_ms: float | None = Field(default=None, gt=0, le=3.6e6)
    concurrency: int | None = Field(default=None, ge=1, le=100_000)
    """Requests that one replica works on at the same time."""
    cache_hit_ratio: float | None = Field(default=None, ge=0, le=1)
    items_per_call: int | None = Field(default=None, ge=1, le=1_000_000)
    """Candidates, rows, texts or pairs that one call brings."""
    per_item_ms: float | None = Field(default=None, gt=0, le=3.6e6)
    """Time that each item adds; the service time is then that of a call without items."""
    max_batch_size: int | None = Field(default=None, ge=1, le=4096)
    """Calls that an accelerator works on together."""
    batch_delay_ms: float | None = Field(default=None, ge=0, le=3.6e6)
    """How long a batch waits to be filled."""
    tokens_in: int | None = Field(default=None, ge=0, le=2_000_000)
    tokens_out: int | None = Field(default=None, ge=1, le=200_000)
    """Tokens that a language model reads and writes in one call."""
    max_queue: int | None = Field(default=None, ge=0, le=10_000_000)
    """Calls that may wait; one more is refused at once."""
    load_balancing: Balancing | None = None
    usd_per_replica_hour: float | None = Field(default=None, ge=0, le=10_000)


class Node(Record):
    """One part of the system, of a kind that the palette describes."""

    id: Slug
    kind: Slug
    label: str = Field(default="", max_length=120)
    """What the drawing shows; empty means the kind's own label."""
    replicas: int = Field(default=1, ge=1, le=10_000)
    zone: Zone | None = None
    """Overrides the kind's usual zone."""
    note: str = Field(default="", max_length=500)
    overrides: NodeOverrides = NodeOverrides()


class Edge(_Grown):
    """One call, message or batch transfer from a node to another."""

    source: Slug
    target: Slug
    mode: EdgeMode = EdgeMode.SYNC
    calls_per_request: float = Field(default=1, gt=0, le=100_000)
    timeout_ms: float | None = Field(default=None, gt=0, le=3.6e6)
    fallback: str = Field(default="", max_length=120)
    """What the source answers when the target fails or is late; empty means nothing."""
    note: str = Field(default="", max_length=120)
    step: int | None = Field(default=None, ge=0, le=100)
    """Place among the calls of its source: those of one step are made side by side."""
    max_retries: int = Field(default=0, ge=0, le=10)
    backoff_ms: float = Field(default=0, ge=0, le=3.6e6)
    """How long the source waits before each retry."""
    cancel_on_timeout: bool = False
    """Whether the target drops a call that nobody waits for any more; else it works on."""
    quality_loss: str = Field(default="", max_length=120)
    """What an answer loses with the fallback, such as "popular items, 8 % fewer clicks"."""


_LATER = frozenset(
    """
    items_per_call per_item_ms max_batch_size batch_delay_ms tokens_in tokens_out max_queue
    load_balancing usd_per_replica_hour
    step max_retries backoff_ms cancel_on_timeout quality_loss
    """.split()
)
"""Fields of nodes and edges that came with the load test."""


class Design(Record):
    """A directed graph of nodes; every view, check and run is a function of it."""

    nodes: tuple[Node, ...] = Field(default=(), max_length=MAX_NODES)
    edges: tuple[Edge, ...] = Field(default=(), max_length=MAX_EDGES)

    @model_validator(mode="after")
    def _is_a_graph(self) -> Self:
        ids = [node.id for node in self.nodes]
        twice = sorted({i for i in ids if ids.count(i) > 1})
        if twice:
            raise ValueError(f"node id used twice: {', '.join(twice)}")
        known = set(ids)
        for edge in self.edges:
            for end in (edge.source, edge.target):
                if end not in known:
                    raise ValueError(
                        f"edge {edge.source} -> {edge.target}: there is no node {end!r}"
                    )
            if edge.source == edge.target:
                raise ValueError(f"edge {edge.source} -> {edge.target}: a node cannot call itself")
        return self

    def node(self, node_id: str) -> Node | None:
        """Return the node with that id, or None."""
        return next((node for node in self.nodes if node.id == node_id), None)


class DesignDocument(Record):
    """A drawn design on its own, as it is exported and imported."""

    schema_version: Literal[1] = 1
    title: str = Field(default="", max_length=400)
    design: Design
