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

    def kind(self, kind_id: str) -> NodeKind | None:
        """Return the kind with that id, or None."""
        return next((kind for kind in self.kinds if kind.id == kind_id), None)

    def unknown_kinds(self, design: Design) -> tuple[str, ...]:
        """Return the kinds that a design uses and the palette lacks, sorted."""
        known = {kind.id for kind in self.kinds}
        return tuple(sorted({node.kind for node in design.nodes} - known))
