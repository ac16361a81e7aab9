"""Problems of content: where, what, and how to mend it."""

from typing import Literal

from designs.record import Record


class Problem(Record):
    """One finding about a file, with a code that stays the same between versions."""

    code: str
    severity: Literal["error", "warning"] = "error"
    file: str
    line: int = 1
    column: int = 1
    message: str

    def __str__(self) -> str:
        """Return the form that editors and terminals link: ``file:line:column: code message``."""
        return f"{self.file}:{self.line}:{self.column}: {self.code} {self.message}"


class ContentError(Exception):
    """A document that could not be read; carries every problem that was found."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Keep the problems; the text is their lines."""
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
