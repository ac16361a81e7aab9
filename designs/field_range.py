"""The range of a field in words: what a number that was refused should have been."""

from collections.abc import Iterator, Sequence
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

OUT_OF_RANGE = frozenset(
    {"greater_than", "greater_than_equal", "less_than", "less_than_equal", "finite_number"}
)
"""Types of pydantic's errors about a number that lies beyond a bound."""


def stated_range(kind: type[BaseModel], loc: Sequence[str | int]) -> str | None:
    """Return what is said of a field's range, or None if it has not two bounds.

    Args:
        kind: The record that was validated.
        loc: Where in it the field stands, as pydantic tells it.
    """
    found: FieldInfo | None = None
    there: Any = kind
    for part in loc:
        records = [one for one in _records(there) if part in one.model_fields]
        if records:
            found = records[0].model_fields[str(part)]
            there = found.annotation
    bounds = _bounds(found) if found else {}
    low = _one_of(bounds, ge="at least {}", gt="above {}")
    high = _one_of(bounds, le="at most {}", lt="below {}")
    return f"must be {low} and {high}" if low and high else None


def _records(annotation: Any) -> Iterator[type[BaseModel]]:
    """Yield the records that an annotation mentions, in unions and collections too."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for one in get_args(annotation):
        yield from _records(one)


def _bounds(found: FieldInfo) -> dict[str, float]:
    return {
        name: getattr(one, name)
        for one in found.metadata
        for name in ("ge", "gt", "le", "lt")
        if hasattr(one, name)
    }


def _one_of(bounds: dict[str, float], **forms: str) -> str | None:
    """Return the form of the first bound that there is, with its number."""
    return next(
        (form.format(_number(bounds[key])) for key, form in forms.items() if key in bounds), None
    )


def _number(value: float) -> str:
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,}"
