"""The level model: from clues to a level, by two logistic regressions.

One gives the chance that a grader credits the criterion at all, the other that the top level is
reached. The coefficients are data: ``python -m rubrics.training`` fits them to the tuning half of
the gold answers, the clues of each answer taken without the sentences of its own author.

There are two models. A prompt to which graded answers are shipped is *seen*: its answers lie near
to graded sentences, and much is to be learnt from how near. For any other prompt the clues mean
something else, and the second model is fitted to clues taken without the answers to the same prompt.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, Self

from pydantic import Field, model_validator

from designs.content_hash import record_hash
from designs.record import Record
from rubrics.criterion import Criterion
from rubrics.graders.offline.clues import NAMES, Clues
from rubrics.graders.offline.graded_sentences import read_trained


@dataclass(frozen=True, slots=True)
class Chances:
    """How likely a grader is to give at least a level."""

    named: float
    reasoned: float


class Regression(Record):
    """A logistic regression on standardised clues."""

    intercept: float
    coefficients: tuple[float, ...]
    shifts: dict[str, float] = Field(default_factory=dict)
    """Added to the intercept, by stage and by criterion: some are credited more readily."""

    def chance(self, standardised: Sequence[float], keys: Sequence[str] = ()) -> float:
        """Return the probability for one set of clues, about what `keys` name."""
        terms = [weight * value for weight, value in zip(self.coefficients, standardised)]  # noqa: B905 - lengths are checked by the model
        shifts = [self.shifts.get(key, 0.0) for key in keys]
        logit = self.intercept + math.fsum((*terms, *shifts))
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, logit))))


class LevelModel(Record):
    """What training found for one kind of prompt."""

    clues: tuple[str, ...]
    """Names of the clues, in the order of the numbers below."""
    means: tuple[float, ...]
    deviations: tuple[float, ...]
    named: Regression
    reasoned: Regression
    named_from: float = Field(gt=0, lt=1)
    """Chance from which the criterion is credited."""
    reasoned_from: float = Field(gt=0, lt=1)
    """Chance from which the top level is reached."""
    unsure_within: float = Field(ge=0, lt=0.5)
    """Distance from these within which the result is marked as a close call."""

    @model_validator(mode="after")
    def _fits_the_clues(self) -> Self:
        if self.clues != NAMES:
            raise ValueError("the coefficients belong to other clues; train again")
        lengths = {
            len(self.means),
            len(self.deviations),
            len(self.named.coefficients),
            len(self.reasoned.coefficients),
        }
        if lengths != {len(NAMES)}:
            raise ValueError("there must be one number for each clue")
        return self

    def chances(self, criterion: Criterion, clues: Clues) -> Chances:
        """Return the chances of both levels of a criterion."""
        keys = (criterion.stage, criterion.id)
        return Chances(*self.chances_of(clues.vector(), keys))

    def chances_of(self, vector: Sequence[float], keys: Sequence[str]) -> tuple[float, float]:
        """Return the chances of *named* and of *reasoned* for clues in the order of the model."""
        standardised = [
            (value - mean) / deviation
            for value, mean, deviation in zip(vector, self.means, self.deviations, strict=True)
        ]
        return self.named.chance(standardised, keys), self.reasoned.chance(standardised, keys)

    def level(self, chances: Chances) -> int:
        """Return 0 missing, 1 named or 2 reasoned; what is not even named is not reasoned."""
        if chances.named < self.named_from:
            return 0
        return 2 if chances.reasoned >= self.reasoned_from else 1

    def is_close(self, chances: Chances) -> bool:
        """Return whether another level was nearly given."""
        margins = [abs(chances.named - self.named_from)]
        if self.level(chances):
            margins.append(abs(chances.reasoned - self.reasoned_from))
        return min(margins) < self.unsure_within


class LevelModels(Record):
    """The model for each kind of prompt."""

    schema_version: Literal[2] = 2
    seen: LevelModel
    unseen: LevelModel

    def of(self, *, is_seen: bool) -> LevelModel:
        """Return the model for a prompt."""
        return self.seen if is_seen else self.unseen

    def hash(self) -> str:
        """Return the identity of the models, shortened for display."""
        return record_hash(self)[:16]


@lru_cache(maxsize=1)
def shipped_models() -> LevelModels:
    """Return the models that the grader is shipped with, read once per process."""
    return read_trained("level_model.json", LevelModels)
