"""Coverage: how much of a sentence, or of an answer, is nothing but the rubric's own terms.

Prose spends most of its words on saying something about the terms. A list that was glued together
from the terms of a rubric is covered by them from end to end, whatever stands between, and an
answer made of such lists names three or more terms side by side in sentence after sentence.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import groupby, pairwise

from rubrics.graders.offline.segments import Sentence
from rubrics.graders.offline.terms import Hit
from rubrics.graders.offline.vocabulary import FUNCTION_WORDS
from rubrics.graders.offline.word_sets import word_set

COVERED = 0.85
"""Share of covered words; one in a hundred sentences of good answers exceeds 0.8."""
LONG = 7
"""Words from which a covered sentence is a list by itself."""
IN_A_ROW = 3
"""Short covered sentences in a row that make a list."""
SIDE_BY_SIDE = 3
"""Terms with nothing between them that make an enumeration."""
LISTING_SHARE = 0.5
"""Share of the sentences with terms that enumerate, from which the whole answer is a list: at
most a third in prose, three quarters and more where terms were glued together."""
LISTING_LEAST = 3
OWN_SHARE = 0.4
"""Words of its own for each term, below which an answer says nothing with them: prose has one
or more."""
FRAME = 3
"""Sentences with the same word from which it belongs to a frame."""

_GLUE = word_set("and or plus with the a an of in on per by")


def covered_lists(found: Sequence[Sentence], hits: Sequence[Collection[Hit]]) -> frozenset[int]:
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


def listing_sentences(found: Sequence[Sentence], hits: Sequence[Collection[Hit]]) -> frozenset[int]:
    """Return the indices of the sentences that list, in an answer that does little else.

    Once most sentences enumerate, whatever says no more of its own than it names terms is taken
    for a piece of the list as well. Words that come back in sentence after sentence are a frame
    that the terms were put into, and nothing of its own.
    """
    compact = [disjoint(hit for hit in places if _is_compact(hit)) for places in hits]
    listing = {
        index for index, one in enumerate(found) if longest_row(one, compact[index]) >= SIDE_BY_SIDE
    }
    own = _own_words(found, hits)
    speaking = [index for index, places in enumerate(hits) if places]
    enumerates = max(LISTING_LEAST, LISTING_SHARE * len(speaking)) <= len(listing)
    is_silent = sum(own[index] for index in speaking) < OWN_SHARE * sum(map(len, compact))
    if len(speaking) < LISTING_LEAST or not (enumerates or is_silent):
        return frozenset()
    return frozenset(
        index
        for index in range(len(found))
        if index in listing or own[index] <= len(compact[index])
    )


def _is_compact(hit: Hit) -> bool:
    """Return whether the words of a hit stand together, so that it is one item."""
    return hit[-1] - hit[0] < len(hit) + 2


def _own_words(found: Sequence[Sentence], hits: Sequence[Iterable[Hit]]) -> list[int]:
    """Count for each sentence the words of content that belong neither to a term nor a frame."""
    own: list[frozenset[str]] = []
    for sentence, places in zip(found, hits, strict=True):
        covered = {index for hit in places for index in hit}
        own.append(
            frozenset(
                token.stem
                for index, token in enumerate(sentence.tokens)
                if index not in covered and token.word not in FUNCTION_WORDS
            )
        )
    used = Counter(word for words in own for word in words)
    return [sum(used[word] < FRAME for word in words) for words in own]


def disjoint(hits: Iterable[Hit]) -> list[Hit]:
    """Return hits that share no word, in order, taking those that end first."""
    chosen: list[Hit] = []
    for hit in sorted(hits, key=lambda one: (one[-1], -one[0])):
        if not chosen or hit[0] > chosen[-1][-1]:
            chosen.append(hit)
    return chosen


def longest_row(sentence: Sentence, chosen: Sequence[Hit]) -> int:
    """Return how many terms stand side by side at most, parted by glue and commas only."""
    rows = [1] if chosen else [0]
    for first, second in pairwise(chosen):
        between = sentence.tokens[first[-1] + 1 : second[0]]
        bare = all(token.word in _GLUE for token in between)
        rows.append(rows[-1] + 1 if bare else 1)
    return max(rows)


def _share(sentence: Sentence, hits: Iterable[Hit]) -> float:
    covered = {index for hit in hits for index in hit}
    return len(covered) / len(sentence.tokens)
