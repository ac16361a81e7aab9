"""Identifiers: kebab-case slugs that never carry meaning for a reader (labels do)."""

import re
from typing import Annotated

from pydantic import StringConstraints

SLUG_PATTERN = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
MAX_SLUG_LENGTH = 64

Slug = Annotated[str, StringConstraints(pattern=SLUG_PATTERN, max_length=MAX_SLUG_LENGTH)]
"""A kebab-case id such as ``fraud-detection``: lower-case letters, digits, single hyphens."""


def slugify(text: str, fallback: str = "node") -> str:
    """Turn a label into a slug, keeping what can be kept.

    Args:
        text: Any label, in any script.
        fallback: The slug to use when nothing of the label survives (emoji, CJK, blanks).

    Returns:
        A string that matches `SLUG_PATTERN`.
    """
    kept = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:MAX_SLUG_LENGTH].strip("-")
    return kept or fallback


def unused_slug(wanted: str, taken: set[str]) -> str:
    """Return `wanted`, or `wanted` with the lowest number from 2 on that is not taken."""
    if wanted not in taken:
        return wanted
    number = 2
    while True:
        suffix = f"-{number}"
        candidate = wanted[: MAX_SLUG_LENGTH - len(suffix)].rstrip("-") + suffix
        if candidate not in taken:
            return candidate
        number += 1
