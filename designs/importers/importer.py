"""What every importer is, and how it refuses a file."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from designs.characters import one_line
from designs.importers.read_design import ReadDesign
from designs.node_kind import Palette
from designs.problem import ContentError, Problem
from designs.strict_document import IMPORT_LIMITS

MAX_BYTES = IMPORT_LIMITS.max_bytes
"""Larger files are refused before anything in them is looked at."""


@dataclass(frozen=True)
class Importer:
    """One notation."""

    id: str
    label: str
    extensions: tuple[str, ...]
    """With their dots, for instance ``.drawio``."""
    read: Callable[[bytes, str, Palette], ReadDesign]
    """Takes the file, its name for messages, and the palette; raises `ContentError`."""


def refuse(name: str, code: str, message: str, line: int = 1, column: int = 1) -> NoReturn:
    """Refuse a file with one problem that says what, where and how to mend it."""
    problem = Problem(
        code=code,
        file=one_line(name),
        line=line,
        column=column,
        message=one_line(message, 500),
    )
    raise ContentError((problem,))


MAX_SHAPES = 3_000
"""Shapes of any sort in a file; above it nothing is looked at closely."""


def hold_to_limit(most: int, count: int, what: str, are: str, name: str) -> None:
    """Refuse a file with more than a drawing may have.

    Raises:
        ContentError: If `count` is above `most`.
    """
    if count > most:
        refuse(
            name,
            "IMP003",
            f"holds {count:,} {what}; a drawing has at most {most:,} {are}. Merge or remove some "
            "there, or export a part of it.",
        )
