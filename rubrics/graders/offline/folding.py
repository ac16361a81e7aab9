"""Folding: one spelling for matching, with the way back to the raw text.

Matching wants lower case, full-width letters as plain ones, no accents and no invisible marks.
Quotes want the raw text. A folded text therefore carries, for each of its characters, the offset
of the raw character it came from.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_SAME = {"’": "'", "‘": "'", "ʼ": "'", "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "→": ">"}
_ARROWS = frozenset("→⇒➔➜⟶↦")
_DASHES = frozenset("–—")


@dataclass(frozen=True)
class Folded:
    """A text in its matching form; `offsets` has one entry more than `text`."""

    text: str
    offsets: Sequence[int]


def fold(raw: str) -> Folded:
    """Return the matching form of a text, character by character.

    Each raw character is folded on its own (compatibility decomposition, then lower case), so
    that no offset ever points into the middle of a raw character.
    """
    if raw.isascii():
        return Folded(raw.lower(), range(len(raw) + 1))
    parts: list[str] = []
    offsets: list[int] = []
    for position, character in enumerate(raw):
        folded = _fold_character(character)
        if folded:
            parts.append(folded)
            offsets.extend([position] * len(folded))
    offsets.append(len(raw))
    return Folded("".join(parts), offsets)


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    if character in _ARROWS:
        return ">"
    if character in _DASHES:
        return "-" if character == "–" else ";"
    if character in _SAME:
        return _SAME[character]
    spread = unicodedata.normalize("NFKD", character)
    kept = "".join(one for one in spread if unicodedata.category(one) not in ("Mn", "Cf", "Cc"))
    if not kept and character in "\t\n\r\x0b\x0c\x85":
        return "\n" if character in "\n\r\x0b\x0c\x85" else " "
    return kept.lower().replace("⁄", "/")
