"""Known stems: the words of the shipped rubrics and prompts, stemmed when training ran.

The stemmer takes some fifty microseconds for a word that it has not met, and a rubric has
thousands: a new process would spend a quarter of a second on them before its first grade.
"""

from functools import lru_cache
from typing import Literal

from designs.record import Record
from rubrics.graders.offline.graded_sentences import read_trained

FILE_NAME = "stems.json"


class KnownStems(Record):
    """Stems by word."""

    schema_version: Literal[1] = 1
    stems: dict[str, str]


@lru_cache(maxsize=1)
def shipped_stems() -> dict[str, str]:
    """Return the stems that the grader is shipped with, read once per process."""
    return read_trained(FILE_NAME, KnownStems).stems
