"""Neighbours: how near a sentence comes to sentences that earned a criterion, or did not.

Nearness is the cosine of word stems weighted by how rare they are among all examples of a stage.
Words that no example holds count as rare, so that prose about something else is near to nothing.
Examples come from three places: sentences of graded answers, the rubric's own phrasings, and its
near misses and contradictions as counter-examples.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rubrics.criterion import Criterion
from rubrics.graders.offline.graded_sentences import GradedGroup
from rubrics.graders.offline.segments import Sentence, authored_sentences
from rubrics.graders.offline.vocabulary import FUNCTION_WORDS

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

NEAREST = 3
"""Examples whose mean nearness is looked at beside the very nearest one."""
_LEVELS = {"missing": 0, "named": 1, "reasoned": 2}


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
    """Example texts by stem, for finding the nearest."""

    def __init__(self, texts: Sequence[tuple[str, ...]]) -> None:
        self.count = len(texts)
        self._weights = _rarity(texts)
        self._unknown = math.log(1 + self.count) + 1
        self._collected = self._index(texts)
        self._postings: dict[str, tuple[Places, Floats]] = {}

    def nearness(self, sentence: Sentence) -> Floats:
        """Return the cosine of a sentence with every example."""
        scores = np.zeros(self.count)
        # sorted: sums of floats must not depend on the order of words
        for stem, weight in sorted(self._normed(content_stems((sentence,))).items()):
            if stem in self._collected:
                places, weights = self._posting(stem)
                scores[places] += weights * weight
        return scores

    def _posting(self, stem: str) -> tuple[Places, Floats]:
        """Return the examples of a stem as arrays: made for the few stems that are asked for."""
        if stem not in self._postings:
            places, weights = zip(*self._collected[stem], strict=True)
            self._postings[stem] = np.array(places), np.array(weights)
        return self._postings[stem]

    def _index(self, texts: Sequence[tuple[str, ...]]) -> dict[str, list[tuple[int, float]]]:
        collected: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, stems in enumerate(texts):
            for stem, weight in self._normed(stems).items():
                collected[stem].append((number, weight))
        return dict(collected)

    def _normed(self, stems: Sequence[str]) -> Mapping[str, float]:
        rarity, unknown = self._weights.get, self._unknown
        weights = {stem: rarity(stem, unknown) for stem in stems}
        if len(weights) < len(stems):  # few sentences say a word twice
            for stem, times in Counter(stems).items():
                weights[stem] *= 1 + math.log(times)
        length = math.sqrt(math.fsum([weight * weight for weight in weights.values()]))
        return {stem: weight / length for stem, weight in weights.items()}


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
        grades: dict[str, dict[int, int]] = {one.id: {} for one in criteria}
        for group in groups:
            for example in group.sentences:
                for key in group.judged:
                    if key in grades:
                        grades[key][len(texts)] = _LEVELS[example.credits.get(key, "missing")]
                texts.append(example.stems)
        for criterion in criteria:
            for level, text in _authored(criterion):
                grades[criterion.id][len(texts)] = level
                texts.append(content_stems(authored_sentences(text)))
        self._examples = Examples(texts)
        self._sides = {key: _sides(found) for key, found in grades.items()}

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


def _sides(grades: Mapping[int, int]) -> _Sides:
    def where(low: int, high: int) -> Places:
        return np.array([n for n, level in grades.items() if low <= level <= high], dtype=np.intp)

    return _Sides(where(1, 2), where(2, 2), where(0, 0))


def _authored(criterion: Criterion) -> Iterable[tuple[int, str]]:
    for number, level in enumerate(criterion.levels):
        yield from ((number, text) for text in level.examples)
    yield from ((0, text) for text in (*criterion.near_misses, *criterion.contradictions))


def content_stems(parts: Iterable[Sentence]) -> tuple[str, ...]:
    """Return the stems of all words that carry meaning, in order."""
    return tuple(
        token.stem for part in parts for token in part.tokens if token.word not in FUNCTION_WORDS
    )


def _rarity(texts: Sequence[tuple[str, ...]]) -> dict[str, float]:
    seen = Counter(stem for stems in texts for stem in set(stems))
    return {stem: math.log((1 + len(texts)) / (1 + count)) + 1 for stem, count in seen.items()}
