"""Mistakes: known serious errors that an answer states.

A sentence shows a mistake if it has a wording of each of its groups, neither denied nor hedged nor
reported as somebody else's error, and no wording in it or beside it that makes it right. Precision
comes first: a correct sentence that is called a mistake costs more trust than a mistake missed.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from designs.stage import StageId
from rubrics.graders.offline.reading import Reading, ReadSentence
from rubrics.graders.offline.terms import CompiledTerm, Hit, TermIndex, compile_term
from rubrics.library import shipped_mistakes
from rubrics.mistake import Mistake

_UNLESS = -1

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


@dataclass(frozen=True)
class _Owner:
    mistake: int
    group: int


class MistakeIndex:
    """The mistakes of one stage, ready for looking."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        self._owners: list[_Owner] = []
        terms: list[CompiledTerm] = []
        for number, mistake in enumerate(self.mistakes):
            for group, wordings in [*enumerate(mistake.says), (_UNLESS, mistake.unless)]:
                self._owners.append(_Owner(number, group))
                compiled = (compile_term(one, len(self._owners) - 1) for one in wordings)
                terms += [one for one in compiled if one is not None]
        self._index = TermIndex(terms)
        self._marks = tuple(_marks(one.phrasings) for one in self.mistakes)

    def find(self, reading: Reading) -> tuple[FoundMistake, ...]:
        """Return the mistakes that an answer states, at most one for each sentence."""
        shown = [self._groups(part) for part in reading.parts]
        found = [self._look(number, reading, shown) for number in range(len(self.mistakes))]
        return _one_for_each_sentence(one for one in found if one is not None)

    def _groups(self, part: ReadSentence) -> Mapping[int, frozenset[int]]:
        """Return which groups of which mistakes a sentence states; `unless` needs no assertion."""
        groups: dict[int, set[int]] = defaultdict(set)
        if part.fault:
            return {}
        for term, hit in self._index.find(part.sentence):
            owner = self._owners[term.owner]
            if owner.group == _UNLESS or _is_asserted(part, hit):
                groups[owner.mistake].add(owner.group)
        return {number: frozenset(held) for number, held in groups.items()}

    def _look(
        self, number: int, reading: Reading, shown: Sequence[Mapping[int, frozenset[int]]]
    ) -> FoundMistake | None:
        needed = frozenset(range(len(self.mistakes[number].says)))
        for place, groups in enumerate(shown):
            if not needed <= groups.get(number, frozenset()):
                continue
            beside = [
                one
                for one in (place - 1, place, place + 1)
                if 0 <= one < len(shown) and _same_paragraph(reading.parts, one, place)
            ]
            excused = any(_UNLESS in shown[one].get(number, ()) for one in beside)
            marks = _marks([reading.parts[place].sentence.text]) - self._marks[number]
            if not excused and not marks:
                return FoundMistake(self.mistakes[number], place)
        return None


def _one_for_each_sentence(found: Iterable[FoundMistake]) -> tuple[FoundMistake, ...]:
    """Two entries may know the same error: a sentence is held against an answer once."""
    by_sentence: dict[int, FoundMistake] = {}
    for one in sorted(found, key=lambda one: one.mistake.severity != "serious"):
        by_sentence.setdefault(one.sentence, one)
    return tuple(by_sentence[place] for place in sorted(by_sentence))


def _same_paragraph(parts: Sequence[ReadSentence], one: int, other: int) -> bool:
    return parts[one].sentence.paragraph == parts[other].sentence.paragraph


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
