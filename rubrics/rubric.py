"""Rubrics: the criteria of all stages, their identity, and how an edit is classified."""

from enum import IntEnum
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from designs.content_hash import canonical_json, kept_hash, text_hash
from designs.identifiers import Slug
from designs.record import Record
from designs.source import Source
from designs.stage import StageId
from rubrics.criterion import Criterion


class RubricFile(Record):
    """One authored file: the core criteria, or those of a single prompt."""

    schema_version: Literal[1]
    id: Slug
    """`core-<stage>`, or the id of the prompt that the criteria belong to."""
    title: str
    criteria: tuple[Criterion, ...] = Field(min_length=1)
    sources: tuple[Source, ...] = ()


class Rubric(Record):
    """What one prompt is judged by: core criteria and its own, stage by stage."""

    schema_version: Literal[1] = 1
    id: Slug
    """The prompt's id."""
    title: str
    criteria: tuple[Criterion, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        ids = [criterion.id for criterion in self.criteria]
        twice = sorted({i for i in ids if ids.count(i) > 1})
        if twice:
            raise ValueError(f"criterion id used twice: {', '.join(twice)}")
        return self

    def stage(self, stage: StageId) -> tuple[Criterion, ...]:
        """Return the criteria of a stage, in order."""
        return tuple(one for one in self.criteria if one.stage == stage)

    def criterion(self, criterion_id: str) -> Criterion | None:
        """Return the criterion with that id, or None."""
        return next((one for one in self.criteria if one.id == criterion_id), None)

    def content_hash(self) -> str:
        """Return the hash of every word and number."""
        return kept_hash(self)

    def structure_hash(self) -> str:
        """Return the hash of ids, stages, weights, and of the levels with what they need.

        Two rubrics with equal structure hashes differ in wording only, so that assessments
        made with either can be shown side by side.
        """
        return kept_hash(self, _structure)


def _structure(rubric: Rubric) -> str:
    return text_hash(
        canonical_json(
            [
                # a default of 1 is the weight 1.0 of a file
                [one.id, one.stage, float(one.weight), _scale(one)]
                for one in sorted(rubric.criteria, key=lambda one: one.id)
            ]
        )
    )


class RubricChange(IntEnum):
    """The class of an edit, from harmless to breaking."""

    NONE = 0
    WORDING = 1
    WEIGHTS = 2
    LEVELS = 3
    CRITERIA = 4

    @property
    def comparable(self) -> bool:
        """True if old per-criterion results may be shown beside new ones."""
        return self <= RubricChange.WEIGHTS


def classify_change(old: Rubric, new: Rubric) -> RubricChange:
    """Return the most serious class of the differences between two rubrics."""
    if old.content_hash() == new.content_hash():
        return RubricChange.NONE
    before = {one.id: one for one in old.criteria}
    after = {one.id: one for one in new.criteria}
    if before.keys() != after.keys() or any(before[i].stage != after[i].stage for i in before):
        return RubricChange.CRITERIA
    if any(_scale(before[i]) != _scale(after[i]) for i in before):
        return RubricChange.LEVELS
    if any(before[i].weight != after[i].weight for i in before):
        return RubricChange.WEIGHTS
    return RubricChange.WORDING


def _scale(criterion: Criterion) -> list[dict[str, Any]]:
    """Return what makes a level: a level that needs something else is another level.

    What only some criteria have is left out of the others, so that their hashes stay.
    """
    scale = [
        level.model_dump(mode="json", include={"id", "value", "needs"})
        | ({"shown_by": list(level.shown_by)} if level.shown_by else {})
        for level in criterion.levels
    ]
    return [*scale, {"smells": list(criterion.smells)}] if criterion.smells else scale
