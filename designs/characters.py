"""Characters: which of them a text may not hold, where they stand, and how messages show them."""

import re

UNSTORABLE = re.compile("[\0\ud800-\udfff]")
"""NUL, which PostgreSQL refuses, and halves of surrogate pairs, which UTF-8 cannot spell."""

REPLACEMENT = "\ufffd"
"""What stands for a character that cannot be shown or stored."""

_JSON_ESCAPE = re.compile(
    r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|(\\u(?:0000|[dD][89a-fA-F]..))|\\.", re.DOTALL
)
"""Whole pairs and other escapes are passed over; the group is what remains."""

_NOT_IN_YAML = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def storable(text: str) -> str:
    """Return a text that every store and document can hold.

    Each unstorable character becomes U+FFFD, in every store alike, so that a text has the same
    hash wherever it is kept.
    """
    return UNSTORABLE.sub(REPLACEMENT, text)


def is_storable(text: str) -> bool:
    """Tell whether a text, such as an owner's name, can be kept as it is."""
    return UNSTORABLE.search(text) is None


def place_in(text: str, index: int) -> tuple[int, int]:
    """Return line and column, both from 1, of the character at an index."""
    before = text[:index]
    return before.count("\n") + 1, index - (before.rfind("\n") + 1) + 1


def unstorable_escape(text: str) -> tuple[int, int]:
    """Return where JSON text first spells an unstorable character, or its beginning."""
    found = (escape.start() for escape in _JSON_ESCAPE.finditer(text) if escape[1])
    return place_in(text, next(found, 0))


def not_in_yaml(text: str) -> tuple[int, int]:
    """Return where a text first holds a character that YAML forbids, or its beginning."""
    found = _NOT_IN_YAML.search(text)
    return place_in(text, found.start() if found else 0)


def one_line(text: str, most: int = 200) -> str:
    """Return a text for a message: on one line, at most `most` characters, nothing invisible."""
    shown = text if len(text) <= most else f"{text[: most - 1]}…"
    return "".join(one if one.isprintable() else _escape(one) for one in shown)


def _escape(one: str) -> str:
    return one.encode("unicode_escape").decode("ascii")
