"""Gold answers: stage answers with labels by independent graders, in two halves.

The tuning half trains the offline grader; the held-out half only ever measures it. Answers are
kept by author and never shared between the halves. Who wrote and who labelled them is said in
`docs/calibration.md`.
"""

from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from designs.identifiers import Slug
from designs.record import Record
from designs.stage import StageId
from designs.strict_document import Limits, read_record
from rubrics.criterion import LevelId

GOLD = Path(__file__).parent / "gold"
_LIMITS = Limits(max_bytes=4 * 1024 * 1024, max_events=400_000)


class Half(StrEnum):
    """What an author's answers are used for."""

    TUNING = "tuning"
    HELD_OUT = "held-out"


class Style(StrEnum):
    """How an answer is written; those from `KEYWORD_LIST` on try to look better than they are."""

    DENSE_PROSE = "dense-prose"
    TERSE_NOTES = "terse-notes"
    PLAIN_WORDS = "plain-words"
    NON_NATIVE = "non-native"
    NOT_X_BUT_Y = "not-x-but-y"
    CONFIDENT_MISTAKES = "confident-mistakes"
    KEYWORD_LIST = "keyword-list"
    RECITAL = "recital"
    NEGATED = "negated"
    ECHO = "echo"
    OFF_TOPIC = "off-topic"
    AIMED_AT_GRADER = "aimed-at-grader"


ATTACKS = frozenset(
    {
        Style.KEYWORD_LIST,
        Style.RECITAL,
        Style.NEGATED,
        Style.ECHO,
        Style.OFF_TOPIC,
        Style.AIMED_AT_GRADER,
    }
)
"""Styles that deserve no credit at all."""


class GoldAnswer(Record):
    """One answer to one stage of one prompt."""

    id: Slug
    prompt: Slug
    stage: StageId
    style: Style
    quality: int = Field(ge=0, le=4)
    """The stage score that its author aimed at."""
    length: Literal["short", "medium", "long"]
    mistakes: tuple[str, ...] = ()
    """Serious mistakes that its author put in on purpose."""
    text: str = Field(min_length=1)


class GoldAnswers(Record):
    """The answers of one author."""

    schema_version: Literal[1]
    author: Slug
    answers: tuple[GoldAnswer, ...] = Field(min_length=1)


class Span(Record):
    """A part of an answer: ``text[start:end]``."""

    start: int = Field(ge=0)
    end: int = Field(gt=0)


class GoldMistake(Span):
    """A sentence that a grader calls a serious mistake."""

    what: str


class GoldLevel(Record):
    """What a grader gives for one criterion, and for which sentences."""

    level: LevelId
    spans: tuple[Span, ...] = ()


class GoldLabel(Record):
    """One grader's judgement of one answer."""

    answer: Slug
    score: float = Field(ge=0, le=4)
    """The stage as a whole, in steps of 0.5."""
    levels: dict[Slug, GoldLevel]
    """By criterion; every criterion that the answer was judged by."""
    mistakes: tuple[GoldMistake, ...] = ()


class GoldLabels(Record):
    """The labels of one grader for the answers of one author."""

    schema_version: Literal[1]
    grader: Slug
    author: Slug
    labels: tuple[GoldLabel, ...] = Field(min_length=1)


class LabelledAnswer(Record):
    """A gold answer with all its labels."""

    author: Slug
    half: Half
    answer: GoldAnswer
    labels: tuple[GoldLabel, ...]

    @model_validator(mode="after")
    def _labels_belong_to_it(self) -> Self:
        if any(one.answer != self.answer.id for one in self.labels):
            raise ValueError("a label belongs to another answer")
        return self

    @property
    def score(self) -> float:
        """The mean of the graders' stage scores."""
        return sum(one.score for one in self.labels) / len(self.labels)


@lru_cache(maxsize=2)
def gold_answers(half: Half, folder: Path = GOLD) -> tuple[LabelledAnswer, ...]:
    """Read one half of the gold answers with their labels, in the order of authors and files.

    Raises:
        ContentError: If a file cannot be read or breaks the schema.
    """
    place = folder / half.value
    labels: dict[str, list[GoldLabel]] = {}
    for path in sorted(place.glob("labels-*.json")):
        for label in read_record(path, GoldLabels, path.name, _LIMITS).labels:
            labels.setdefault(label.answer, []).append(label)
    found: list[LabelledAnswer] = []
    for path in sorted(place.glob("answers-*.yaml")):
        written = read_record(path, GoldAnswers, path.name, _LIMITS)
        found += [
            LabelledAnswer(
                author=written.author, half=half, answer=one, labels=tuple(labels.get(one.id, ()))
            )
            for one in written.answers
        ]
    return tuple(found)
