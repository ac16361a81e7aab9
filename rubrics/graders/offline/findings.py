"""Findings: which indicators of a criterion an answer and a drawing show, and how cleanly."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rubrics.criterion import (
    ConceptIndicator,
    Criterion,
    DrawingIndicator,
    LoadTestIndicator,
    QuantityIndicator,
)
from rubrics.graders.offline.compiled import Excused
from rubrics.graders.offline.drawing_evidence import DrawnCase
from rubrics.graders.offline.reading import Fault, Reading, ReadSentence
from rubrics.graders.offline.stems import stem
from rubrics.graders.offline.terms import Hit
from rubrics.graders.offline.word_sets import word_set

HAZARDS = frozenset(
    stem(word)
    for word in word_set(
        """
        leak leakage peek skew bias duplicate drift stale overfit mismatch outage future
        tomorrow late missing null unknown blind empty error inconsistent divergence overlap
        accuracy wake damage harm worse loss downtime
        """
    )
)
"""Words that a good answer denies as easily as it names them: `no leakage`."""


class Blemish(StrEnum):
    """Why an indicator that was hit does not count, or not fully."""

    COPIED = "copied"
    LIST = "list"
    RECITAL = "recital"
    IMPORTANCE = "importance"
    NEGATED = "negated"
    HEDGED = "hedged"
    VAGUE = "vague"
    MISTAKEN = "mistaken"


@dataclass(frozen=True, slots=True)
class Finding:
    """An indicator found in a sentence."""

    indicator_id: str
    sentence: int
    """Index in the reading."""
    capped: Blemish | None
    """Set where it counts for `named` only."""
    words: int
    """Tokens that the hit spans; a tie-breaker between quotes."""


@dataclass(frozen=True)
class Findings:
    """What was found for one criterion."""

    clean: dict[str, tuple[Finding, ...]]
    """By indicator, in the order of the answer; capped ones included."""
    drawn: DrawnCase
    """What the drawing shows."""
    lost: tuple[tuple[int, Blemish], ...]
    """Sentences whose hits did not count, and why."""

    def holds(self, indicator_id: str, *, full: bool) -> bool:
        """Return whether an indicator is found; `full` leaves out what is capped."""
        if self.drawn.holds(indicator_id):
            return True
        return any(not (full and one.capped) for one in self.clean.get(indicator_id, ()))


def find_all(
    criterion: Criterion,
    reading: Reading,
    drawn: DrawnCase,
    excused: Excused,
    set_aside: dict[int, Blemish],
) -> Findings:
    """Look for every indicator of a criterion.

    Args:
        criterion: What is looked for.
        reading: The answer of the criterion's stage.
        drawn: What the drawing says about the criterion.
        excused: Words that good answers to this criterion deny.
        set_aside: Sentences that count for nothing here: contradictions and near misses.
    """
    clean: dict[str, list[Finding]] = defaultdict(list)
    lost: list[tuple[int, Blemish]] = []
    for indicator in criterion.indicators:
        if isinstance(indicator, DrawingIndicator | LoadTestIndicator):
            continue
        by_words = isinstance(indicator, ConceptIndicator) or indicator.near
        for number, part in enumerate(reading.parts):
            if by_words and (criterion.id, indicator.id) not in part.hits:
                continue
            for words, blemish in _sightings(indicator, criterion, part, excused):
                spoilt = set_aside.get(number) or _spoilt(part) or _void(blemish)
                if spoilt:
                    lost.append((number, spoilt))
                else:
                    clean[indicator.id].append(Finding(indicator.id, number, blemish, words))
    return Findings({key: tuple(found) for key, found in clean.items()}, drawn, tuple(lost))


def _void(blemish: Blemish | None) -> Blemish | None:
    return blemish if blemish is Blemish.NEGATED else None


def _spoilt(part: ReadSentence) -> Blemish | None:
    return _OF_FAULT[part.fault] if part.fault else None


_OF_FAULT = {
    Fault.COPIED: Blemish.COPIED,
    Fault.LIST: Blemish.LIST,
    Fault.RECITAL: Blemish.RECITAL,
    Fault.IMPORTANCE: Blemish.IMPORTANCE,
}


def _sightings(
    indicator: ConceptIndicator | QuantityIndicator,
    criterion: Criterion,
    part: ReadSentence,
    excused: Excused,
) -> Iterator[tuple[int, Blemish | None]]:
    """Yield the width and the blemish of the best sighting, if any, where its words stand."""
    if isinstance(indicator, QuantityIndicator):
        yield from _quantity_sightings(indicator, criterion, part)
        return
    judged = [
        (_blemish((indicator.id, term), hit, criterion, part, excused), hit[-1] - hit[0] + 1)
        for term, hit in part.hits[criterion.id, indicator.id]
    ]
    blemish, words = min(judged, key=lambda one: (_SEVERITY[one[0]], one[1]))
    yield words, blemish


_SEVERITY: dict[Blemish | None, int] = {
    None: 0,
    Blemish.HEDGED: 1,
    Blemish.RECITAL: 1,
    Blemish.NEGATED: 2,
}


def _blemish(
    key: tuple[str, str], hit: Hit, criterion: Criterion, part: ReadSentence, excused: Excused
) -> Blemish | None:
    if _is_denied(key, hit, criterion, part, excused):
        return Blemish.NEGATED
    if part.hedged.intersection(hit):
        return Blemish.HEDGED
    return Blemish.RECITAL if part.capped else None


def _is_denied(
    key: tuple[str, str], hit: Hit, criterion: Criterion, part: ReadSentence, excused: Excused
) -> bool:
    """Return whether a hit is denied in a way that no good answer to the criterion would."""
    denied, is_firm = part.negation.of(hit)
    if not denied:
        return False
    whole = 2 * len(part.negation.firm) > len(part.sentence.tokens)
    if criterion.negative_is_valid and not whole and part.kinds & {"reason", "trade-off"}:
        return False
    if is_firm:
        return key not in excused.firm
    if key in excused.mild or key in excused.firm:
        return False
    return not all(part.sentence.tokens[index].stem in HAZARDS for index in denied)


def _quantity_sightings(
    indicator: QuantityIndicator, criterion: Criterion, part: ReadSentence
) -> Iterator[tuple[int, Blemish | None]]:
    for quantity in part.quantities:
        value = quantity.in_unit(indicator.unit)
        if value is None or not indicator.low <= value <= indicator.high:
            continue
        at = next(
            (i for i, token in enumerate(part.sentence.tokens) if token.end > quantity.start), 0
        )
        if at in part.negation.tokens:
            continue
        hedged = Blemish.HEDGED if at in part.hedged else None
        yield 1, Blemish.RECITAL if part.capped else hedged
        return
