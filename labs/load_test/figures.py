"""What a load test found: the records that pages, reports and rubrics read.

All times are milliseconds, all shares lie between 0 and 1, all rates are per second.
"""

from enum import StrEnum

from pydantic import Field

from designs.identifiers import Slug
from designs.record import Record


class Slo(Record):
    """What the request path has to keep."""

    latency_ms: float = Field(gt=0, le=3.6e6)
    percentile: float = Field(default=99, gt=0, lt=100)
    max_error_rate: float = Field(default=0.001, ge=0, le=1)
    """Share of requests that may fail."""


class Verdict(StrEnum):
    """Whether the objective is kept, as far as the run can tell."""

    MET = "met"
    MISSED = "missed"
    TOO_CLOSE = "too_close"
    """The 95 % interval holds the limit: more replications are needed."""


class Estimate(Record):
    """A figure with its 95 % confidence interval."""

    value: float
    low: float
    high: float


class StationFigures(Record):
    """One station over all replications, after the warm-up."""

    id: Slug
    servers: int
    """Calls that it can work on at once; 0 where nothing queues."""
    utilisation: float
    """Work that was asked for over what it can do; above 1 the queue grows."""
    offered_rps: float
    """Calls that arrived a second, retries among them."""
    wait_mean_ms: float
    wait_p99_ms: float
    service_mean_ms: float
    service_p99_ms: float
    own_p99_ms: float
    """Of wait and service together."""
    shed_share: float
    """Calls refused because the queue was full."""
    path_ms: float
    """Mean time that it adds to a request: wait and service of visits on the critical path."""
    path_share: float


class CallFigures(Record):
    """One arrow over all replications, after the warm-up."""

    source: Slug
    target: Slug
    step: int
    per_request: float
    """Calls made for one request, retries not counted."""
    late_share: float
    """Calls that were late in every attempt."""
    refused_share: float
    """Calls that were refused, or failed further down, in the last attempt."""
    retries_per_call: float
    fallback_requests: float
    """Share of requests that went on with this call's fallback at least once."""
    last_share: float | None
    """How often it was the last of its step to be answered; None if nothing ran beside it."""


class SecondFigures(Record):
    """Requests that came in within one span of the run, over all replications."""

    second: int
    """Where the span begins."""
    requests: int
    p50_ms: float | None
    """None where no request was answered."""
    p99_ms: float | None
    missed_share: float
    """Requests later than the objective allows, or failed."""


class Overload(Record):
    """A station that is asked for more than it can do: there is no steady state."""

    station: Slug
    utilisation: float
    queue_growth_rps: float
    """Calls by which its queue grows each second."""
    breach_after_s: float | None
    """When the objective is first broken; None if it was not within the run."""


class Figures(Record):
    """The outcome of a load test."""

    verdict: Verdict
    reasons: tuple[str, ...]
    """Why, one sentence each, with the figures."""
    requests: int
    """In all replications together, after the warm-up."""
    replications: int
    dropped_s: float
    """Warm-up left out of every replication."""
    p50_ms: Estimate | None
    """Of answered requests. None for all three while a station is overloaded."""
    p95_ms: Estimate | None
    p99_ms: Estimate | None
    mean_ms: float | None
    naive_p99_ms: float | None
    """What adding up the p99 of all stations on the longest path would claim."""
    miss_rate: Estimate
    """Requests later than the objective allows, or failed."""
    error_rate: Estimate
    stations: tuple[StationFigures, ...]
    calls: tuple[CallFigures, ...]
    bottleneck: Slug | None
    """The station with the highest utilisation."""
    overload: Overload | None
    seconds: tuple[SecondFigures, ...]
    second_width: int
    """How many seconds one of these rows spans; more than one in a long run."""
    warnings: tuple[str, ...]
