"""The interview prompt: what the candidate is told, asked and may find out."""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from designs.content_hash import kept_hash
from designs.identifiers import Slug
from designs.record import Record
from designs.source import Grounded, Source
from designs.stage import STAGES, StageId

Text = Annotated[str, Field(min_length=1, max_length=4000)]
Line = Annotated[str, Field(min_length=1, max_length=400)]


class Seniority(StrEnum):
    """The level at which interviewers usually set the prompt."""

    MID = "mid"
    SENIOR = "senior"
    STAFF = "staff"


class Given(Record):
    """A fact that the candidate is told at the start."""

    id: Slug
    text: Line


class Reveal(Grounded):
    """A fact that the interviewer tells only when asked."""

    id: Slug
    stage: StageId
    """The stage in which a candidate usually asks for it."""
    topic: Line
    """What the question is about, in two to five words; shown as the button's label."""
    question: Line
    """The question in the candidate's mouth."""
    answer: Text


class ScaleFact(Grounded):
    """One number of the scale card."""

    id: Slug
    label: Line
    value: str = Field(min_length=1, max_length=60)
    """The figure as printed, for instance ``1,000`` or ``0.1``."""
    unit: str = Field(min_length=1, max_length=60)
    decides: Line
    """The design decision that the number forces."""


class Arrival(StrEnum):
    """How requests reach the system."""

    POISSON = "poisson"
    BURSTY = "bursty"


class Workload(Grounded):
    """The traffic that the request path has to carry."""

    mean_rps: float = Field(gt=0, le=1e8)
    """Requests per second, averaged over a day."""
    peak_rps: float = Field(gt=0, le=1e8)
    """Requests per second in the busiest hour."""
    payload_kb: float = Field(gt=0, le=1e5)
    """Size of one request in kilobytes."""
    corpus_items: int = Field(ge=0, le=10**12)
    """Items that can be retrieved or scored; 0 where the prompt has no corpus."""
    arrival: Arrival

    @model_validator(mode="after")
    def _peak_above_mean(self) -> Self:
        if self.peak_rps < self.mean_rps:
            raise ValueError("peak_rps is below mean_rps")
        return self


class Measure(StrEnum):
    """What an SLO bounds."""

    LATENCY = "latency"
    THROUGHPUT = "throughput"
    AVAILABILITY = "availability"
    FRESHNESS = "freshness"


class Slo(Grounded):
    """A service level objective: measure, quantile, threshold and unit."""

    id: Slug
    measure: Measure
    quantile: float | None = Field(default=None, gt=0, lt=1)
    """0.99 for a p99; absent where the measure has no quantile."""
    threshold: float = Field(gt=0)
    unit: Literal["ms", "s", "min", "h", "rps", "percent"]
    text: Line
    """The objective in words."""


class StageBrief(Record):
    """What a stage asks, how it helps and what good looks like."""

    id: StageId
    question: Text
    hints: tuple[Line, ...] = Field(min_length=2, max_length=4)
    """From a nudge to nearly the answer; their use is recorded."""
    good_looks_like: tuple[Line, ...] = Field(min_length=2, max_length=8)
    """Shown after submission only."""


class Prompt(Record):
    """One interview question with everything around it except the rubric."""

    schema_version: Literal[1]
    id: Slug
    title: Line
    summary: Line
    difficulty: Seniority
    tags: tuple[Slug, ...] = Field(min_length=1, max_length=8)
    context: Text
    """The interviewer's opening, in the second person."""
    givens: tuple[Given, ...] = Field(min_length=3, max_length=3)
    reveals: tuple[Reveal, ...] = Field(min_length=8, max_length=16)
    scale_card: tuple[ScaleFact, ...] = Field(min_length=5, max_length=16)
    workload: Workload
    slos: tuple[Slo, ...] = Field(min_length=1, max_length=6)
    stages: tuple[StageBrief, ...] = Field(min_length=7, max_length=7)
    sources: tuple[Source, ...] = Field(min_length=3, max_length=30)

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if tuple(brief.id for brief in self.stages) != STAGES:
            raise ValueError(f"stages must be the seven in order: {', '.join(STAGES)}")
        groups: dict[str, tuple[Given | Reveal | ScaleFact | Slo | Source, ...]] = {
            "givens": self.givens,
            "reveals": self.reveals,
            "scale_card": self.scale_card,
            "slos": self.slos,
            "sources": self.sources,
        }
        for name, entries in groups.items():
            ids = [entry.id for entry in entries]
            twice = sorted({i for i in ids if ids.count(i) > 1})
            if twice:
                raise ValueError(f"{name}: id used twice: {', '.join(twice)}")
        return self

    def stage(self, stage: StageId) -> StageBrief:
        """Return the brief of a stage."""
        return self.stages[STAGES.index(stage)]

    def reveal(self, reveal_id: str) -> Reveal | None:
        """Return the reveal with that id, or None."""
        return next((reveal for reveal in self.reveals if reveal.id == reveal_id), None)

    def grounded(self) -> tuple[Grounded, ...]:
        """Return every entry that must name a source or an assumption."""
        return (*self.reveals, *self.scale_card, self.workload, *self.slos)

    def content_hash(self) -> str:
        """Return the hash that submissions name, as 64 hexadecimal digits."""
        return kept_hash(self)
