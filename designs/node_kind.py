"""The palette: the kinds of node that a design may use."""

from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, model_validator

from designs.drawing import Design, Zone
from designs.identifiers import Slug
from designs.record import Record
from designs.source import Grounded, Source


class NodeGroup(StrEnum):
    """A drawer of the palette."""

    SOURCES = "sources"
    STREAMS = "streams"
    BATCH = "batch"
    STORAGE = "storage"
    FEATURES = "features"
    TRAINING = "training"
    REGISTRY = "registry"
    SERVING = "serving"
    RETRIEVAL = "retrieval"
    CACHES = "caches"
    QUEUES = "queues"
    REVIEW = "review"
    MONITORING = "monitoring"
    EXPERIMENT = "experiment"


class Behaviour(StrEnum):
    """How a kind acts when the design is run."""

    SERVER = "server"
    POOL = "pool"
    CACHE = "cache"
    QUEUE = "queue"
    STORE = "store"
    JOB = "job"
    PEOPLE = "people"


class ServiceTime(Grounded):
    """Time of one call without waiting; a lognormal through the two quantiles."""

    p50_ms: float = Field(gt=0)
    p99_ms: float = Field(gt=0)
    note: str = Field(default="", max_length=300)
    """What the source really says, and which of the two figures it gives."""

    @model_validator(mode="after")
    def _is_ordered(self) -> Self:
        if self.p99_ms < self.p50_ms:
            raise ValueError("p99_ms is below p50_ms")
        return self


class ItemCost(Grounded):
    """What the items of a call add to its time: candidates, rows, texts."""

    unit: str = Field(min_length=1, max_length=30)
    """What an item is, in the plural."""
    items: int = Field(ge=1)
    """Items for which the kind's service time stands."""
    per_item_ms: float = Field(gt=0)
    """Time by which each item more or less moves the median; the tail moves in proportion."""


class BatchCost(Grounded):
    """Dynamic micro-batching: the time of a batch is a part of its own and one for each call."""

    base_ms: float = Field(gt=0)
    per_call_ms: float = Field(gt=0)
    delay_ms: float = Field(ge=0)
    """How long a batch waits to be filled, where the drawing does not say it."""


class TokenCost(Grounded):
    """Time of a language model: the prompt is read at once, the answer written word by word."""

    prefill_ms_per_token: float = Field(gt=0)
    decode_ms_per_token: float = Field(gt=0)
    tail: float = Field(ge=1)
    """99th percentile over the median, since answers differ in length."""
    concurrency: int = Field(ge=1)
    """Answers that one replica writes at once, at this time a token."""
    note: str = Field(default="", max_length=300)


class Price(Grounded):
    """What one replica costs."""

    usd_per_replica_hour: float = Field(ge=0)


class ThroughputCheck(Grounded):
    """A published throughput, to hold against concurrency divided by the mean service time."""

    rps: float = Field(gt=0)
    """Calls a second of one replica."""
    note: str = Field(default="", max_length=300)


class NodeKind(Record):
    """One entry of the palette."""

    id: Slug
    label: str = Field(min_length=1, max_length=60)
    group: NodeGroup
    zone: Zone
    behaviour: Behaviour
    shape: Literal[
        "box", "cylinder", "hexagon", "ellipse", "folder", "note", "component", "parallelogram"
    ]
    description: str = Field(min_length=1, max_length=300)
    """What it is for and when to use it, in one or two sentences."""
    service_time: ServiceTime | None = None
    """Absent for kinds that never sit on a request path."""
    concurrency: int | None = Field(default=None, ge=1)
    """Calls that one replica works on at once."""
    item_cost: ItemCost | None = None
    batching: BatchCost | None = None
    token_cost: TokenCost | None = None
    price: Price | None = None
    """Absent for people, and for jobs that are paid by the run."""
    throughput: ThroughputCheck | None = None

    @model_validator(mode="after")
    def _items_are_part_of_the_time(self) -> Self:
        if self.item_cost is not None and (
            self.service_time is None
            or self.item_cost.items * self.item_cost.per_item_ms >= self.service_time.p50_ms
        ):
            raise ValueError("item_cost: the items take all of service_time.p50_ms or more")
        return self

    def grounded(self) -> tuple[Grounded, ...]:
        """Return every entry that names a source or an assumption."""
        entries = (
            self.service_time,
            self.item_cost,
            self.batching,
            self.token_cost,
            self.price,
            self.throughput,
        )
        return tuple(one for one in entries if one is not None)


class Palette(Record):
    """All node kinds, in the order in which they are shown."""

    schema_version: Literal[1]
    kinds: tuple[NodeKind, ...] = Field(min_length=1, max_length=80)
    sources: tuple[Source, ...] = ()

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        ids = [kind.id for kind in self.kinds]
        twice = sorted({i for i in ids if ids.count(i) > 1})
        if twice:
            raise ValueError(f"kind id used twice: {', '.join(twice)}")
        return self

    @model_validator(mode="after")
    def _sources_exist(self) -> Self:
        known = {source.id for source in self.sources}
        for kind in self.kinds:
            for entry in kind.grounded():
                if entry.source is not None and entry.source not in known:
                    raise ValueError(f"{kind.id}: there is no source {entry.source!r}")
        return self

    def source(self, source_id: str | None) -> Source | None:
        """Return the source with that id, or None."""
        return next((one for one in self.sources if one.id == source_id), None)

    def kind(self, kind_id: str) -> NodeKind | None:
        """Return the kind with that id, or None."""
        return next((kind for kind in self.kinds if kind.id == kind_id), None)

    def unknown_kinds(self, design: Design) -> tuple[str, ...]:
        """Return the kinds that a design uses and the palette lacks, sorted."""
        known = {kind.id for kind in self.kinds}
        return tuple(sorted({node.kind for node in design.nodes} - known))
