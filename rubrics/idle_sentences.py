"""Idle sentences: what candidates say without saying anything about the design.

Their authors also wrote sentences that look idle and say something. Both teach the offline grader
what to leave out; they measure nothing. Who wrote them is said in `docs/calibration.md`.
"""

from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from designs.identifiers import Slug
from designs.record import Record
from designs.strict_document import Limits, read_record
from rubrics.gold_answers import GOLD

_LIMITS = Limits(max_bytes=1024 * 1024, max_events=100_000)


class IdleSentences(Record):
    """The sentences of one author."""

    schema_version: Literal[1]
    author: Slug
    idle: tuple[str, ...] = Field(min_length=1)
    """Sentences beside the point."""
    said: tuple[str, ...] = Field(min_length=1)
    """Sentences that look like them and state something about the design."""


@lru_cache(maxsize=1)
def idle_sentences(folder: Path = GOLD) -> tuple[IdleSentences, ...]:
    """Read all of them, in the order of their authors.

    Raises:
        ContentError: If a file cannot be read or breaks the schema.
    """
    paths = sorted((folder / "idle").glob("sentences-*.yaml"))
    return tuple(read_record(path, IdleSentences, path.name, _LIMITS) for path in paths)
