"""Mistaken answers: confident answers whose authors marked the sentences that are wrong.

They teach the offline grader what serious mistakes sound like. Every second sentence of them is
right, and many wrong ones stand beside their corrected form, so that tone gives nothing away. Sound
answers in the same form hold nothing wrong, and many statements that sound as if they did. All are
training data: none of them measures anything. Who wrote them is said in `docs/calibration.md`.
"""

from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from designs.identifiers import Slug
from designs.record import Record
from designs.stage import StageId
from designs.strict_document import Limits, read_record
from rubrics.gold_answers import GOLD, Style

_LIMITS = Limits(max_bytes=4 * 1024 * 1024, max_events=400_000)


class MarkedSentence(Record):
    """A sentence, or a bullet of terse notes."""

    text: str = Field(min_length=1)
    wrong: str = ""
    """What is wrong with it; empty where nothing is."""
    right: str = ""
    """The same statement put right, in the same tone; empty where nobody wrote it."""


class MistakenAnswer(Record):
    """An answer to one stage of a prompt, which need not be a shipped one."""

    id: Slug
    prompt: Slug
    stage: StageId
    style: Style
    sentences: tuple[MarkedSentence, ...] = Field(min_length=1)


class MistakenAnswers(Record):
    """The answers of one author."""

    schema_version: Literal[1]
    author: Slug
    answers: tuple[MistakenAnswer, ...] = Field(min_length=1)


@lru_cache(maxsize=1)
def sound_answers(folder: Path = GOLD) -> tuple[MistakenAnswers, ...]:
    """Read the answers in which nothing is wrong, although much sounds like mistakes.

    Raises:
        ContentError: If a file cannot be read or breaks the schema.
    """
    return _read(folder / "sound")


@lru_cache(maxsize=1)
def mistaken_answers(folder: Path = GOLD) -> tuple[MistakenAnswers, ...]:
    """Read all mistaken answers, in the order of their authors.

    Raises:
        ContentError: If a file cannot be read or breaks the schema.
    """
    return _read(folder / "mistaken")


def _read(folder: Path) -> tuple[MistakenAnswers, ...]:
    paths = sorted(folder.glob("answers-*.yaml"))
    return tuple(read_record(path, MistakenAnswers, path.name, _LIMITS) for path in paths)
