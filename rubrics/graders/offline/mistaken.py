"""Mistaken answers: whether an answer as a whole is one that experts stop over serious mistakes.

No single sentence shows it: mistakes that nobody wrote down are told only by how many sentences of
an answer read like mistakes, and how much so. A logistic regression weighs that; it is fitted by
``python -m rubrics.training`` to gold answers and to mistaken ones, also in their corrected form.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pydantic import Field

from designs.content_hash import record_hash
from designs.record import Record
from rubrics.graders.offline.doubt import USUAL_DOUBT, Doubt, highest_doubts, mean_doubt
from rubrics.graders.offline.graded_sentences import read_trained
from rubrics.graders.offline.mistake_index import FoundMistake

BELIEVED_FROM = 0.3
"""Doubt about a sentence from which a known mistake found in it is believed. On mistaken answers by
authors left out it keeps nine of ten mistakes, and drops nine of ten false alarms on right sentences
and more than half of those on sentences that were put right."""
WITH_A_KNOWN_ONE = 0.5
"""Share of the threshold that is enough where a known mistake was found: who makes one is likelier
to make others. An assumption."""
SIGNS = ("mean_doubt", "highest_doubt", "second_highest_doubt")
SHOWN_FROM = 0.5
"""Chance from which a sentence of a mistaken answer is shown as one of those that tell."""
SHOWN = 3
"""Sentences shown at most."""
_FAINT = 0.1
_EDGE = 0.01


@dataclass(frozen=True)
class Verdict:
    """A mistaken answer: how likely it is one, and the sentences that say so."""

    chance: float
    sentences: tuple[int, ...]
    """Indices in the reading, in the order of the answer; never empty."""


class MistakenModel(Record):
    """What training found."""

    schema_version: Literal[1] = 1
    intercept: float
    coefficients: tuple[float, float, float]
    """In the order of `SIGNS`."""
    mistaken_from: float = Field(gt=0, lt=1)
    """Chance from which an answer is taken for mistaken."""

    def chance(self, doubts: Sequence[Doubt]) -> float:
        """Return the chance that experts see two serious mistakes or more."""
        signs = signs_of(doubts)
        terms = (weight * sign for weight, sign in zip(self.coefficients, signs, strict=True))
        return 1 / (1 + math.exp(-(self.intercept + math.fsum(terms))))

    def verdict(self, doubts: Sequence[Doubt], known: int) -> Verdict | None:
        """Return the verdict on an answer, or None if it is not taken for mistaken.

        Args:
            doubts: Of every sentence.
            known: How many serious mistakes of the bank the answer states.
        """
        chance = self.chance(doubts)
        needed = self.mistaken_from * (WITH_A_KNOWN_ONE if known else 1)
        telling = [n for n, one in enumerate(doubts) if one.weight and one.chance >= SHOWN_FROM]
        if chance < needed or not telling:
            return None
        most = sorted(telling, key=lambda number: (-doubts[number].chance, number))[:SHOWN]
        return Verdict(chance, tuple(sorted(most)))

    def hash(self) -> str:
        """Return the identity of the model."""
        return record_hash(self)


def believed(found: Sequence[FoundMistake], doubts: Sequence[Doubt]) -> tuple[FoundMistake, ...]:
    """Return the known mistakes whose sentences also read like mistakes."""
    return tuple(one for one in found if doubts[one.sentence].chance >= BELIEVED_FROM)


def signs_of(doubts: Sequence[Doubt]) -> tuple[float, float, float]:
    """Return what the model looks at: three doubts as log-odds."""
    highest, second, *_ = (*highest_doubts(doubts), _FAINT, _FAINT)
    mean = mean_doubt(doubts, USUAL_DOUBT)
    return _log_odds(mean), _log_odds(highest), _log_odds(second)


def _log_odds(chance: float) -> float:
    kept = min(1 - _EDGE, max(_EDGE, chance))
    return math.log(kept / (1 - kept))


@lru_cache(maxsize=1)
def shipped_mistaken_model() -> MistakenModel:
    """Return the model that the grader is shipped with, read once per process."""
    return read_trained("mistaken_model.json", MistakenModel)
