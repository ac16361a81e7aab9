"""Where something stands in a document: its path in words, its line and column."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from designs.characters import one_line
from designs.identifiers import MAX_SLUG_LENGTH, SLUG_PATTERN

_SLUG = re.compile(SLUG_PATTERN)

Path_ = tuple[str | int, ...]
Positions = dict[Path_, tuple[int, int]]


class Parsed(NamedTuple):
    """Plain data, and the line and column (from 1) at which each part of it stands."""

    data: Any
    positions: Positions


def in_words(loc: Path_, data: Any) -> str:
    """Return a path for a message, such as ``nodes.2 (ranker).replicas``."""
    return one_line(".".join(_with_ids(loc, data))) or "document"


def _with_ids(loc: Path_, data: Any) -> Iterator[str]:
    """Yield the parts of a path; after a number the id of what stands there, if it has one."""
    for part in loc:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            data = None
        found = data.get("id") if isinstance(part, int) and isinstance(data, dict) else None
        named = isinstance(found, str) and _SLUG.fullmatch(found)
        yield f"{part} ({found[:MAX_SLUG_LENGTH]})" if named and found else str(part)


def nearest(loc: Path_, parsed: Parsed) -> tuple[int, int]:
    """Find the deepest part of `loc` that exists; pydantic adds union tags in between."""
    known: Path_ = ()
    for part in loc:
        if (*known, part) in parsed.positions:
            known = (*known, part)
    return parsed.positions.get(known, (1, 1))
