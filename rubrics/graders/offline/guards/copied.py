"""Copied spans: words taken over from the prompt show nothing about the candidate."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rubrics.graders.offline.folding import fold
from rubrics.graders.offline.segments import Sentence
from rubrics.graders.offline.stems import words

RUN = 5
"""Words in a row that make a copy; four happen by chance."""
SHORTEST = 3
OWN_WORDS = 6
"""Own words in a row beside a copy that make the sentence worth reading: the copy is its premise."""
_SEPARATOR = re.compile(r"[,;:/|+•()\n]")
_BREAK = re.compile(r"[/|•\n]")
"""Marks between the items of a list; no sentence goes on behind them."""


@dataclass(frozen=True)
class CopySource:
    """Every run of words of the texts that a candidate could copy from."""

    runs: frozenset[tuple[str, ...]]
    wholes: frozenset[tuple[str, ...]]
    """Texts of three or four words: too short for a run, copied where they are an item by themselves."""

    @classmethod
    def of(cls, texts: Iterable[str]) -> "CopySource":
        """Collect the runs of some texts; a run never spans two texts."""
        runs: set[tuple[str, ...]] = set()
        wholes: set[tuple[str, ...]] = set()
        for text in texts:
            folded = fold(text).text
            spelled = [folded[start:end] for start, end in words(folded)]
            if SHORTEST <= len(spelled) < RUN:
                wholes.add(tuple(spelled))
            runs.update(tuple(spelled[i : i + RUN]) for i in range(len(spelled) - RUN + 1))
        return cls(frozenset(runs), frozenset(wholes))


def copied_tokens(sentence: Sentence, source: CopySource) -> frozenset[int]:
    """Return the indices of the tokens that lie in a copied run."""
    spelled = tuple(token.word for token in sentence.tokens)
    copied = {
        index
        for start in range(len(spelled) - RUN + 1)
        if spelled[start : start + RUN] in source.runs
        for index in range(start, start + RUN)
    }
    for start, end in _items(sentence):
        if spelled[start:end] in source.wholes:
            copied.update(range(start, end))
    return frozenset(copied)


def _items(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Yield where the items of a sentence begin and end: what stands between separators."""
    start = 0
    for index in range(1, len(sentence.tokens) + 1):
        if index == len(sentence.tokens) or _SEPARATOR.search(sentence.gap(index - 1)):
            yield start, index
            start = index


def is_mostly_copied(sentence: Sentence, copied: frozenset[int]) -> bool:
    """Return whether the sentence is a copy rather than an argument that starts from a given."""
    if len(copied) <= len(sentence.tokens) / 2:
        return False
    stretch = longest = 0
    for index in range(len(sentence.tokens)):
        if index and _BREAK.search(sentence.gap(index - 1)):
            stretch = 0
        stretch = 0 if index in copied else stretch + 1
        longest = max(longest, stretch)
    return longest < OWN_WORDS
