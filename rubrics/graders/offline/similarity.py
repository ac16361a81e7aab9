"""Similarity of a sentence to authored sentences.

The measure is the overlap of word stems, weighted by how rare a stem is among the authored
sentences, plus the overlap of letter groups, which forgives spelling and inflection. Words of the
prompt count little: everybody uses them. It says how close two wordings are, nothing about truth,
and that is why it never earns more than `named`.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from rubrics.graders.offline.guards.negation import negation
from rubrics.graders.offline.guards.rejection import rejecting_marks
from rubrics.graders.offline.segments import Sentence
from rubrics.graders.offline.stems import stem
from rubrics.graders.offline.vocabulary import FUNCTION_WORDS

GRAM = 4
_STOP_STEMS = frozenset(stem(word) for word in FUNCTION_WORDS)
_WORTH_COMPARING = 0.12
"""Word overlap below which letter groups are not looked at: they cost time and decide nothing."""


class Kind(StrEnum):
    """What an authored sentence stands for."""

    EXAMPLE = "example"
    NEAR_MISS = "near-miss"
    CONTRADICTION = "contradiction"


@dataclass(frozen=True)
class Authored:
    """A sentence of the rubric, ready for comparison.

    Whatever only a close call asks for is worked out when it is first asked for.
    """

    owner: str
    """The criterion's id."""
    kind: Kind
    bag: frozenset[str]
    parts: tuple[Sentence, ...] = field(repr=False)
    """The sentence as it is read; now and then there are two."""

    @cached_property
    def grams(self) -> frozenset[str]:
        """Its groups of letters."""
        return grams_of(self.bag)

    @cached_property
    def negators(self) -> int:
        """How many of its parts deny something."""
        return sum(bool(negation(part).tokens) for part in self.parts)

    @cached_property
    def marks(self) -> frozenset[str]:
        """Marks of rejection that it holds itself."""
        return frozenset().union(*(rejecting_marks(part.text) for part in self.parts))


_Best = tuple[float, Authored]
"""The closest authored sentence of a kind."""


@dataclass(frozen=True, slots=True)
class Closeness:
    """How close one sentence is to each kind of authored sentence of one criterion."""

    example: float = 0.0
    near_miss: float = 0.0
    contradiction: float = 0.0
    example_negators: int = 0
    contradiction_negators: int = 0
    contradiction_marks: frozenset[str] = frozenset()


def bag_of(stems: Sequence[str]) -> frozenset[str]:
    """Return the stems that carry content."""
    return frozenset(one for one in stems if one not in _STOP_STEMS)


def grams_of(bag: frozenset[str]) -> frozenset[str]:
    """Return the letter groups of the words of a bag."""
    return frozenset(
        padded[start : start + GRAM]
        for padded in (f" {word} " for word in bag)
        for start in range(max(1, len(padded) - GRAM + 1))
    )


class Comparison:
    """The authored sentences of some criteria, indexed by stem."""

    def __init__(
        self,
        authored: Sequence[Authored],
        dull: frozenset[str],
        dull_weight: float,
        words_alone: float,
    ) -> None:
        self._authored = tuple(authored)
        self._words_alone = words_alone
        self._index: dict[str, list[int]] = defaultdict(list)
        for number, one in enumerate(self._authored):
            for word in one.bag:
                self._index[word].append(number)
        self._weights = _rarity(self._index, len(self._authored), dull, dull_weight)
        self._unknown = math.log(1 + max(1, len(self._authored)))
        self._totals = [self._weight_of(one.bag) for one in self._authored]

    def _weight_of(self, bag: frozenset[str]) -> float:
        # sorted: sums of floats must not depend on the order of a set
        return sum(self._weights.get(word, self._unknown) for word in sorted(bag))

    def closeness(self, bag: frozenset[str]) -> Mapping[str, Closeness]:
        """Compare a sentence with every authored one that shares a word with it."""
        overlap: dict[int, float] = defaultdict(float)
        for word in sorted(bag):
            for number in self._index.get(word, ()):
                overlap[number] += self._weights[word]
        own = self._weight_of(bag)
        grams: frozenset[str] | None = None
        best: dict[str, dict[Kind, _Best]] = defaultdict(dict)
        for number, common in overlap.items():
            shared = 2 * common / (own + self._totals[number])
            authored = self._authored[number]
            if shared < _WORTH_COMPARING:
                continue
            grams = grams_of(bag) if grams is None else grams
            letters = 2 * len(grams & authored.grams) / (len(grams) + len(authored.grams))
            score = self._words_alone * shared + (1 - self._words_alone) * letters
            kinds = best[authored.owner]
            if authored.kind not in kinds or score > kinds[authored.kind][0]:
                kinds[authored.kind] = (score, authored)
        return {owner: _closeness(kinds) for owner, kinds in best.items()}


def _closeness(kinds: Mapping[Kind, _Best]) -> Closeness:
    example, against = kinds.get(Kind.EXAMPLE), kinds.get(Kind.CONTRADICTION)
    near_miss = kinds.get(Kind.NEAR_MISS)
    return Closeness(
        example=example[0] if example else 0.0,
        near_miss=near_miss[0] if near_miss else 0.0,
        contradiction=against[0] if against else 0.0,
        example_negators=example[1].negators if example else 0,
        contradiction_negators=against[1].negators if against else 0,
        contradiction_marks=against[1].marks if against else frozenset(),
    )


def _rarity(
    index: Mapping[str, Sequence[int]], count: int, dull: frozenset[str], dull_weight: float
) -> dict[str, float]:
    return {
        word: math.log(1 + count / len(places)) * (dull_weight if word in dull else 1.0)
        for word, places in index.items()
    }
