"""Known mistakes: statements that an interviewer would stop a candidate over."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from designs.identifiers import Slug
from designs.record import Record
from designs.source import Source
from designs.stage import StageId
from rubrics.criterion import Sentence, Term

TermGroup = Annotated[tuple[Term, ...], Field(min_length=1, max_length=60)]
"""Wordings, one of which has to be there."""


class Mistake(Record):
    """A serious technical mistake, how it is worded, and what only looks like it."""

    id: Slug
    stage: StageId
    also_in: tuple[StageId, ...] = ()
    """Further stages in whose answers it may stand."""
    severity: Literal["serious", "slip"] = "serious"
    """A serious one limits the score of its stage; a slip is only shown."""
    title: str = Field(min_length=8, max_length=120)
    why: str = Field(min_length=30, max_length=500)
    """What goes wrong in production because of it."""
    instead: str = Field(min_length=15, max_length=300)
    """What to do in its place."""
    says: tuple[TermGroup, ...] = Field(min_length=1, max_length=5)
    """Groups of wordings; a statement shows the mistake if it has one of each, undenied."""
    unless: tuple[Term, ...] = Field(default=(), max_length=60)
    """Wordings that make the statement right when they stand in it or beside it."""
    phrasings: tuple[Sentence, ...] = Field(min_length=6, max_length=12)
    """Statements of the mistake by different pens."""
    lookalikes: tuple[Sentence, ...] = Field(min_length=3, max_length=10)
    """Correct statements in similar words, which must not be taken for it."""
    sources: tuple[Slug, ...] = ()

    @model_validator(mode="after")
    def _stages_differ(self) -> Self:
        if self.stage in self.also_in or len(set(self.also_in)) != len(self.also_in):
            raise ValueError("a stage is named twice")
        return self

    @property
    def stages(self) -> tuple[StageId, ...]:
        """Every stage in whose answers it is looked for."""
        return (self.stage, *self.also_in)


class MistakeFile(Record):
    """One authored file: the mistakes that belong to a stage."""

    schema_version: Literal[1]
    stage: StageId
    mistakes: tuple[Mistake, ...] = Field(min_length=1)
    sources: tuple[Source, ...] = ()

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        ids = [one.id for one in self.mistakes]
        if len(set(ids)) != len(ids):
            raise ValueError("mistake id used twice")
        strangers = [one.id for one in self.mistakes if one.stage != self.stage]
        if strangers:
            raise ValueError(f"belongs to another stage: {', '.join(strangers)}")
        return self
