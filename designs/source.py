"""Where a number comes from: a public source, or an assumption that says so."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import StringConstraints, model_validator

from designs.identifiers import Slug
from designs.record import Record

Url = Annotated[str, StringConstraints(pattern=r"^https://\S+$", max_length=500)]


class SourceMark(StrEnum):
    """How close a source is to whoever measured the figure."""

    PRIMARY = "primary"
    SECOND_HAND = "second-hand"
    TEACHING = "teaching"


class Source(Record):
    """A public page that a figure or a claim rests on."""

    id: Slug
    title: str
    """Publisher and title, in words that a reader can search for."""
    url: Url
    mark: SourceMark


class Grounded(Record):
    """A statement that names either a source of its file or the assumption behind it."""

    source: Slug | None = None
    """Id of an entry of the file's `sources`."""
    assumption: str | None = None
    """Why the value is plausible, where no source was found."""

    @model_validator(mode="after")
    def _is_grounded(self) -> Self:
        if (self.source is None) == (self.assumption is None):
            raise ValueError("give either a source or an assumption, not both and not neither")
        return self
