"""Neighbours: how near a sentence comes to sentences that earned a criterion, or did not.

Nearness is the cosine of word stems weighted by how rare they are among all examples of a stage.
Words that no example holds count as rare, so that prose about something else is near to nothing.
Examples come from three places: sentences of graded answers, the rubric's own phrasings, and its
near misses and contradictions as counter-examples.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

from rubrics.criterion import Criterion, LevelId
from rubrics.graders.offline.graded_sentences import GradedGroup
from rubrics.graders.offline.segments import Sentence, authored_sentences
from rubrics.graders.offline.vocabulary import FUNCTION_WORDS

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

NEAREST = 3
"""Examples whose mean nearness is looked at beside the very nearest one."""
_LEVELS: Mapping[LevelId, int] = {"missing": 0, "named": 1, "reasoned": 2}


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near one sentence comes to the examples of one criterion; cosines from 0 to 1."""

    credited: float = 0.0
    """To the nearest sentence that earned something."""
    credited_three: float = 0.0
    """To the nearest three of them, on average."""
    reasoned: float = 0.0
    """To the nearest sentence that earned the top level."""
    lead: float = 0.0
    """How much nearer the nearest credited sentence is than the nearest uncredited one."""
    lead_three: float = 0.0
    """The same for the nearest three of each."""


@dataclass(frozen=True)
class _Sides:
    """Where the examples of one criterion stand."""

    credited: Places
    reasoned: Places
    uncredited: Places


class Examples:
    """Example texts by stem, for finding the nearest.

    Each stem has a number, and the examples that hold it stand in a row of two long arrays. A
    process has tens of thousands of such places: made one by one, they took most of a cold start.
    """

    def __init__(self, texts: Sequence[tuple[str, ...]]) -> None:
        self.count = len(texts)
        self._unknown = math.log(1 + self.count) + 1
        self._numbers = {stem: at for at, stem in enumerate(dict.fromkeys(chain(*texts)))}
        example, stem, times = _occurrences(texts, self._numbers)
        holding = np.bincount(stem, minlength=len(self._numbers))
        self._rarity = [math.log((1 + self.count) / (1 + one)) + 1 for one in holding.tolist()]
        weights = np.array(self._rarity)[stem]
        often = np.flatnonzero(times > 1)  # few sentences say a word twice
        weights[often] *= [1 + math.log(one) for one in times[often].tolist()]
        weights /= _lengths(weights, np.bincount(example, minlength=self.count))[example]
        by_stem = np.argsort(stem, kind="stable")
        self._places, self._weights = example[by_stem], weights[by_stem]
        self._ends = np.cumsum(holding).tolist()

    def nearness(self, sentence: Sentence) -> Floats:
        """Return the cosine of a sentence with every example."""
        scores = np.zeros(self.count)
        # sorted: sums of floats must not depend on the order of words
        for stem, weight in sorted(self._normed(content_stems((sentence,))).items()):
            number = self._numbers.get(stem)
            if number is not None:
                there = slice(self._ends[number - 1] if number else 0, self._ends[number])
                scores[self._places[there]] += self._weights[there] * weight
        return scores

    def _normed(self, stems: Sequence[str]) -> Mapping[str, float]:
        weights = {stem: self._weight_of(stem) for stem in stems}
        if len(weights) < len(stems):
            for stem, times in Counter(stems).items():
                weights[stem] *= 1 + math.log(times)
        length = math.sqrt(math.fsum([weight * weight for weight in weights.values()]))
        return {stem: weight / length for stem, weight in weights.items()}

    def _weight_of(self, stem: str) -> float:
        number = self._numbers.get(stem)
        return self._unknown if number is None else self._rarity[number]


def _occurrences(
    texts: Sequence[tuple[str, ...]], numbers: Mapping[str, int]
) -> tuple[Places, Places, Places]:
    """Return example, stem and how often it is said there, by example and then by stem."""
    said = np.array([numbers[stem] for stem in chain(*texts)], dtype=np.intp)
    example = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    most = max(1, len(numbers))
    both, times = np.unique(example * most + said, return_counts=True)
    return both // most, both % most, times


