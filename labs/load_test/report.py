"""What a load test found: one value, from which page, command line and graders read.

A report is a function of design, prompt, palette, scenario, seed, number of requests and engine
version; it holds no time of day. Times are milliseconds, shares are fractions of one, money is US
dollars. Texts that a learner wrote (labels, fallbacks) are data: escape them where they are shown.
"""

from enum import StrEnum
from typing import Literal

from pydantic import Field

from designs.identifiers import Slug
from designs.prompt import Measure
from designs.record import Record
from labs.load_test.figures import Estimate, SecondFigures


class Verdict(StrEnum):
    """Whether an objective held."""

    MET = "MET"
    MISSED = "MISSED"
    TOO_CLOSE = "TOO_CLOSE"
    """The confidence interval holds the threshold: run longer, or leave a margin."""
    NOT_TESTED = "NOT_TESTED"
    """A load test cannot tell, for instance how fresh data is."""

    @property
    def words(self) -> str:
        """The verdict as a reader sees it."""
        return self.value.replace("_", " ")


class Latency(Record):
    """Time from request to answer over all requests that were answered, in milliseconds."""

    p50: Estimate
    p95: Estimate
    p99: Estimate


class SloVerdict(Record):
    """One objective of the prompt, judged."""

    slo_id: Slug
    measure: Measure
    quantile: float | None
    threshold: float
    unit: str
    text: str
    """The objective in the prompt's words."""
    figure: Estimate | None
    """What was found, in the objective's unit; absent where there is no steady state."""
    verdict: Verdict
    reason: str
    """One sentence: why this verdict."""


class InputGrade(StrEnum):
    """Where the times of a node come from."""

    SOURCED = "sourced"
    """The catalogue, with a public source."""
    ASSUMPTION = "assumption"
    """The catalogue, as a guess that says so."""
    OWN = "own"
    """Whoever drew the design gave them."""
    NONE = "none"
    """The node has no time of its own, such as a client."""


class NodeFigures(Record):
    """One node of the drawing under load."""

    node_id: Slug
    title: str
    """Label, or else the kind's. A learner's label: escape it."""
    kind: Slug
    on_path: bool
    """Whether a request waits for it; the others bring load and cost only."""
    replicas: int
    concurrency: int
    calls_per_request: float
    """Calls that reach it for one request, retries left out."""
    offered_rps: float
    """Calls that reach it in a second, retries included."""
    utilisation: float
    """Share of its servers' time that its calls take; 1 or more means that it falls behind."""
    p50_service_ms: float | None
    p99_service_ms: float | None
    mean_wait_ms: float | None = None
    p99_wait_ms: float | None = None
    late_share: float = 0
    """Share of the calls to it that were late in every attempt."""
    retries_per_call: float = 0
    shed_share: float = 0
    """Share of the calls to it that its full queue refused."""
    grade: InputGrade
    basis: str
    """Where its times come from, in words, with the source's title."""
    source_url: str = ""
    usd_per_month: float = 0
    price_basis: str = ""


class FallbackShare(Record):
    """How often a caller went on without an answer."""

    source: Slug
    target: Slug
    fallback: str
    """What it went on with. A learner's text: escape it."""
    quality_loss: str
    """What that costs, as it was drawn; empty where it was not said."""
    share: float
    """Share of all requests in which this fallback was taken."""


class Overload(Record):
    """A node that more work reaches than it can do; it has no steady state and so no p99."""

    node_id: Slug
    utilisation: float
    growth_per_s: float
    """Calls by which its queue grows in a second."""
    breach_after_s: float | None
    """Seconds until waiting alone breaks the latency objective; none off the request path."""
    replicas_needed: int
    """Replicas that bring it below 80 % utilisation."""
    text: str


class Span(Record):
    """One bar of the waterfall: a call along the request path, with typical times."""

    node_id: Slug
    title: str
    depth: int
    """Calls between it and the entry."""
    starts_ms: float
    wait_ms: float
    """Mean time in the queue."""
    service_ms: float
    """Mean time of its own work."""
    ends_ms: float
    """When its answer is there, the calls that it makes included."""
    probability: float
    """Share of requests that come here."""
    critical: bool
    """Whether the request's answer waits for this one rather than for one beside it."""


