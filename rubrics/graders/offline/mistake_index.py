"""Mistakes: known serious errors that an answer states.

A sentence shows a mistake if it has a wording of each of its groups, neither denied nor hedged nor
reported as somebody else's error, and no wording in it that makes it right. Precision comes first:
a correct sentence that is called a mistake costs more trust than a mistake missed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from designs.resting_collector import resting_collector
from designs.stage import StageId
from rubrics.graders.offline.prepared_mistakes import (
    PreparedMistake,
    Wordings,
    reporting_marks,
    shipped_prepared,
)
from rubrics.graders.offline.reading import Reading, ReadSentence
from rubrics.graders.offline.segments import Sentence
from rubrics.graders.offline.terms import (
    Hit,
    Places,
    find_term,
    read_stemmed,
)


@dataclass(frozen=True)
class FoundMistake:
    """A mistake and the sentence that states it."""

    mistake: PreparedMistake
    sentence: int
    """Index in the reading."""


class _Pattern:
    """A mistake, ready for looking."""

    def __init__(self, mistake: PreparedMistake) -> None:
        self.mistake = mistake
        self._marks = frozenset(mistake.marks)

    def is_stated(self, part: ReadSentence, places: Places) -> bool:
        """Return whether a sentence asserts a wording of each group."""
        return (
            all(
                any(_is_asserted(part, hit) for hit in _hits(group, part.sentence, places))
                for group in self.mistake.says
            )
            and not reporting_marks([part.sentence.text]) - self._marks
        )

    def is_excused(self, part: ReadSentence, places: Places) -> bool:
        """Return whether a sentence makes the statement right; a denied wording does not."""
        hits = _hits(self.mistake.unless, part.sentence, places)
        return any(not part.negation.of(hit)[0] for hit in hits)


def _hits(group: Wordings, sentence: Sentence, places: Places) -> Iterator[Hit]:
    """Yield where the wordings of a group stand; each is read when its rarest word is first met."""
    for key in places.keys & group.keys():
        for wording in group[key]:
            yield from find_term(read_stemmed(wording), sentence.tokens, places)


class MistakeIndex:
    """The mistakes of one stage, ready for looking.

    Most mistakes are dismissed at a look: every group is a bit, every word knows the groups that
    have a wording whose rarest word it is, and a mistake is looked for only where all its bits are set.
    """

    def __init__(self, patterns: Sequence[_Pattern]) -> None:
        self._patterns: list[tuple[int, _Pattern]] = []
        self._bits: dict[str, int] = defaultdict(int)
        bit = 1
        for pattern in patterns:
            needed = 0
            for group in pattern.mistake.says:
                for key in group:
                    self._bits[key] |= bit
                needed |= bit
                bit <<= 1
            self._patterns.append((needed, pattern))

    @classmethod
    def of(cls, mistakes: Iterable[PreparedMistake]) -> "MistakeIndex":
        """Return the index of some mistakes."""
        return cls([_Pattern(one) for one in mistakes])

    def find(self, reading: Reading) -> tuple[FoundMistake, ...]:
        """Return the mistakes that an answer states: one for a sentence, each mistake once."""
        found: dict[str, FoundMistake] = {}
        for number, part in enumerate(reading.parts):
            if part.fault:
                continue
            for mistake in self._stated(part):
                found.setdefault(mistake.id, FoundMistake(mistake, number))
        return _one_for_each_sentence(found.values())

    def _stated(self, part: ReadSentence) -> Iterator[PreparedMistake]:
        places = part.places
        there = 0
        for key in places.keys & self._bits.keys():
            there |= self._bits[key]
        for needed, pattern in self._patterns:
            if (
                there & needed == needed
                and pattern.is_stated(part, places)
                and not pattern.is_excused(part, places)
            ):
                yield pattern.mistake


def _one_for_each_sentence(found: Iterable[FoundMistake]) -> tuple[FoundMistake, ...]:
    """Two entries may know the same error: a sentence is held against an answer once."""
    by_sentence: dict[int, FoundMistake] = {}
    for one in sorted(found, key=lambda one: one.mistake.severity != "serious"):
        by_sentence.setdefault(one.sentence, one)
    return tuple(by_sentence[place] for place in sorted(by_sentence))


def _is_asserted(part: ReadSentence, hit: Hit) -> bool:
    """Return whether words are stated; a wording that holds its own *no* is not denied by it."""
    return not part.hedged.intersection(hit) and not part.negation.of(hit)[0]


@lru_cache(maxsize=1)
def known_mistakes() -> Mapping[StageId, MistakeIndex]:
    """Return the shipped bank by stage, made once per process."""
    with resting_collector():
        return by_stage(shipped_prepared().mistakes)


def by_stage(mistakes: Iterable[PreparedMistake]) -> dict[StageId, MistakeIndex]:
    """Return an index for each stage; a mistake of several stages is prepared once."""
    sorted_out: dict[StageId, list[_Pattern]] = {stage: [] for stage in StageId}
    for mistake in mistakes:
        pattern = _Pattern(mistake)
        for stage in mistake.stages:
            sorted_out[stage].append(pattern)
    return {stage: MistakeIndex(found) for stage, found in sorted_out.items()}
