"""Coverage: how much of a sentence is nothing but the rubric's own terms.

Prose spends most of its words on saying something about the terms. A list that was glued together
from the terms of a rubric is covered by them from end to end, whatever stands between.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby

from rubrics.graders.offline.segments import Sentence
from rubrics.graders.offline.terms import Hit

COVERED = 0.85
"""Share of covered words; one in a hundred sentences of good answers exceeds 0.8."""
LONG = 7
"""Words from which a covered sentence is a list by itself."""
IN_A_ROW = 3
"""Short covered sentences in a row that make a list."""


def covered_lists(found: Sequence[Sentence], hits: Sequence[Iterable[Hit]]) -> frozenset[int]:
    """Return the indices of the sentences that are lists of terms.

    Args:
        found: The sentences of an answer.
        hits: For each of them, where concepts of the rubric stand.
    """
    shares = [_share(one, places) for one, places in zip(found, hits, strict=True)]
    full = [share >= COVERED for share in shares]
    lists = {index for index, one in enumerate(found) if full[index] and len(one.tokens) >= LONG}
    position = 0
    for covered, group in groupby(full):
        size = len(list(group))
        if covered and size >= IN_A_ROW:
            lists.update(range(position, position + size))
        position += size
    return frozenset(lists)


def _share(sentence: Sentence, hits: Iterable[Hit]) -> float:
    covered = {index for hit in hits for index in hit}
    return len(covered) / len(sentence.tokens)
