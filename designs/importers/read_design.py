"""What came of a file: the design, and what a person should check."""

from collections import Counter

from pydantic import Field

from designs.characters import one_line
from designs.drawing import Design
from designs.record import Record

_SUBJECTS = 3
"""Subjects that a remark names; of others it says how many."""


class Remark(Record):
    """Something that was guessed or left out, and of what."""

    message: str
    subjects: tuple[str, ...] = ()
    """Some of the things it is about, in the words of the drawing."""
    count: int = Field(default=1, ge=1)
    """How many things it is about."""

    def __str__(self) -> str:
        """Return one line, with the subjects in quotes."""
        named = ", ".join(f'"{one}"' for one in self.subjects)
        more = self.count - len(self.subjects)
        if named and more:
            named += f" and {more} more"
        if named:
            return f"{self.message}: {named}"
        return f"{self.message} ({self.count} times)" if self.count > 1 else self.message


class ReadDesign(Record):
    """A drawing as it was understood."""

    design: Design
    title: str = Field(default="", max_length=400)
    inferred: tuple[Remark, ...] = ()
    """What the file does not say and was guessed from words, places and lines."""
    ignored: tuple[Remark, ...] = ()
    """What the file holds and a design has no place for."""


class Remarks:
    """Collects remarks; those with the same message become one."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._subjects: dict[str, list[str]] = {}

    def add(self, message: str, subject: str = "", count: int = 1) -> None:
        """Add a remark about a thing, in the words of the drawing, or about `count` things."""
        self._counts[message] += count
        subjects = self._subjects.setdefault(message, [])
        shown = one_line(" ".join(subject.split()), 60)
        if shown and len(subjects) < _SUBJECTS:
            subjects.append(shown)

    def all(self) -> tuple[Remark, ...]:
        """Return the remarks in the order in which they were first made."""
        return tuple(
            Remark(message=message, subjects=tuple(self._subjects[message]), count=count)
            for message, count in self._counts.items()
        )
