"""Doubt: how much a sentence reads like statements that experts call serious mistakes.

A known mistake is told by its wordings (`mistake_index.py`), which finds few of those that nobody
wrote down. This is the other way: a linear classifier over word stems and pairs of stems near each
other, fitted by ``python -m rubrics.training`` to sentences that were marked as wrong or as right.
It cannot say which rule a sentence breaks. One doubtful sentence means little; an answer full of
them is told from a sound one rather well (docs/calibration.md).
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rubrics.graders.offline.graded_sentences import read_trained
from rubrics.graders.offline.segments import Sentence
from rubrics.graders.offline.vocabulary import FUNCTION_WORDS
from rubrics.graders.offline.word_model import WordModel
from rubrics.graders.offline.word_sets import word_set

_JOINT = " "
USUAL_DOUBT = 0.3
"""The doubt of an answer that says nothing the model has heard of."""
REACH = 3
"""Words between which a pair is looked at."""
_TELLING = word_set(
    "no not never without all every any same only once always none until before after because so since"
)
"""Function words that turn a right statement into a wrong one."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What the model makes of a sentence."""

    chance: float
    """That an expert would call it a serious mistake."""
    weight: float
    """How much it says that the model has heard of, as the root of its known pairs; prose beside
    the point has next to none, so that padding does not water an answer's doubt down."""


class DoubtModel(WordModel):
    """Tells how likely an expert would call a sentence a serious mistake."""

    def doubt(self, sentence: Sentence) -> Doubt:
        """Judge a sentence."""
        known = [one for one in features_of((sentence,)) if one in self.features]
        return Doubt(
            chance=self.chance_of(known),
            weight=math.sqrt(sum(_JOINT in one for one in known)),
        )


def mean_doubt(doubts: Iterable[Doubt], empty: float) -> float:
    """Return the mean chance by weight, or `empty` if no sentence has any weight."""
    found = list(doubts)
    total = math.fsum(one.weight for one in found)
    return math.fsum(one.chance * one.weight for one in found) / total if total else empty


def highest_doubts(doubts: Iterable[Doubt]) -> Sequence[float]:
    """Return the three highest chances, of sentences that have some weight."""
    return sorted((one.chance for one in doubts if one.weight), reverse=True)[:3]


def features_of(sentences: Iterable[Sentence]) -> Sequence[str]:
    """Return the words and pairs of a statement, each once, in alphabetical order."""
    found: set[str] = set()
    for sentence in sentences:
        stems = [
            token.stem
            for token in sentence.tokens
            if token.word not in FUNCTION_WORDS or token.word in _TELLING
        ]
        for index, first in enumerate(stems):
            found.add(first)
            found.update(
                f"{first}{_JOINT}{other}" for other in stems[index + 1 : index + 1 + REACH]
            )
    return sorted(found)


@lru_cache(maxsize=1)
def shipped_doubt_model() -> DoubtModel:
    """Return the model that the grader is shipped with, read once per process."""
    return read_trained("doubt_model.json", DoubtModel)
