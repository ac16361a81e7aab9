"""List-like sentences: names without a statement.

A sentence of prose has small words between its nouns; a list has separators. Terse notes have few
small words too, but they carry numbers, arrows, reasons or instructions, and those are statements.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from rubrics.graders.offline.depth import has_reason, says_much
from rubrics.graders.offline.quantities import quantities
from rubrics.graders.offline.segments import Sentence
from rubrics.graders.offline.vocabulary import FUNCTION_WORDS, SUBJECTS

FUNCTION_SHARE = 0.12
SEPARATOR_SHARE = 0.27
FRAGMENT_WORDS = 4
"""A line of at most so many words without a small word is a fragment."""
ITEM_WORDS = 2.6
"""Mean words between the separators of a list."""
FRAGMENTS_IN_A_ROW = 3

_SEPARATOR = re.compile(r"[,;/|+•&·:]|\s-\s|\n")
_STATEMENT = re.compile(r"->|=>|>|<|=|≤|≥|→|⇒|\*")
_ARTICLES = frozenset({"the", "a", "an", "our", "its", "their", "this", "that"})
_COPULAS = frozenset({"is", "are"})
_LINK = frozenset({"and", "or", "plus"})
_GRAMMAR = FUNCTION_WORDS - _LINK


def list_sentences(found: Sequence[Sentence]) -> frozenset[int]:
    """Return the indices of the sentences that are lists or parts of one."""
    lists = {index for index, one in enumerate(found) if _is_list(one)}
    position = 0
    for fragment, group in groupby(found, key=_is_fragment):
        size = len(list(group))
        if fragment and size >= FRAGMENTS_IN_A_ROW:
            lists.update(range(position, position + size))
        position += size
    return frozenset(lists)


def with_rests(found: Sequence[Sentence], lists: Iterable[int]) -> frozenset[int]:
    """Add what was cut off a list because it was too long for one sentence."""
    known = set(lists)
    for index, one in enumerate(found):
        if one.is_rest and index - 1 in known:
            known.add(index)
    return frozenset(known)


def _is_list(sentence: Sentence) -> bool:
    count = len(sentence.tokens)
    separators = _separators(sentence)
    if count < FRAGMENT_WORDS or separators < 2 or _says_something(sentence):
        return False
    grammar = sum(token.word in _GRAMMAR for token in sentence.tokens)
    items = (count - grammar) / (separators + 1)
    few_small_words = grammar / count < FUNCTION_SHARE
    return (few_small_words and items <= ITEM_WORDS) or separators / count > SEPARATOR_SHARE


def _separators(sentence: Sentence) -> int:
    marks = sum(
        bool(_SEPARATOR.search(sentence.gap(index))) for index in range(len(sentence.tokens) - 1)
    )
    return marks + sum(token.word in _LINK for token in sentence.tokens[1:])


def _is_fragment(sentence: Sentence) -> bool:
    if len(sentence.tokens) > FRAGMENT_WORDS or _says_something(sentence):
        return False
    return not any(token.word in _GRAMMAR for token in sentence.tokens)


def _says_something(sentence: Sentence) -> bool:
    """Return whether a sentence holds a number, an arrow, a reason or a verb with its object."""
    if _STATEMENT.search(sentence.text) or has_reason(sentence) or _has_object(sentence):
        return True
    if _has_predicate(sentence):
        return True
    figures = [one for one in quantities(sentence) if says_much(one, sentence)]
    return bool(figures) and len(figures) * 12 >= len(sentence.tokens)


def _has_predicate(sentence: Sentence) -> bool:
    """Return whether a sentence begins like one: `we log`, `I would keep`, `guardrails are`."""
    opening = [token.word for token in sentence.tokens[:5]]
    return opening[0] in SUBJECTS or bool(_COPULAS.intersection(opening[1:]))


def _has_object(sentence: Sentence) -> bool:
    """Return whether an article follows a word of the same item: `shop carries the decision`."""
    return any(
        token.word in _ARTICLES
        and not _SEPARATOR.search(sentence.gap(index - 1))
        and sentence.tokens[index - 1].word not in FUNCTION_WORDS
        for index, token in enumerate(sentence.tokens)
        if index
    )
