"""Clause edges: how far a word such as *not* reaches."""

import re

from rubrics.graders.offline.segments import Sentence
from rubrics.graders.offline.vocabulary import CLAUSE_OPENERS, SUBJECTS

_HARD = re.compile(r"[;:()>—!?]|\s-\s|\.\s")
_ITEM_WORDS = 4
_PAIRED = 3
"""Words before an *and* that ends a denied list: `not A, B and C`."""


def is_hard_edge(sentence: Sentence, index: int) -> bool:
    """Return whether punctuation or a conjunction opens a new clause at token `index`."""
    if index == 0 or _HARD.search(sentence.gap(index - 1)):
        return True
    word = sentence.tokens[index].word
    if word in CLAUSE_OPENERS and word != "as":
        return not (word == "instead" and _word(sentence, index + 1) == "of")
    return word in ("and", "or") and _word(sentence, index + 1) in SUBJECTS


def is_edge(sentence: Sentence, index: int) -> bool:
    """Return whether a clause ends before token `index`; commas count unless a list goes on."""
    if is_hard_edge(sentence, index):
        return True
    return "," in sentence.gap(index - 1) and not _list_goes_on(sentence, index)


def _list_goes_on(sentence: Sentence, index: int) -> bool:
    """Return whether short items follow up to an *or* or *nor*: `no A, B, or C`."""
    since_comma = 0
    for position in range(index, len(sentence.tokens)):
        word = sentence.tokens[position].word
        if position > index and is_hard_edge(sentence, position):
            return False
        if position > index and "," in sentence.gap(position - 1):
            since_comma = 0
        if word in ("or", "nor"):
            return True
        if word == "and":
            return _word(sentence, position + 1) not in SUBJECTS and since_comma <= _PAIRED
        since_comma += 1
        if since_comma > _ITEM_WORDS or word in SUBJECTS:
            return False
    return False


def clause_end(sentence: Sentence, start: int) -> int:
    """Return the index behind the last token of the clause that holds token `start`."""
    index = start + 1
    while index < len(sentence.tokens) and not is_edge(sentence, index):
        index += 1
    return index


def clause_start(sentence: Sentence, index: int) -> int:
    """Return the index of the first token of the clause that holds token `index`."""
    while index > 0 and not is_edge(sentence, index):
        index -= 1
    return index


def _word(sentence: Sentence, index: int) -> str:
    return sentence.tokens[index].word if 0 <= index < len(sentence.tokens) else ""
