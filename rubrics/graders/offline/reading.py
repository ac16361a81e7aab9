"""A reading: one answer, sentence by sentence, with everything that the guards say about it.

It is made once per stage and used by all criteria of the stage.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from rubrics.criterion import DepthKind
from rubrics.graders.offline.compiled import CompiledStage, Owner, compile_no_criteria
from rubrics.graders.offline.depth import depth_beside, own_quantities
from rubrics.graders.offline.guards.copied import CopySource, copied_tokens, is_mostly_copied
from rubrics.graders.offline.guards.coverage import covered_lists, listing_sentences
from rubrics.graders.offline.guards.hedge import hedged_tokens
from rubrics.graders.offline.guards.lists import list_sentences, with_rests
from rubrics.graders.offline.guards.negation import Negation, negation
from rubrics.graders.offline.guards.recital import Emptiness, emptiness
from rubrics.graders.offline.guards.refusal import is_refused, refuses
from rubrics.graders.offline.guards.rejection import rejecting_marks
from rubrics.graders.offline.quantities import Quantity
from rubrics.graders.offline.segments import Sentence, sentences
from rubrics.graders.offline.settings import OfflineSettings
from rubrics.graders.offline.similarity import bag_of
from rubrics.graders.offline.terms import Hit, Places

MAX_SENTENCES = 400
"""Sentences read in one answer: ten times what anybody writes in a session."""


class Fault(StrEnum):
    """Why a whole sentence earns nothing."""

    COPIED = "copied"
    LIST = "list"
    RECITAL = "recital"
    IMPORTANCE = "importance"


@dataclass(frozen=True)
class ReadSentence:
    """A sentence with its guards, depth and term hits."""

    sentence: Sentence
    places: Places = field(compare=False, repr=False)
    """Where its words stand."""
    fault: Fault | None
    capped: bool
    """A recital: it earns `named` at most."""
    copied: frozenset[int]
    negation: Negation
    hedged: frozenset[int]
    kinds: frozenset[DepthKind]
    quantities: tuple[Quantity, ...]
    bag: frozenset[str]
    hits: dict[tuple[str, str], tuple[tuple[str, Hit], ...]]
    """By criterion and indicator: which terms stand in the sentence, and where."""

    @property
    def is_void(self) -> bool:
        """True if nothing in it can earn credit: a list, a copy, a recital, or denied as a whole."""
        return self.fault is not None or 2 * len(self.negation.firm) > len(self.sentence.tokens)

    @cached_property
    def rejecting(self) -> frozenset[str]:
        """The marks of rejection in it."""
        return rejecting_marks(self.sentence.text)

    @property
    def is_hedged(self) -> bool:
        """True if most of it is what might be done."""
        return 2 * len(self.hedged) > len(self.sentence.tokens)


@dataclass(frozen=True)
class Reading:
    """One stage's answer."""

    answer: str
    parts: tuple[ReadSentence, ...]

    @cached_property
    def is_denied(self) -> bool:
        """True if nearly every sentence turns something down: advice denied as a whole."""
        return is_refused(
            [refuses(part.sentence.text, denied=bool(part.negation.firm)) for part in self.parts]
        )


def read_answer(
    answer: str, stage: CompiledStage, source: CopySource, settings: OfflineSettings
) -> Reading:
    """Read an answer against the compiled criteria of its stage.

    Args:
        answer: The raw text.
        stage: Terms and authored sentences.
        source: What a candidate could have copied.
        settings: Thresholds.
    """
    found = sentences(answer, MAX_SENTENCES)
    places = [Places(sentence.tokens) for sentence in found]
    hits = [
        [
            (stage.owners[term.owner], term.source, hit)
            for term, hit in stage.index.find(sentence, places[index])
        ]
        for index, sentence in enumerate(found)
    ]
    concepts = [[hit for owner, _, hit in one if owner.is_concept] for one in hits]
    lists = list_sentences(found) | covered_lists(found, concepts)
    lists |= listing_sentences(found, concepts)
    lists = with_rests(found, lists)
    parts = tuple(
        _read(sentence, places[index], index in lists, hits[index], source, settings)
        for index, sentence in enumerate(found)
    )
    return Reading(answer, parts)


def read_plainly(text: str, settings: OfflineSettings) -> Reading:
    """Read text about any prompt: with the guards that need neither rubric nor prompt."""
    return read_answer(text, compile_no_criteria(settings), CopySource.of(()), settings)


def _read(
    sentence: Sentence,
    places: Places,
    listed: bool,
    hits: Sequence[tuple[Owner, str, Hit]],
    source: CopySource,
    settings: OfflineSettings,
) -> ReadSentence:
    copied = copied_tokens(sentence, source)
    numbers = own_quantities(sentence, copied)
    kinds = depth_beside(sentence, numbers)
    own = [found for found in hits if not copied.intersection(found[2])]
    concepts = [hit for owner, _, hit in own if owner.is_concept]
    empty = emptiness(sentence, concepts, kinds, settings)
    content = [token.stem for index, token in enumerate(sentence.tokens) if index not in copied]
    return ReadSentence(
        sentence=sentence,
        places=places,
        fault=_fault(sentence, listed, copied, empty),
        capped=empty is Emptiness.RECITAL,
        copied=copied,
        negation=negation(sentence),
        hedged=hedged_tokens(sentence),
        kinds=kinds,
        quantities=numbers,
        bag=bag_of(content),
        hits=_by_indicator(own),
    )


def _fault(
    sentence: Sentence, listed: bool, copied: frozenset[int], empty: Emptiness | None
) -> Fault | None:
    if is_mostly_copied(sentence, copied):
        return Fault.COPIED
    if listed:
        return Fault.LIST
    if empty is Emptiness.PILE:
        return Fault.RECITAL
    return Fault.IMPORTANCE if empty is Emptiness.IMPORTANCE else None


def _by_indicator(
    found: Sequence[tuple[Owner, str, Hit]],
) -> dict[tuple[str, str], tuple[tuple[str, Hit], ...]]:
    grouped: dict[tuple[str, str], list[tuple[str, Hit]]] = defaultdict(list)
    for owner, term, hit in found:
        grouped[owner.criterion_id, owner.indicator_id].append((term, hit))
    return {key: tuple(hits) for key, hits in grouped.items()}