def _lengths(weights: Floats, counts: Places) -> Floats:
    """Return the length of every example, from weights that stand example by example."""
    squares = (weights * weights).tolist()
    ends = np.cumsum(counts).tolist()
    return np.array(
        [
            math.sqrt(math.fsum(squares[end - count : end]))
            for end, count in zip(ends, counts.tolist(), strict=True)
        ]
    )


class Homes:
    """Which stage a sentence belongs to, told by the credited sentences of all stages."""

    def __init__(self, groups: Iterable[GradedGroup]) -> None:
        texts: list[tuple[str, ...]] = []
        places: dict[str, list[int]] = {}
        for group in groups:
            for example in group.sentences:
                if example.credits:
                    places.setdefault(group.stage, []).append(len(texts))
                    texts.append(example.stems)
        self._examples = Examples(texts)
        self._places = {
            stage: np.array(found, dtype=np.intp) for stage, found in sorted(places.items())
        }

    def lead(self, sentence: Sentence, stage: str) -> float:
        """Return how much nearer a sentence is to one stage than to the nearest other."""
        scores = self._examples.nearness(sentence)
        near = {key: _top(scores[places])[1] for key, places in self._places.items()}
        others = [one for key, one in near.items() if key != stage]
        return near.get(stage, 0.0) - max(others, default=0.0)


class Neighbourhood:
    """The examples of one stage, by stem."""

    def __init__(self, criteria: Sequence[Criterion], groups: Iterable[GradedGroup]) -> None:
        texts: list[tuple[str, ...]] = []
        grades = {one.id: _Grades() for one in criteria}
        for group in groups:
            for key in group.judged:
                if key in grades:
                    grades[key].add(len(texts), [one.credits.get(key) for one in group.sentences])
            texts += [one.stems for one in group.sentences]
        for criterion in criteria:
            authored = tuple(_authored(criterion))
            grades[criterion.id].add(len(texts), [level for level, _ in authored])
            texts += [content_stems(authored_sentences(text)) for _, text in authored]
        self._examples = Examples(texts)
        self._sides = {key: found.sides() for key, found in grades.items()}

    def nearness(self, sentence: Sentence) -> Mapping[str, Nearness]:
        """Compare a sentence with the examples of every criterion."""
        scores = self._examples.nearness(sentence)
        return {key: _nearness(scores, sides) for key, sides in self._sides.items()}


def _nearness(scores: Floats, sides: _Sides) -> Nearness:
    credited, credited_three = _top(scores[sides.credited])
    uncredited, uncredited_three = _top(scores[sides.uncredited])
    return Nearness(
        credited=credited,
        credited_three=credited_three,
        reasoned=_top(scores[sides.reasoned])[0],
        lead=credited - uncredited,
        lead_three=credited_three - uncredited_three,
    )


def _top(scores: Floats) -> tuple[float, float]:
    """Return the highest of some scores and the mean of the highest few."""
    if not len(scores):
        return 0.0, 0.0
    few = min(NEAREST, len(scores))
    scores.partition(len(scores) - few)  # in place: they are a copy already
    best = sorted(scores[-few:].tolist())
    return best[-1], sum(best) / NEAREST


class _Grades:
    """The levels of the examples of one criterion."""

    def __init__(self) -> None:
        self._places: list[int] = []
        self._levels: list[int] = []

    def add(self, first: int, levels: Sequence[LevelId | None]) -> None:
        """Add examples in a row, the first of which has the number `first`."""
        self._places += range(first, first + len(levels))
        self._levels += [_LEVELS[one or "missing"] for one in levels]

    def sides(self) -> _Sides:
        """Return where credited, reasoned and uncredited examples stand."""
        places = np.array(self._places, dtype=np.intp)
        levels = np.array(self._levels, dtype=np.intp)
        return _Sides(places[levels > 0], places[levels > 1], places[levels == 0])


def _authored(criterion: Criterion) -> Iterable[tuple[LevelId, str]]:
    for level in criterion.levels:
        yield from ((level.id, text) for text in level.examples)
    yield from (("missing", one) for one in (*criterion.near_misses, *criterion.contradictions))


def content_stems(parts: Iterable[Sentence]) -> tuple[str, ...]:
    """Return the stems of all words that carry meaning, in order."""
    return tuple(
        token.stem for part in parts for token in part.tokens if token.word not in FUNCTION_WORDS
    )
