"""What the load test runs: stations that serve calls, and who calls whom.

A network knows no kinds, labels or prompts. It is made from a design by the lab and run by the
engine. Times are milliseconds here and seconds inside the engine.

One request enters at the entry station. A station serves it for its own service time and then
makes its calls: those of one step side by side, the steps one after another. Its answer is ready
when the last step is. Callers are asynchronous: nobody holds a server while waiting for a call.
"""

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from designs.identifiers import Slug
from designs.record import Record


class Family(StrEnum):
    """The shape of a service time's distribution."""

    LOGNORMAL = "lognormal"
    EXPONENTIAL = "exponential"
    DETERMINISTIC = "deterministic"


class LoadBalancing(StrEnum):
    """Which replica a call waits for."""

    LEAST_WORK = "least_work"
    """One queue for all replicas: a call starts where a server is free first."""
    ROUND_ROBIN = "round_robin"
    RANDOM = "random"


class Service(Record):
    """Time of one call without waiting.

    A lognormal goes through both quantiles; an exponential and a fixed time through the median.
    """

    p50_ms: float = Field(gt=0, le=3.6e6)
    p99_ms: float = Field(gt=0, le=3.6e6)
    family: Family = Family.LOGNORMAL

    @model_validator(mode="after")
    def _is_ordered(self) -> Self:
        if self.p99_ms < self.p50_ms:
            raise ValueError("p99_ms is below p50_ms")
        return self


class Batching(Record):
    """Dynamic micro-batching: a batch starts when it is full or its first call waited enough."""

    max_batch_size: int = Field(ge=1, le=4096)
    max_queue_delay_ms: float = Field(ge=0, le=3.6e6)
    base_ms: float = Field(ge=0, le=3.6e6)
    per_item_ms: float = Field(ge=0, le=3.6e6)


class Station(Record):
    """A part that calls queue for; without a service time it only passes them on."""

    id: Slug
    service: Service | None = None
    replicas: int = Field(default=1, ge=1, le=10_000)
    concurrency: int = Field(default=1, ge=1, le=100_000)
    """Calls that one replica works on at once."""
    delay: bool = False
    """Whether there is no queue: every call is served at once, such as a network hop."""
    load_balancing: LoadBalancing = LoadBalancing.LEAST_WORK
    batching: Batching | None = None
    """Takes the place of the service time where it is given."""
    max_queue: int | None = Field(default=None, ge=0, le=10_000_000)
    """Calls that may wait; one more is refused at once."""


class Fallback(Record):
    """What the caller goes on with when a call is late or refused."""

    ms: float = Field(default=0, ge=0, le=3.6e6)
    """Time that the answer of the fallback takes."""
    text: str = Field(default="", max_length=200)
    quality_loss: str = Field(default="", max_length=200)
    """What is lost, in the words of whoever drew it; shown beside its share."""


class Call(Record):
    """One arrow of the request path."""

    source: Slug
    target: Slug
    step: int = Field(default=0, ge=0, le=100)
    """Calls of one step are made side by side; a step starts when the one before it is answered."""
    probability: float = Field(default=1, gt=0, le=1)
    """Share of the source's calls that make this call."""
    fan_out: int = Field(default=1, ge=1, le=1000)
    """Calls made side by side, all of them waited for."""
    waited_for: bool = True
    """Whether the source waits for the answer; if not, the call only brings load."""
    timeout_ms: float | None = Field(default=None, gt=0, le=3.6e6)
    fallback: Fallback | None = None
    """Without one, a late or refused call makes the request fail."""
    max_retries: int = Field(default=0, ge=0, le=10)
    backoff_ms: float = Field(default=0, ge=0, le=3.6e6)
    cancel_on_timeout: bool = False
    """Whether the target drops a call that its caller no longer waits for; else it works on."""


class Network(Record):
    """Stations and calls; entry is where requests come in."""

    entry: Slug
    stations: tuple[Station, ...] = Field(min_length=1, max_length=200)
    calls: tuple[Call, ...] = Field(default=(), max_length=500)

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        ids = [station.id for station in self.stations]
        twice = sorted({one for one in ids if ids.count(one) > 1})
        if twice:
            raise ValueError(f"station id used twice: {', '.join(twice)}")
        for end in [
            self.entry,
            *(end for call in self.calls for end in (call.source, call.target)),
        ]:
            if end not in ids:
                raise ValueError(f"there is no station {end!r}")
        return self


class Arrivals(StrEnum):
    """How the rate of requests moves over the run."""

    CONSTANT = "constant"
    SPIKE = "spike"
    RAMP = "ramp"
    DAILY = "daily"


class Traffic(Record):
    """The requests of one run."""

    rps: float = Field(gt=0, le=1e8)
    """Requests a second; of a spike, a ramp or a day, the rate outside the peak."""
    profile: Arrivals = Arrivals.CONSTANT
    peak_factor: float = Field(default=1, ge=1, le=1000)
    """The highest rate over `rps`."""
    peak_from_s: float = Field(default=0, ge=0, le=1e6)
    peak_for_s: float = Field(default=0, ge=0, le=1e6)
    """Where a spike lies; a ramp climbs over this time; a day is one wave of this length."""
    burstiness_cv: float = Field(default=1, ge=0, le=20)
    """Coefficient of variation of the gaps between requests; 1 is Poisson."""


class Outage(Record):
    """Replicas of a station that are gone for a while, or a station that is slow."""

    station: Slug
    from_s: float = Field(ge=0, le=1e6)
    for_s: float = Field(gt=0, le=1e6)
    replicas_lost: int = Field(default=0, ge=0, le=10_000)
    slow_factor: float = Field(default=1, ge=1, le=1000)
    """Service times that start in this span are multiplied by it."""
