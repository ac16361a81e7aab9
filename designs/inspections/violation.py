"""A design smell that an inspection found in a drawing."""

from enum import StrEnum

from designs.identifiers import Slug
from designs.record import Record


class Severity(StrEnum):
    """How sure and how grave a finding is, gravest first."""

    SERIOUS = "serious"
    """The drawing itself shows something that fails in production."""
    WARNING = "warning"
    """Something is missing or drawn that often hurts; there may be a good reason."""
    NOTE = "note"
    """A hint: the drawing cannot tell whether it is a fault."""

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return _ORDER.index(self)


_ORDER = tuple(Severity)


class Violation(Record):
    """One finding of one inspection."""

    code: Slug
    """The inspection's code, for instance ``sync-cycle``."""
    severity: Severity
    message: str
    """What was found, naming nodes by label and id. Holds a learner's labels: escape it."""
    node_ids: tuple[str, ...] = ()
    """The nodes concerned, all of them, also where the message names only the first."""
    edges: tuple[tuple[str, str], ...] = ()
    """The edges concerned, as source and target."""
