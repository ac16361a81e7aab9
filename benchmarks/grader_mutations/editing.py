"""Edits of a text: sentences taken out, others put in, and no seam left behind."""

import hashlib
import re
from collections.abc import Iterable, Sequence

from benchmarks.grader_mutations.operators import Edit

Range = tuple[int, int]

_BLANKS = re.compile(r"[ \t]*")
_BARE_BULLET = re.compile(r"^[ \t]*(?:[-*+•‣◦▪·]|\(?\d{1,3}[.)])[ \t]*(?:\n|\Z)", re.MULTILINE)
_GAP = re.compile(r"\n{3,}")


def merged(ranges: Iterable[Range]) -> tuple[Range, ...]:
    """Return ranges in order, with those that overlap joined into one."""
    joined: list[Range] = []
    for start, end in sorted(ranges):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def without(text: str, ranges: Sequence[Range], put: str) -> str:
    """Return a text in which one sentence stands for all the ranges.

    Args:
        text: An answer.
        ranges: In order, not overlapping.
        put: Takes the place of the first; may be empty.
    """
    kept: list[str] = []
    at = 0
    for number, (start, end) in enumerate(ranges):
        kept.append(text[at:start])
        filling = put if number == 0 else ""
        kept.append(filling)
        at = end if filling else _past_blanks(text, end)
    kept.append(text[at:])
    return _tidy("".join(kept))


def edited(text: str, edits: Iterable[Edit], wording: str) -> str:
    """Return an exemplar's answer with every edit made.

    Raises:
        ValueError: If a text to be replaced does not occur exactly once.
    """
    for edit in edits:
        if text.count(edit.find) != 1:
            raise ValueError(f"occurs {text.count(edit.find)} times, not once: {edit.find}")
        start = text.index(edit.find)
        end = start + len(edit.find)
        put = as_sentence(wording, text[end:]) if edit.put is None else edit.put
        text = without(text, [(start, end)], put)
    return text


def as_sentence(note: str, following: str) -> str:
    """Return a note with a full stop where the next sentence would otherwise run into it."""
    runs_on = _BLANKS.sub("", following, count=1)[:1] not in ("", "\n", "\r")
    return f"{note}." if note and runs_on and note[-1] not in ".!?" else note


def chosen(wordings: Sequence[str], key: str) -> str:
    """Return one of the wordings, always the same one for the same key; empty if there is none."""
    if not wordings:
        return ""
    digest = hashlib.sha256(key.encode()).digest()
    return wordings[int.from_bytes(digest[:4], "big") % len(wordings)]


def _past_blanks(text: str, place: int) -> int:
    found = _BLANKS.match(text, place)
    return found.end() if found else place


def _tidy(text: str) -> str:
    """Drop bullets without words, and the gaps that whole paragraphs left."""
    return _GAP.sub("\n\n", _BARE_BULLET.sub("", text)).strip()
