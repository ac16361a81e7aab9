"""A refused number is told its range, wherever the field stands."""

import pytest
from pydantic import Field

from designs.attempt_document import AttemptDocument
from designs.field_range import stated_range
from designs.record import Record


class Inner(Record):
    share: float = Field(ge=0, le=1)
    wait_ms: float | None = Field(default=None, gt=0, le=3.6e6)
    count: int = Field(ge=1)
    ratio: float = Field(gt=0, lt=1)


class Outer(Record):
    inner: Inner
    many: tuple[Inner, ...] = ()
    named: dict[str, Inner] | None = None


@pytest.mark.parametrize(
    ("loc", "said"),
    [
        (("inner", "share"), "must be at least 0 and at most 1"),
        (("many", 3, "wait_ms"), "must be above 0 and at most 3,600,000"),
        (("named", "x", "ratio"), "must be above 0 and below 1"),
        (("inner", "count"), None),
        (("inner",), None),
        (("nobody",), None),
        ((), None),
    ],
)
def test_both_bounds_are_said_or_nothing(loc: tuple[str | int, ...], said: str | None) -> None:
    assert stated_range(Outer, loc) == said


def test_a_node_of_a_document_has_its_range() -> None:
    loc = ("design", "nodes", 2, "replicas")
    assert stated_range(AttemptDocument, loc) == "must be at least 1 and at most 10,000"
