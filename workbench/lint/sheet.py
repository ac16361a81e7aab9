"""A read file: its record, and where everything in it stands."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel

from designs.document_place import Parsed
from designs.problem import ContentError, Problem
from designs.strict_document import AUTHORED_LIMITS, parse_document, validate

R = TypeVar("R", bound=BaseModel)


@dataclass(frozen=True)
class Sheet(Generic[R]):
    """An authored file."""

    path: Path
    shown: str
    """The path as messages show it."""
    record: R
    parsed: Parsed

    def problem(
        self,
        code: str,
        at: tuple[str | int, ...],
        message: str,
        severity: Literal["error", "warning"] = "error",
    ) -> Problem:
        """Return a problem at the deepest part of `at` that the file has."""
        place: Any = at
        while place and place not in self.parsed.positions:
            place = place[:-1]
        line, column = self.parsed.positions.get(place, (1, 1))
        return Problem(
            code=code,
            severity=severity,
            file=self.shown,
            line=line,
            column=column,
            message=message,
        )


def read_sheet(path: Path, kind: type[R], root: Path, problems: list[Problem]) -> Sheet[R] | None:
    """Read a file; what is wrong with it goes to `problems` and None comes back."""
    shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
    try:
        raw = path.read_bytes()
    except OSError as error:
        problems.append(
            Problem(code="DOC001", file=shown, message=f"cannot be read: {error.strerror}")
        )
        return None
    try:
        parsed = parse_document(raw, shown, AUTHORED_LIMITS, (kind,))
        return Sheet(path=path, shown=shown, record=validate(parsed, kind, shown), parsed=parsed)
    except ContentError as error:
        problems.extend(error.problems)
        return None
