"""Refusals: sentences that turn something down and put nothing in its place.

One of them is a decision like any other. An answer of little else is advice turned down as a whole:
it names what matters only to refuse it.
"""

import re
from collections.abc import Sequence

_WE = r"(?:we|i)"
_MODAL = r"(?:will|would|do|can|shall|are|am|see|have|also|certainly|simply|intend|plan)"
_OPENING = re.compile(
    rf"^(?:[\w',-]+ ){{0,6}}?(?:"
    rf"{_WE} (?:{_MODAL} )*(?:not|no|never)\b"
    rf"|{_WE} (?:\w+n't|refuse|reject)\b"
    rf"|there (?:is|are|will be|would be|was) (?:certainly |also )?(?:no|not|none|little)\b"
    rf"|nor\b|(?:no|nothing|nobody|none) )"
)
"""How a sentence begins that refuses: `we will not`, `there is no need`, `nor do we`, `nobody`."""
_DISPENSED = re.compile(
    r"\b(?:is|are|need|needs|be|do|does|will|would|can) not\b|n't\b|\bneeds? no\b|\bn(?:or|either)\b"
    r"|\b(?:is|are|be) (?:also |quite |simply )?(?:unnecessary|needless|pointless|useless|superfluous"
    r"|out of the question|a waste|overkill|negligible|irrelevant|no \w+)\b"
)
"""What is said of something dispensable: `is not needed`, `is a waste`."""
_INSTEAD = re.compile(
    r"\b(?:instead|but|rather|only|unless|until|alone|just|merely|yet|whereas|so)\b"
    r"|[;:] (?:we|i|it|they|the)\b|->"
)
"""Marks of something that takes the place of what is refused, or of a condition."""

_FEW, _MOSTLY = 3, 0.6
"""Sentences from which an answer can be refused as a whole, and the share that has to refuse.

In the tuning half denied advice reaches 0.64 to 0.92 but for one answer with 0.5, and no other
answer more than 0.5; sound answers that were written to sound like mistakes reach 0.44."""


def refuses(text: str, *, denied: bool) -> bool:
    """Return whether a sentence refuses without an alternative.

    Args:
        text: The folded sentence.
        denied: Whether an act is denied in it.
    """
    if _INSTEAD.search(text):
        return False
    return denied or bool(_OPENING.search(text) or _DISPENSED.search(text))


def is_refused(refusals: Sequence[bool]) -> bool:
    """Return whether an answer, sentence by sentence, is turned down as a whole."""
    return len(refusals) >= _FEW and sum(refusals) >= _MOSTLY * len(refusals)
