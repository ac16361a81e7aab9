"""Closeness of sentences to a criterion's examples, near misses and contradictions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rubrics.graders.offline.levels import Likeness
from rubrics.graders.offline.reading import Reading, ReadSentence
from rubrics.graders.offline.settings import OfflineSettings
from rubrics.graders.offline.similarity import Closeness, Comparison

_NOTHING = Closeness()


@dataclass(frozen=True)
class Comparisons:
    """What similarity says about each sentence, by criterion."""

    single: tuple[Mapping[str, Closeness], ...]
    pairs: tuple[Mapping[str, Closeness], ...]
    """For a sentence together with the next of its paragraph."""

    def only(self, places: Sequence[int]) -> "Comparisons":
        """Return the comparisons of some sentences; two that were apart make no pair."""
        pairs = tuple(
            self.pairs[one] if other == one + 1 else {} for one, other in pairwise(places)
        )
        return Comparisons(tuple(self.single[one] for one in places), pairs)


def compare(reading: Reading, comparison: Comparison) -> Comparisons:
    """Compare every sentence, and every two in a row, with the authored sentences of a stage."""
    parts = reading.parts
    single = tuple(
        comparison.closeness(part.bag) if part.bag and not part.fault else {} for part in parts
    )
    pairs = tuple(
        comparison.closeness(first.bag | second.bag) if _belong(first, second) else {}
        for first, second in pairwise(parts)
    )
    return Comparisons(single, pairs)


def _belong(first: ReadSentence, second: ReadSentence) -> bool:
    return (
        first.sentence.paragraph == second.sentence.paragraph
        and not first.fault
        and not second.fault
    )


def contradicting(
    criterion_id: str, reading: Reading, comparisons: Comparisons, settings: OfflineSettings
) -> tuple[tuple[int, ...], bool]:
    """Return the sentences that state the opposite of a criterion, and whether one nearly does."""
    found: list[int] = []
    nearly = False
    for number, (part, close) in enumerate(zip(reading.parts, comparisons.single, strict=True)):
        against = close.get(criterion_id, _NOTHING)
        lead = against.contradiction - max(against.example, against.near_miss)
        if not _is_asserted(part, against):
            continue
        if against.contradiction >= settings.contradicts and lead >= settings.contradicts_lead:
            found.append(number)
        elif against.contradiction >= settings.contradicts - settings.unsure_margin and lead > 0:
            nearly = True
    return tuple(found), nearly


def _is_asserted(part: ReadSentence, against: Closeness) -> bool:
    """A contradiction is stated plainly, with as much denial as the authored sentence holds.

    A mark of rejection that the authored sentence holds itself says nothing here.
    """
    if part.fault or part.hedged:
        return False
    if part.rejecting - against.contradiction_marks:
        return False
    return bool(part.negation.tokens) == bool(against.contradiction_negators)


def near_misses(
    criterion_id: str, reading: Reading, comparisons: Comparisons, settings: OfflineSettings
) -> tuple[int, ...]:
    """Return the sentences that are no more than a known vague wording."""
    return tuple(
        number
        for number, close in enumerate(comparisons.single)
        if (one := close.get(criterion_id, _NOTHING)).near_miss >= settings.near_miss
        and one.near_miss > one.example
        and not _adds_a_number(reading.parts[number])
    )


def _adds_a_number(part: ReadSentence) -> bool:
    return "number" in part.kinds


def likeness_of(
    criterion_id: str,
    reading: Reading,
    comparisons: Comparisons,
    set_aside: Sequence[int],
    settings: OfflineSettings,
) -> Likeness:
    """Return how close each sentence is to the examples, and which one or two come closest.

    The margin is the smaller of the distance to the threshold and the lead over near misses and
    contradictions.
    """
    best: tuple[float, tuple[int, ...]] = (-1.0, ())
    for width, closenesses in ((1, comparisons.single), (2, comparisons.pairs)):
        for number, close in enumerate(closenesses):
            span = tuple(range(number, number + width))
            one = close.get(criterion_id)
            if one is None or set(span) & set(set_aside):
                continue
            if _denial_differs([reading.parts[i] for i in span], one):
                continue
            lead = one.example - max(one.near_miss, one.contradiction) - settings.similar_lead
            best = max(best, (min(one.example - settings.similar, lead), span))
    examples = {
        number: close[criterion_id].example
        for number, close in enumerate(comparisons.single)
        if criterion_id in close
    }
    return Likeness(examples, span=best[1], margin=best[0])


def _denial_differs(parts: Sequence[ReadSentence], close: Closeness) -> bool:
    """Similarity is blind to *not*: a sentence that denies what its example states is refused."""
    if any(2 * len(part.negation.firm) > len(part.sentence.tokens) for part in parts):
        return True
    return any(part.negation.tokens for part in parts) != bool(close.example_negators)
