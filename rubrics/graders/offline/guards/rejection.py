"""Rejection: marks of a sentence that reports or refuses a bad idea rather than proposing it."""

import re

_MARKS = re.compile(
    r"\?|\b(?:would|could|might|wrong|mistake|trap|danger|naive|tempting|instead of|rather than"
    r"|unlike|if we|if one|if you|today|at present|currently|so far|used to|old|previous|was|were"
    r"|bad|worse|pretend|flatter\w*|rejected?|ruled out|considered|alternative"
    r"|some (?:people|teams)|because it is not)\b"
)


def rejecting_marks(text: str) -> frozenset[str]:
    """Return the marks of rejection that a folded text holds."""
    return frozenset(_MARKS.findall(text))
