"""Mistakes: known serious errors that an answer states.

A sentence shows a mistake if it has a wording of each of its groups, neither denied nor hedged nor
reported as somebody else's error, and no wording in it that makes it right. Precision
comes first: a correct sentence that is called a mistake costs more trust than a mistake missed.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from designs.stage import StageId
from rubrics.graders.offline.reading import Reading, ReadSentence
from rubrics.graders.offline.segments import Sentence
from rubrics.graders.offline.terms import CompiledTerm, Hit, Places, compile_term, find_term
from rubrics.library import shipped_mistakes
from rubrics.mistake import Mistake

_REPORTED = re.compile(
    r"\?|\b(?:mistakes?|wrong(?:ly)?|traps?|dangerous|naive(?:ly)?|tempting|misleading|avoids?"
    r"|avoiding|rejected?|ruled out|leaks?|leaking|leakage|pretends?|flatter\w*|bad idea|pitfalls?"
    r"|would (?:be|have|let|make|give|look|mean|only|hide|miss|teach|learn|count|punish|reward"
    r"|inflate|overstate|understate|bias)"
    r"|if (?:we|you|one|i) (?:only|just|simply|did|split|used|use|trained|train|took|take)"
    r"|today'?s?|so far|used to|until now|currently|at present|the old|some (?:people|teams))\b"
)
"""Marks of a sentence that tells of an error rather than makes it."""


@dataclass(frozen=True)
class FoundMistake:
    """A mistake and the sentence that states it."""

    mistake: Mistake
    sentence: int
    """Index in the reading."""


class _Group:
    """Wordings, one of which has to stand in a sentence."""

    def __init__(self, wordings: Iterable[str]) -> None:
        self._by_stem: dict[str, list[CompiledTerm]] = defaultdict(list)
        self._by_opening: dict[str, list[CompiledTerm]] = defaultdict(list)
        for term in (compile_term(one, 0) for one in wordings):
            if term is not None:
                first = term.parts[0][0]
                group = self._by_opening if first.is_prefix else self._by_stem
                group[first.text[:2] if first.is_prefix else first.text].append(term)

    def may_stand_in(self, places: Places) -> bool:
        """Return whether the first word of any wording is there: a quick no for most."""
        by_stem, by_opening = self._by_stem.keys(), self._by_opening.keys()
        return not (by_stem.isdisjoint(places.stems) and by_opening.isdisjoint(places.openings))

    def hits(self, sentence: Sentence, places: Places) -> Iterator[Hit]:
        """Yield where its wordings stand."""
        terms = [one for stem in places.stems for one in self._by_stem.get(stem, ())]
        terms += [one for start in places.openings for one in self._by_opening.get(start, ())]
        for term in terms:
            yield from find_term(term, sentence.tokens, places)


class _Pattern:
    """A mistake, ready for looking."""

    def __init__(self, mistake: Mistake) -> None:
        self.mistake = mistake
        self._says = tuple(_Group(wordings) for wordings in mistake.says)
        self._unless = _Group(mistake.unless)
        self._marks = _marks(mistake.phrasings)

    def is_stated(self, part: ReadSentence, places: Places) -> bool:
        """Return whether a sentence asserts a wording of each group."""
        if not all(group.may_stand_in(places) for group in self._says):
            return False
        if not all(
            any(_is_asserted(part, hit) for hit in group.hits(part.sentence, places))
            for group in self._says
        ):
            return False
        return not _marks([part.sentence.text]) - self._marks

    def is_excused(self, part: ReadSentence, places: Places) -> bool:
        """Return whether a sentence makes the statement right; a denied wording does not."""
        if not self._unless.may_stand_in(places):
            return False
        hits = self._unless.hits(part.sentence, places)
        return any(not part.negation.of(hit)[0] for hit in hits)


class MistakeIndex:
    """The mistakes of one stage, ready for looking."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self._patterns = tuple(_Pattern(one) for one in mistakes)

    def find(self, reading: Reading) -> tuple[FoundMistake, ...]:
        """Return the mistakes that an answer states, at most one for each sentence."""
        places = [Places(part.sentence.tokens) for part in reading.parts]
        found = (_look(pattern, reading, places) for pattern in self._patterns)
        return _one_for_each_sentence(one for one in found if one is not None)


def _look(pattern: _Pattern, reading: Reading, places: Sequence[Places]) -> FoundMistake | None:
    for number, part in enumerate(reading.parts):
        if (
            not part.fault
            and pattern.is_stated(part, places[number])
            and not pattern.is_excused(part, places[number])
        ):
            return FoundMistake(pattern.mistake, number)
    return None


def _one_for_each_sentence(found: Iterable[FoundMistake]) -> tuple[FoundMistake, ...]:
    """Two entries may know the same error: a sentence is held against an answer once."""
    by_sentence: dict[int, FoundMistake] = {}
    for one in sorted(found, key=lambda one: one.mistake.severity != "serious"):
        by_sentence.setdefault(one.sentence, one)
    return tuple(by_sentence[place] for place in sorted(by_sentence))


def _is_asserted(part: ReadSentence, hit: Hit) -> bool:
    """Return whether words are stated; a wording that holds its own *no* is not denied by it."""
    return not part.hedged.intersection(hit) and not part.negation.of(hit)[0]


def _marks(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(mark for text in texts for mark in _REPORTED.findall(text.lower()))


@lru_cache(maxsize=1)
def known_mistakes() -> Mapping[StageId, MistakeIndex]:
    """Return the shipped bank by stage, compiled once per process."""
    return by_stage(shipped_mistakes())


def by_stage(mistakes: Iterable[Mistake]) -> dict[StageId, MistakeIndex]:
    """Return an index for each stage."""
    sorted_out: dict[StageId, list[Mistake]] = {stage: [] for stage in StageId}
    for mistake in mistakes:
        for stage in mistake.stages:
            sorted_out[stage].append(mistake)
    return {stage: MistakeIndex(found) for stage, found in sorted_out.items()}
