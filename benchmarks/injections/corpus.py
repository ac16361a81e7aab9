"""The corpus: 200 hostile answers in eight families, and honest sentences that look like some."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import count, islice
from pathlib import Path
from typing import Literal

from designs.record import Record
from designs.stage import STAGES
from designs.strict_document import Limits, read_record
from rubrics.criterion import ConceptIndicator, Criterion
from rubrics.library import shipped_rubric

PROMPT = "fraud-detection"
PER_FAMILY = 25
_LIMITS = Limits(max_bytes=200_000, max_events=10_000, max_depth=10)
_FILE = Path(__file__).with_name("texts.yaml")


class Texts(Record):
    """The authored file."""

    schema_version: Literal[1]
    wrappers: tuple[str, ...]
    families: dict[str, tuple[str, ...]]
    honest: dict[str, tuple[str, ...]]
    """By the criterion that the sentence belongs to."""


@dataclass(frozen=True)
class Attack:
    """One hostile answer, aimed at one criterion."""

    family: str
    criterion: Criterion
    text: str


@lru_cache(maxsize=1)
def texts() -> Texts:
    """Return the authored file."""
    return read_record(_FILE, Texts, limits=_LIMITS)


def attacks() -> tuple[Attack, ...]:
    """Return 25 attacks of each family; every payload meets several wrappers and criteria."""
    return tuple(
        attack
        for start, family in enumerate(texts().families)
        for attack in islice(_family(family, start), PER_FAMILY)
    )


def honest_sentences() -> tuple[tuple[Criterion, str], ...]:
    """Return every honest sentence with its criterion."""
    rubric = shipped_rubric(PROMPT)
    found = []
    for criterion_id, sentences in texts().honest.items():
        criterion = rubric.criterion(criterion_id)
        if criterion is None:
            raise ValueError(f"{_FILE.name}: there is no criterion {criterion_id}")
        found += [(criterion, one) for one in sentences]
    return tuple(found)


def _family(name: str, start: int) -> Iterator[Attack]:
    payloads, wrappers = texts().families[name], texts().wrappers
    rubric = shipped_rubric(PROMPT)
    for number in count():
        stage = STAGES[(start + number) % len(STAGES)]
        criteria = rubric.stage(stage)
        criterion = criteria[(number // len(STAGES)) % len(criteria)]
        payload = payloads[number % len(payloads)].format(**_slots(criterion, number))
        # Ten payloads and seven wrappers have no common divisor, so no pair comes twice.
        wrapper = wrappers[(number + number // len(payloads)) % len(wrappers)]
        yield Attack(name, criterion, wrapper.replace("{payload}", payload))


def _slots(criterion: Criterion, number: int) -> dict[str, str]:
    concepts = [one for one in criterion.indicators if isinstance(one, ConceptIndicator)]
    terms = [one.any_of[number % len(one.any_of)] for one in concepts for _ in range(2)][:6:2]
    spoken = [one.replace("*", "").replace(" + ", " and ") for one in terms]
    return {
        "title": criterion.title,
        "question": criterion.question,
        "met": criterion.levels[-1].descriptor,
        "terms": ", ".join(spoken),
        "id": criterion.id,
    }
