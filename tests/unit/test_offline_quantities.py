"""Numbers with units, as people write them."""

import pytest

from rubrics.criterion import Unit
from rubrics.graders.offline.quantities import quantities
from rubrics.graders.offline.segments import sentences

FOUND: list[tuple[str, Unit, float]] = [
    ("p99 under 100 ms", "ms", 100),
    ("p99 under 100ms", "ms", 100),
    ("within 0.2 seconds", "ms", 200),
    ("answers in half a second", "ms", 500),
    ("a gap of 30 days", "day", 30),
    ("a gap of thirty days", "day", 30),
    ("hold out two weeks", "day", 14),
    ("hold out 3 months", "day", 90),
    ("a 90-day window", "day", 90),
    ("alert at 0.1 %", "percent", 0.1),
    ("alert at 0.1 %", "ratio", 0.001),
    ("one percent of traffic", "percent", 1),
    ("between 1-2% of requests", "percent", 1),
    ("between 1-2% of requests", "percent", 2),
    ("from 1 to 2 percent", "percent", 1),
    ("20k rps at peak", "per-second", 20_000),
    ("2,000 requests per second", "per-second", 2000),
    ("2000/s", "per-second", 2000),
    ("600 a second", "per-second", 600),
    ("86.4 million a day", "per-second", 1000),
    ("5M users", "count", 5_000_000),
    ("five million users", "count", 5_000_000),
    ("1.5bn rows", "count", 1.5e9),
    ("12 replicas", "count", 12),
    ("each miss costs $25", "usd", 25),
    ("each miss costs 25 dollars", "usd", 25),
    ("$1.5k a month", "usd", 1500),
    ("40 cents a call", "usd", 0.4),
    ("fresh within 15 min", "min", 15),
    ("fresh within a quarter of an hour", "min", 15),
    ("every 6 hours", "h", 6),
    ("every hour", "h", 1),
    ("retrained weekly", "day", 7),
    ("every night", "day", 1),
    ("PSI above 0.2", "ratio", 0.2),
    ("vectors of 512 bytes", "byte", 512),
    ("20 GB of vectors", "byte", 20e9),
    ("１００ ms", "ms", 100),
    ("1/1000 of the traffic", "ratio", 0.001),
    ("one in a thousand", "ratio", 0.001),
    ("80 µs", "ms", 0.08),
    ("10^6 items", "count", 1e6),
    ("4e11 scores", "count", 4e11),
]

ABSENT: list[tuple[str, Unit]] = [
    ("p99 is what we watch", "ms"),
    ("p99 is what we watch", "count"),
    ("F1 and recall@k", "count"),
    ("we shorten the window", "day"),
    ("version v2 of the model", "count"),
    ("100 ms", "usd"),
    ("5 days", "usd"),
    ("12 replicas", "percent"),
    ("a second model checks the first", "s"),
    ("10 users", "byte"),
]


@pytest.mark.parametrize(("text", "unit", "value"), FOUND)
def test_a_quantity_is_read_in_the_unit_asked_for(text: str, unit: Unit, value: float) -> None:
    (sentence,) = sentences(text)
    values = [one.in_unit(unit) for one in quantities(sentence)]
    assert any(one is not None and one == pytest.approx(value) for one in values), values


@pytest.mark.parametrize(("text", "unit"), ABSENT)
def test_what_is_no_quantity_of_that_kind_is_not_read(text: str, unit: Unit) -> None:
    (sentence,) = sentences(text)
    assert [
        one.in_unit(unit) for one in quantities(sentence) if one.in_unit(unit) is not None
    ] == []
