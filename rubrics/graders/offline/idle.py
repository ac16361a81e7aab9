"""Idle sentences: those that say nothing about the design.

Greetings, announcements, truisms, stories, words to the grader. They earn nothing, and they must not
water anything down either, or padding would change a score. Function words tell them as well as
others do ("let me", "as I said"), so this model knows all words, unlike the one of doubt. It is
fitted by ``python -m rubrics.training`` to sentences that were written to be idle or to look so.
"""

from functools import lru_cache
from itertools import pairwise

from rubrics.graders.offline.graded_sentences import read_trained
from rubrics.graders.offline.segments import Sentence
from rubrics.graders.offline.word_model import WordModel

IDLE_FROM = 0.5
"""Chance from which a sentence is left out."""


class IdleModel(WordModel):
    """Tells whether a sentence is beside the point."""

    def is_idle(self, sentence: Sentence) -> bool:
        """Return whether a sentence says nothing about the design."""
        return self.chance_of(words_and_pairs(sentence)) >= IDLE_FROM


def words_and_pairs(sentence: Sentence) -> list[str]:
    """Return the stems of a sentence and of its neighbouring words, each once, sorted."""
    stems = [token.stem for token in sentence.tokens]
    pairs = (f"{first} {second}" for first, second in pairwise(stems))
    return sorted({*stems, *pairs})


@lru_cache(maxsize=1)
def shipped_idle_model() -> IdleModel:
    """Return the model that the grader is shipped with, read once per process."""
    return read_trained("idle_model.json", IdleModel)
