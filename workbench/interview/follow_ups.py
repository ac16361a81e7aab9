"""Follow-up questions as they are authored: `designs/prompts/<slug>/follow-ups.yaml`."""

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from designs.identifiers import Slug
from designs.library import PROMPTS
from designs.record import Record
from designs.stage import StageId
from designs.strict_document import read_record
from rubrics.criterion import Term, Unit

FILE_NAME = "follow-ups.yaml"
Spoken = Annotated[str, Field(min_length=20, max_length=400)]
"""What the interviewer says: a few sentences at most."""
Line = Annotated[str, Field(min_length=8, max_length=400)]
TermGroup = Annotated[tuple[Term, ...], Field(min_length=1, max_length=40)]


class QuantityMark(Record):
    """A number with a unit, as it is looked for in a text."""

    unit: Unit
    low: float | None = None
    high: float | None = None


class TextRule(Record):
    """What a text states or leaves out; all conditions given have to hold.

    A term counts where it is stated. One that is denied (`we do not calibrate`) does not.
    """

    all_of: Annotated[tuple[TermGroup, ...], Field(max_length=6)] = ()
    """Of each group at least one term is stated."""
    any_of: Annotated[tuple[Term, ...], Field(max_length=40)] = ()
    """At least one of these terms is stated."""
    none_of: Annotated[tuple[Term, ...], Field(max_length=60)] = ()
    """None of these terms is stated."""
    with_quantity: QuantityMark | None = None
    without_quantity: QuantityMark | None = None
    at_least_words: int | None = Field(default=None, ge=1, le=400)
    fewer_words: int | None = Field(default=None, ge=1, le=400)
    """Holds for an empty text too."""

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        if not self.model_fields_set - {"stages"}:
            raise ValueError("a rule needs at least one condition")
        return self


class Rule(TextRule):
    """When a question fits: conditions on the answer and on the drawing."""

    stages: Annotated[tuple[StageId, ...], Field(max_length=7)] = ()
    """Whose answers are read together; none means the question's own stage."""
    drawn: Annotated[tuple[Slug, ...], Field(max_length=10)] = ()
    """At least one node of these kinds is drawn."""
    not_drawn: Annotated[tuple[Slug, ...], Field(max_length=10)] = ()
    """No node of these kinds is drawn, although something is."""
    inspections: Annotated[tuple[Slug, ...], Field(max_length=10)] = ()
    """At least one of these inspections finds something in the drawing."""


class Probe(Record):
    """A second question, asked once if the reply leaves something out."""

    unless: TextRule
    """What the reply has to hold for the probe to be needless."""
    wording: Spoken


class FollowUp(Record):
    """A question about a weak spot of what the candidate wrote or drew."""

    id: Slug
    stage: StageId
    priority: int = Field(ge=1, le=5)
    """1 is asked first."""
    wording: Spoken
    why: Line
    """Why an interviewer asks it; shown after submission."""
    when: Rule
    good_reaction: Annotated[tuple[Line, ...], Field(min_length=1, max_length=4)]
    """What a good reply does, in general words; shown after submission."""
    probes: Annotated[tuple[Probe, ...], Field(min_length=1, max_length=2)]


class Change(Record):
    """A requirement that changes once, in the middle of a strict session."""

    id: Slug
    after: StageId
    """It is told when this stage, or a later one, is left."""
    wording: Spoken
    why: Line
    touches: Annotated[tuple[StageId, ...], Field(min_length=1, max_length=6)]
    """Stages whose answers it calls into question."""
    good_reaction: Annotated[tuple[Line, ...], Field(min_length=1, max_length=4)]
    probes: Annotated[tuple[Probe, ...], Field(min_length=1, max_length=2)]


class FollowUps(Record):
    """Everything that the interviewer may ask about one prompt."""

    schema_version: Literal[1]
    prompt: Slug
    questions: Annotated[tuple[FollowUp, ...], Field(min_length=12, max_length=20)]
    change: Change

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        ids = [self.change.id, *(one.id for one in self.questions)]
        twice = sorted({one for one in ids if ids.count(one) > 1})
        if twice:
            raise ValueError(f"questions: id used twice: {', '.join(twice)}")
        return self

    def asked_as(self, question_id: str) -> FollowUp | Change | None:
        """Return the question or the change with that id, or None if it was removed."""
        every: tuple[FollowUp | Change, ...] = (self.change, *self.questions)
        return next((one for one in every if one.id == question_id), None)


def load_follow_ups(slug: str, folder: Path = PROMPTS) -> FollowUps | None:
    """Return the follow-up questions of a prompt; None if its folder has none.

    Raises:
        ContentError: If the file cannot be read or breaks the schema.
    """
    path = folder / slug / FILE_NAME
    if not path.is_file():
        return None  # the lint says so; an interviewer who asks nothing is no reason to stop
    return read_record(path, FollowUps, f"designs/prompts/{slug}/{FILE_NAME}")
