"""A linear model of words: the log-odds that a sentence is of some kind.

Both models of sentences are one: doubt (`doubt.py`) and idleness (`idle.py`). The words and pairs of
a sentence are weighed by how rare they are, brought to length one, and multiplied by what training
found. The coefficients are data; nothing here is learnt.
"""

import math
from collections.abc import Iterable
from typing import Literal

from pydantic import ConfigDict

from designs.content_hash import record_hash
from designs.record import Record

_BOUND = 60.0


class WordModel(Record):
    """A logistic regression on the rarity-weighted words and pairs of a sentence."""

    model_config = ConfigDict(cache_strings="none")  # each stands there once
    schema_version: Literal[1] = 1
    intercept: float
    features: dict[str, tuple[float, float]]
    """By word or pair: how rare it is among the sentences learnt from, and its coefficient."""

    def chance_of(self, names: Iterable[str]) -> float:
        """Return the chance for a sentence of some words and pairs, each named once."""
        numbers = [self.features[one] for one in names if one in self.features]
        length = math.sqrt(math.fsum(rarity * rarity for rarity, _ in numbers)) or 1.0
        logit = math.fsum(rarity * weight for rarity, weight in numbers) / length + self.intercept
        return 1 / (1 + math.exp(-max(-_BOUND, min(_BOUND, logit))))

    def hash(self) -> str:
        """Return the identity of the model."""
        return record_hash(self)
