"""The attempt document: the unit of import and export, in YAML or JSON."""

from datetime import datetime
from typing import Literal, Self

from pydantic import Field, model_validator

from designs.drawing import Design
from designs.identifiers import Slug
from designs.record import Record
from designs.stage import StageId
from designs.submission import Answers
from designs.transcript import Transcript


class SelfRating(Record):
    """A level that the candidate claims, and the sentence that is to show it."""

    criterion_id: Slug
    level_id: Slug
    quote: str = Field(default="", max_length=5000)
    """Verbatim from the answer; empty where the drawing or nothing is pointed at."""
    node_ids: tuple[Slug, ...] = ()


class SessionEvent(Record):
    """Something that happened in a practice session; events are never changed."""

    kind: Literal[
        "entered",
        "resumed",
        "worked",
        "asked",
        "hinted",
        "submitted",
        "self-review-skipped",
        "self-review-finished",
        "spoke",
        "replied",
        "passed",
        "interviewer",
    ]
    at: datetime
    """Time zone aware."""
    stage: StageId | None = None
    subject: str = Field(default="", max_length=64)
    """What the event is about.

    The reveal that was asked for; the number of the hint that was opened, of what the interviewer
    said or of what was replied to; how the interviewer takes part from now on.
    """

    @model_validator(mode="after")
    def _has_zone(self) -> Self:
        if self.at.tzinfo is None:
            raise ValueError("at needs a time zone, for instance 2026-05-01T09:30:00Z")
        return self


class Argument(Record):
    """Whom the learner believes where two graders disagree; arguments are never changed."""

    criterion_id: Slug
    outcome: Literal["offline", "second-opinion", "own-words"]
    """Who is right; `own-words` where neither is, or both are in part."""
    words: str = Field(default="", max_length=2000)
    """The learner's reason."""
    offline: str = Field(max_length=300)
    """Name, version and settings of the offline grader."""
    offline_level: Slug | None = None
    """What it said; None if it could not judge."""
    second_opinion: str = Field(max_length=300)
    """Model, version and settings of the second opinion."""
    second_level: Slug | None = None
    at: datetime
    """Time zone aware."""

    @model_validator(mode="after")
    def _has_zone_and_words(self) -> Self:
        if self.at.tzinfo is None:
            raise ValueError("at needs a time zone, for instance 2026-05-01T09:30:00Z")
        if self.outcome == "own-words" and not self.words.strip():
            raise ValueError("words must not be empty when outcome is own-words")
        return self


class SessionRecord(Record):
    """How the answers came about; absent in a document written by hand."""

    budget_minutes: Literal[45, 60]
    created_at: datetime
    """Time zone aware."""
    events: tuple[SessionEvent, ...] = Field(default=(), max_length=5000)
    prompt_hash: str = Field(pattern=r"^[0-9a-f]{64}$")
    submission_hash: str | None = Field(default=None, pattern=r"^[0-9a-f]{64}$")
    """Present once submitted. Scores are never part of a document: they are computed anew."""
    self_ratings: tuple[SelfRating, ...] = Field(default=(), max_length=200)
    arguments: tuple[Argument, ...] = Field(default=(), max_length=1000)
    """In the order in which they were made; a later one about the same criterion counts."""

    @model_validator(mode="after")
    def _has_zone(self) -> Self:
        if self.created_at.tzinfo is None:
            raise ValueError("created_at needs a time zone, for instance 2026-05-01T09:30:00Z")
        return self


class DraftRows(Record):
    """Rows of the drawing tables that are not (yet) part of a valid design."""

    nodes: tuple[dict[str, str], ...] = Field(default=(), max_length=200)
    edges: tuple[dict[str, str], ...] = Field(default=(), max_length=400)


class AttemptDocument(Record):
    """Answers, drawing and, for an exported session, how they came about."""

    schema_version: Literal[1]
    prompt: Slug
    answers: Answers = Field(default_factory=dict, validate_default=True)
    design: Design = Design()
    unfinished: DraftRows = DraftRows()
    transcript: Transcript = ()
    """What the interviewer asked, with the replies; absent where none took part."""
    session: SessionRecord | None = None


class Fault(Record):
    """A named mistake of a flawed design."""

    id: Slug
    stage: StageId
    title: str = Field(min_length=1, max_length=200)
    explanation: str = Field(min_length=1, max_length=1500)
    """Why it is wrong and what it costs."""
    criteria: tuple[Slug, ...] = Field(min_length=1)
    """Rubric criteria that must not reach their top level because of it."""


class ReferenceDocument(AttemptDocument):
    """An exemplar (no faults) or a flawed design (named faults)."""

    title: str = Field(min_length=1, max_length=200)
    notes: str = Field(default="", max_length=4000)
    """What a reader should notice."""
    faults: tuple[Fault, ...] = ()
