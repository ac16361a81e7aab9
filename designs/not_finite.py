"""Numbers that are none: NaN and the infinities, which no field of a record takes."""

import math
import re
from typing import Any, NamedTuple

NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF|nan|NaN|NAN)")
"""How YAML spells them."""


class NotFinite(NamedTuple):
    """Where in plain data such a number stands."""

    path: tuple[str | int, ...]
    number: float


def first_not_finite(data: Any, path: tuple[str | int, ...] = ()) -> NotFinite | None:
    """Return the first such number in the order of the document, or None.

    Args:
        data: Plain data whose depth was checked.
        path: Where `data` itself stands.
    """
    return _first(data, path) if _holds_any(data) else None


def _holds_any(data: Any) -> bool:
    """Return whether there is one at all: most documents need no look at where."""
    todo = [data]
    while todo:
        value = todo.pop()
        if isinstance(value, dict):
            todo += value.values()
        elif isinstance(value, list):
            todo += value
        elif isinstance(value, float) and not math.isfinite(value):
            return True
    return False


def _first(data: Any, path: tuple[str | int, ...]) -> NotFinite | None:
    if isinstance(data, float):
        return None if math.isfinite(data) else NotFinite(path, data)
    parts: Any = ()
    if isinstance(data, dict):
        parts = data.items()
    elif isinstance(data, list):
        parts = enumerate(data)
    found = (_first(value, (*path, key)) for key, value in parts)
    return next((one for one in found if one), None)
