"""The interviewer's memory: which fact answers a question that the candidate typed.

Word overlap, nothing more: the question is compared with the topic and the wording of every
fact, rare words counting more. A question that matches nothing gets the answer that a good
interviewer gives: assume something and say so.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import snowballstemmer

from designs.prompt import Reveal

MIN_SCORE = 0.34
"""Share of the question's weight that a fact must cover."""
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_FILLER = frozenset(
    "a about after all am an and any are as at be been but by can could do does for from get give "
    "have how i if in is it its let long many may me much must my need of on one or our out per "
    "please should so some tell than that the their them there these they this to us use want was "
    "we what when where which who why will with would you your".split()
)
_STEMMER = snowballstemmer.stemmer("english")


def find_reveal(question: str, reveals: Sequence[Reveal]) -> Reveal | None:
    """Return the fact that answers a question best, or None if none does.

    Args:
        question: What the candidate typed; only the first 500 characters are read.
        reveals: The prompt's facts.
    """
    asked = _stems(question[:500])
    if not asked:
        return None
    facts = [(_stems(f"{one.topic} {one.question}"), _stems(one.answer)) for one in reveals]
    spread = Counter(stem for wording, _ in facts for stem in wording)
    scores = [_score(asked, wording, answer, spread, len(facts)) for wording, answer in facts]
    best = max(range(len(facts)), key=scores.__getitem__, default=None)
    return reveals[best] if best is not None and scores[best] >= MIN_SCORE else None


def _score(
    asked: frozenset[str],
    wording: frozenset[str],
    answer: frozenset[str],
    spread: Counter[str],
    count: int,
) -> float:
    def weight(stem: str) -> float:
        return math.log(1 + count / (1 + spread[stem]))

    total = sum(weight(stem) for stem in asked)
    hit = sum(weight(stem) for stem in asked & wording)
    # The answer's own words count for less: a guess at the answer is half a question.
    hit += 0.4 * sum(weight(stem) for stem in (asked & answer) - wording)
    return hit / total


@lru_cache(maxsize=512)
def _stems(text: str) -> frozenset[str]:
    words = [word for word in _WORD.findall(text.lower()) if word not in _FILLER]
    return frozenset(_STEMMER.stemWords(words))