class CostRow(Record):
    """What one node costs."""

    node_id: Slug
    title: str
    replicas: int
    usd_per_replica_hour: float
    usd_per_month: float
    grade: InputGrade
    basis: str
    """Where the price comes from, in words, with the source's title."""
    source_url: str = ""
    """Where the price was published; empty for an assumption and for a price of the drawing."""


class Cost(Record):
    """What the replicas cost; storage, traffic between zones and people are left out."""

    usd_per_month: float
    """730 hours of every replica with a price."""
    usd_per_thousand_requests: float
    """The month divided by the requests of a month at the mean rate."""
    rows: tuple[CostRow, ...]
    unpriced: tuple[Slug, ...]
    """Nodes without a price, such as jobs that are paid by the run."""


class InferredStep(Record):
    """The order in which a caller makes its calls, where the drawing did not say it."""

    caller: Slug
    steps: tuple[tuple[Slug, ...], ...]
    """Targets of one step are called side by side."""
    reason: str


class LoadTestReport(Record):
    """Everything that one load test found."""

    schema_version: Literal[1] = 1
    prompt_id: Slug
    design_hash: str
    scenario: str
    scenario_text: str
    seed: int
    requests: int
    """Requests that were simulated, over all replications."""
    replications: int
    engine_version: str
    arrival: str
    """How requests arrive, in words."""
    offered_rps: float
    stable: bool
    """Whether every node can do the work that reaches it."""
    latency: Latency | None
    """Absent where the design is not stable: then there is no p99."""
    throughput_rps: float
    """Requests a second that get an answer, a fallback's included."""
    failed_share: Estimate
    """Share of requests without any answer."""
    fallback_requests_share: float
    """Share of requests in which at least one fallback was taken (an upper bound: their sum)."""
    verdicts: tuple[SloVerdict, ...]
    nodes: tuple[NodeFigures, ...]
    bottleneck: Slug | None
    """The node of the request path with the highest utilisation."""
    overloads: tuple[Overload, ...]
    fallbacks: tuple[FallbackShare, ...]
    waterfall: tuple[Span, ...]
    naive_p99_ms: float | None
    """Sum of the p99s along the path, which is not the p99 of the sum."""
    by_second: tuple[SecondFigures, ...]
    """Filled for incidents; empty for a steady run."""
    second_width: int = 1
    """Seconds that each of these rows stands for."""
    cost: Cost
    inferred: tuple[InferredStep, ...]
    remarks: tuple[str, ...]
    """What the lab took for granted, one sentence each."""
    warnings: tuple[str, ...]
    """What weakens the result, one sentence each."""

    def verdict(self, slo_id: str) -> SloVerdict | None:
        """Return the verdict on an objective, or None."""
        return next((one for one in self.verdicts if one.slo_id == slo_id), None)

    def node(self, node_id: str) -> NodeFigures | None:
        """Return the figures of a node, or None."""
        return next((one for one in self.nodes if one.node_id == node_id), None)


class LoadPoint(Record):
    """One point of the curve of latency against load."""

    rps: float
    p50_ms: float | None
    p99_ms: float | None
    """Absent where the load is more than the design can carry."""
    failed_share: float
    fallback_share: float
    """Sum of the shares of requests that took each fallback."""


class LoadCurve(Record):
    """Latency against load on common random numbers, and where it turns upwards."""

    points: tuple[LoadPoint, ...] = Field(min_length=1)
    capacity_rps: float
    """The load at which the first node of the path is fully used."""
    headroom_rps: float | None
    """The highest load that meets the latency objective; absent where none does."""
    threshold_ms: float | None


class SizingHint(Record):
    """A change that would help, checked by a run of the changed design."""

    node_id: Slug
    title: str
    replicas_now: int
    replicas_needed: int
    usd_per_month: float
    """What the change adds to the month."""
    text: str


class Sizing(Record):
    """What would meet the latency objective."""

    hints: tuple[SizingHint, ...]
    verdict_after: Verdict | None
    """The verdict with all hints applied; none where there is nothing to change."""
    p99_after_ms: float | None
    text: str
    """One or two sentences for the reader."""
