"""Graded sentences: what human-style graders credited and what they did not, as examples.

They are the tuning half of the gold answers, cut into sentences, and are written by
``python -m rubrics.training``. A sentence that a grader cited is an example of its criterion's
level; any other sentence of an answer that was judged by the criterion is a counter-example.
"""

from functools import lru_cache
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import Field

from designs.identifiers import Slug
from designs.record import Record
from designs.stage import StageId
from designs.strict_document import read_generated
from rubrics.criterion import LevelId

TRAINED = Path(__file__).parent / "trained"


R = TypeVar("R", bound=Record)


def read_trained(name: str, kind: type[R]) -> R:
    """Read a file that training wrote. It ships with the code and nobody edits it by hand."""
    return read_generated(TRAINED / name, kind)


class GradedSentence(Record):
    """A sentence of a gold answer."""

    stems: tuple[str, ...]
    """Its content words, stemmed when the file was written: thousands need no second reading."""
    credits: dict[Slug, LevelId] = Field(default_factory=dict)
    """By criterion; absent where no grader cited the sentence."""


class GradedGroup(Record):
    """Sentences by one author that were judged by the same criteria."""

    author: Slug
    prompt: Slug
    stage: StageId
    judged: tuple[Slug, ...]
    sentences: tuple[GradedSentence, ...]


class GradedSentences(Record):
    """All graded sentences."""

    schema_version: Literal[2] = 2
    groups: tuple[GradedGroup, ...] = Field(min_length=1)

    def without(self, author: str, prompt: str | None = None) -> "GradedSentences":
        """Return those by other authors, and about other prompts if one is named."""
        return GradedSentences(
            groups=tuple(
                one for one in self.groups if one.author != author and one.prompt != prompt
            )
        )

    def about_other_prompts(self, prompt: str) -> "GradedSentences":
        """Return those about other prompts."""
        return GradedSentences(groups=tuple(one for one in self.groups if one.prompt != prompt))

    def know(self, prompt: str) -> bool:
        """Return whether answers to a prompt are among them."""
        return any(one.prompt == prompt for one in self.groups)


@lru_cache(maxsize=1)
def shipped_sentences() -> GradedSentences:
    """Return the graded sentences that the grader is shipped with, read once per process."""
    return read_trained("graded_sentences.json", GradedSentences)
