"""Copied spans: words taken over from the prompt show nothing about the candidate."""

from collections.abc import Iterable
from dataclasses import dataclass

from rubrics.graders.offline.folding import fold
from rubrics.graders.offline.segments import Sentence
from rubrics.graders.offline.stems import words

RUN = 5
"""Words in a row that make a copy; four happen by chance."""
SHORTEST = 3
OWN_WORDS = 6
"""Own words beside a copy that make the sentence worth reading: the copy is its premise."""


@dataclass(frozen=True)
class CopySource:
    """Every run of words of the texts that a candidate could copy from."""

    runs: frozenset[tuple[str, ...]]
    wholes: frozenset[tuple[str, ...]]
    """Texts of three or four words: too short for a run, copied if nothing stands beside them."""

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
    if spelled in source.wholes:
        return frozenset(range(len(spelled)))
    return frozenset(
        index
        for start in range(len(spelled) - RUN + 1)
        if spelled[start : start + RUN] in source.runs
        for index in range(start, start + RUN)
    )


def is_mostly_copied(sentence: Sentence, copied: frozenset[int]) -> bool:
    """Return whether the sentence is a copy rather than an argument that starts from a given."""
    own = len(sentence.tokens) - len(copied)
    return len(copied) > len(sentence.tokens) / 2 and own < OWN_WORDS
