"""Segments: an answer as sentences of tokens, each with its place in the raw text.

Terse bullet notes are sentences too. A line that was wrapped by an editor is joined with the
next; a bullet, a blank line or a short line ends the sentence.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise
from typing import NamedTuple

from rubrics.graders.offline.folding import Folded, fold
from rubrics.graders.offline.stems import stem, words
from rubrics.graders.offline.word_sets import word_set

MAX_TOKENS = 80
"""A longer sentence is cut, so that no step ever sees an endless one."""
WRAPPED_LINE = 60
"""A line at least this long that goes on in lower case may have been wrapped rather than ended."""
_MOSTLY = 0.7

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_BULLET = re.compile(r"\s*(?:[-*+•‣◦▪·>#|]+|\(?\d{1,3}[.)]|[a-z][.)])\s+")
_LABEL = re.compile(r"\s*[\w/&+'() -]{1,30}: ")
"""How a note begins that says what it is about."""
_END = re.compile(r"[.!?。！？؟…]+[\"')\]»”]*(?=\s|$)|[。！？]")
_ABBREVIATIONS = word_set("e.g i.e vs approx incl resp cf ca fig avg est dept mr dr st")
"""Never the end of a sentence."""
_SHORT_ENDINGS = word_set("etc no min max sec hrs al")
"""Also words that a sentence may end with: they go on only before a small letter or a digit."""


class Token(NamedTuple):
    """A word of a sentence: folded form, stem, and place in the sentence's folded text."""

    word: str
    stem: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, a bullet or a terse note."""

    start: int
    end: int
    """Offsets in the raw answer; the quote is `answer[start:end]`."""
    text: str
    """The folded text."""
    raw: str
    tokens: tuple[Token, ...]
    paragraph: int
    """Sentences of one bullet or paragraph share the number."""
    bullet: bool
    is_rest: bool = False
    """True for what is left of a longer sentence that was cut."""

    def gap(self, index: int) -> str:
        """Return what stands between token `index` and the next: spaces and punctuation."""
        start = self.tokens[index].end
        if index + 1 < len(self.tokens):
            return self.text[start : self.tokens[index + 1].start]
        return self.text[start:]


def sentences(answer: str, limit: int = 10_000) -> tuple[Sentence, ...]:
    """Cut an answer into sentences, in order; text without a word gives none.

    Args:
        answer: The raw text.
        limit: How many sentences are read at most.
    """
    return tuple(islice(_all_sentences(answer), limit))


@lru_cache(maxsize=16_384)
def authored_sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a text that belongs to a rubric: several readers ask for each."""
    return sentences(text)


def _all_sentences(answer: str) -> Iterator[Sentence]:
    for paragraph, (start, end, bullet) in enumerate(_paragraphs(answer)):
        for first, last in _cut(answer, start, end):
            yield from _sentence(answer, first, last, paragraph, bullet)


def _paragraphs(answer: str) -> Iterator[tuple[int, int, bool]]:
    """Yield start, end and bullet mark of every run of lines that belongs together."""
    start = end = -1
    bullet = False
    wrapped = _looks_wrapped(answer)
    for line in _LINE.finditer(answer):
        if not line.group().strip():
            continue
        mark = _BULLET.match(line.group())
        if start >= 0 and mark is None and _goes_on(answer, start, end, line, wrapped=wrapped):
            end = line.end()
            continue
        if start >= 0:
            yield start, end, bullet
        bullet = mark is not None
        start, end = line.start() + (mark.end() if mark else 0), line.end()
    if start >= 0:
        yield start, end, bullet


def _looks_wrapped(answer: str) -> bool:
    """Return whether lines end where an editor had no room left, rather than where notes end.

    After most lines that go on in lower case, the next word would not have fitted into the width
    of the longest line.
    """
    lines = [line.group().rstrip() for line in _LINE.finditer(answer)]
    width = max(map(len, lines), default=0)
    pairs = [
        len(line) + 1 + len(following.split()[0]) > width
        for line, following in pairwise(lines)
        if len(line) >= WRAPPED_LINE and following[:1].islower()
    ]
    return sum(pairs) >= _MOSTLY * len(pairs)


def _goes_on(answer: str, start: int, end: int, line: re.Match[str], *, wrapped: bool) -> bool:
    """Return whether a line continues the one before: wrapped by an editor, not ended."""
    between = answer[end : line.start()]
    if between.count("\n") > 1 or between.count("\r") > 1:
        return False
    before = max(answer.rfind("\n", start, end), answer.rfind("\r", start, end), start - 1)
    last_line = answer[before + 1 : end]
    first = line.group().lstrip()[:1]
    if len(last_line) < WRAPPED_LINE or _LABEL.match(line.group()):
        return False
    if last_line.rstrip()[-1:] in ".!?:;,":
        return True
    return wrapped and (first.islower() or first.isdigit() or first in "(\"'“")


def _cut(answer: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a paragraph."""
    text = answer[start:end]
    first = 0
    for stop in _END.finditer(text):
        if _is_abbreviation(text, first, stop):
            continue
        yield start + first, start + stop.end()
        first = stop.end()
    if first < len(text):
        yield start + first, end


def _is_abbreviation(text: str, first: int, stop: re.Match[str]) -> bool:
    if stop.group() != ".":
        return False
    before = text[max(first, stop.start() - 12) : stop.start()]
    last = before.split()[-1].lower().lstrip("(") if before.split() else ""
    following = text[stop.end() :].strip()[:1]
    if last in _SHORT_ENDINGS:
        return following.islower() or following.isdigit()
    return last in _ABBREVIATIONS and following != ""


def _sentence(
    answer: str, start: int, end: int, paragraph: int, bullet: bool
) -> Iterator[Sentence]:
    folded = fold(answer[start:end])
    spans = words(folded.text)
    for first in range(0, len(spans), MAX_TOKENS):
        taken = spans[first : first + MAX_TOKENS]
        text, raw, place, tokens = _from_spans(answer, start, folded, taken)
        yield Sentence(*place, text, raw, tokens, paragraph, bullet, is_rest=first > 0)


def _from_spans(
    answer: str, offset: int, folded: Folded, spans: tuple[tuple[int, int], ...]
) -> tuple[str, str, tuple[int, int], tuple[Token, ...]]:
    """Return folded text, raw text, place and tokens from the first word to the last and its marks."""
    low = _leading(folded.text, spans[0][0])
    high = _trailing(folded.text, spans[-1][1])
    start = offset + folded.offsets[low]
    end = max(offset + folded.offsets[high - 1] + 1, start + 1)
    tokens = tuple(
        [Token(word := folded.text[a:b], stem(word), a - low, b - low) for a, b in spans]
    )
    return folded.text[low:high], answer[start:end], (start, end), tokens


def _leading(text: str, first: int) -> int:
    """Step back over an opening mark that belongs to the first word: a currency, a sign."""
    while first > 0 and text[first - 1] in "$€£~<>\"'(=":
        first -= 1
    return first


def _trailing(text: str, last: int) -> int:
    while last < len(text) and text[last] in "%.!?;:)\"'…。！？":
        last += 1
    if text[last : last + 2] == " %":
        return _trailing(text, last + 2)
    return last
