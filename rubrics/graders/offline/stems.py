"""Words and their stems."""

import re
import threading
from functools import lru_cache

import snowballstemmer

from rubrics.graders.offline.known_stems import shipped_stems

_WORD = re.compile(r"\d+(?:[.,]\d+)+(?!\w)|[^\W_]+(?:'[^\W_]+)*")
_BRITISH_ISE = re.compile(r"(?<=[a-z]{3})is(e|ed|es|er|ers|ing|ation|ations)$")
_DOUBLE_L = re.compile(r"(?<=[a-z]{2})ll(ing|ed|er|ers)$")
_IRREGULAR = {
    "held": "hold", "kept": "keep", "sent": "send", "chose": "choose", "chosen": "choose",
    "lost": "lose", "paid": "pay", "split": "split", "seen": "see", "saw": "see", "wrote": "write",
    "written": "write", "took": "take", "taken": "take", "fell": "fall", "fallen": "fall",
    "fed": "feed", "built": "build", "bought": "buy", "knew": "know", "known": "know",
    "drawn": "draw", "drew": "draw", "meant": "mean", "caught": "catch", "froze": "freeze",
    "frozen": "freeze", "hid": "hide", "hidden": "hide", "left": "leave", "went": "go",
    "gone": "go", "came": "come", "made": "make", "gave": "give", "given": "give",
    "thrown": "throw", "threw": "throw", "rose": "rise", "risen": "rise", "beaten": "beat",
    "less": "less", "worse": "worse", "older": "old", "oldest": "old", "newer": "new",
    "newest": "new", "later": "late", "latest": "late", "earlier": "early", "earliest": "early",
    "costlier": "cost", "cheaper": "cheap", "slower": "slow", "faster": "fast", "data": "data",
}  # fmt: skip
"""Forms that a suffix stemmer leaves apart although a reader hears one word."""

_lock = threading.Lock()
_snowball = snowballstemmer.stemmer("english")


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Return the stem of one folded word, the same for British and American spelling."""
    return shipped_stems().get(word) or stemmed(word)


def stemmed(word: str) -> str:
    """Return the stem of a word that is not known yet.

    The stemmer keeps state while it works, and a server grades in several threads: hence the lock.
    """
    if len(word) > 40 or not word.isascii():
        return word[:40]
    word = word.removesuffix("'s")
    word = _IRREGULAR.get(word, word)
    word = _DOUBLE_L.sub(r"l\1", _BRITISH_ISE.sub(r"iz\1", word))
    with _lock:
        return str(_snowball.stemWord(word))


def words(text: str) -> tuple[tuple[int, int], ...]:
    """Return the start and end of every word of a folded text; hyphens part words."""
    return tuple([found.span() for found in _WORD.finditer(text)])


def stems(text: str) -> tuple[str, ...]:
    """Return the stems of a folded text, in order."""
    return tuple(stem(text[start:end]) for start, end in words(text))
