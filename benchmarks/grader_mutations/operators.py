"""Mutation operators: what is broken, which criterion must notice, and in which words."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from designs.identifiers import Slug
from designs.record import Record
from designs.stage import STAGES, StageId
from designs.strict_document import read_record

CONTENT = Path(__file__).parent / "content"

Wording = Annotated[str, Field(min_length=4, max_length=300)]


class Edit(Record):
    """A part of an exemplar's answer, and what stands in its place."""

    find: str = Field(min_length=3)
    """Occurs exactly once in the answer to the operator's stage."""
    put: str | None = None
    """None is the operator's wording for this prompt; an empty text only removes."""


class ExemplarEdits(Record):
    """How an operator breaks the exemplar of one prompt."""

    edits: tuple[Edit, ...] = Field(min_length=1)
    exempt: tuple[Slug, ...] = ()
    """Criteria for which the text that goes was evidence too."""


class Operator(Record):
    """One thing to break in an answer that has it."""

    id: Slug
    title: str = Field(min_length=8, max_length=100)
    criterion: Slug
    """The one that must fall."""
    leaves: Literal["missing", "named"] = "missing"
    """The level that the broken answer still deserves."""
    wordings: tuple[Wording, ...] = Field(default=(), max_length=3)
    """What a candidate writes who gets it wrong; empty where nothing is written at all."""
    also: tuple[Slug, ...] = ()
    """Criteria that ask for the same thing in other words: they may fall with it."""
    exemplars: dict[Slug, ExemplarEdits]

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if self.leaves == "named" and not self.wordings:
            raise ValueError("an operator that leaves something says what it leaves")
        if self.criterion in self.also:
            raise ValueError("`also` names the criterion itself")
        return self


class OperatorFile(Record):
    """One authored file: the operators that act on one stage."""

    schema_version: Literal[1]
    stage: StageId
    operators: tuple[Operator, ...] = Field(min_length=1)


class StagedOperator(Record):
    """An operator and the stage whose answer it changes."""

    stage: StageId
    operator: Operator


def _read(folder: Path) -> Iterator[StagedOperator]:
    for stage in STAGES:
        name = f"{stage.value}.yaml"
        file = read_record(folder / name, OperatorFile, f"{folder.name}/{name}")
        for one in file.operators:
            yield StagedOperator(stage=file.stage, operator=one)


@lru_cache(maxsize=1)
def shipped_operators(folder: Path = CONTENT) -> tuple[StagedOperator, ...]:
    """Return all operators, stage by stage.

    Raises:
        ContentError: If a file cannot be read or breaks the schema.
    """
    return tuple(_read(folder))
