"""The parts of an attempt as they stand: what was saved last, and whether two tabs disagree."""

from datetime import datetime

from designs.record import Record
from workbench.store import Revision, StoredAttempt


class PartView(Record):
    """One answer as it stands."""

    text: str
    revision: int
    """0 if nothing was saved yet."""
    saved_at: datetime | None = None
    other: Revision | None = None
    """Set when two tabs disagree: the version that the newest one did not know of."""


def part_view(stored: StoredAttempt, part: str) -> PartView:
    """Return a part of an attempt, empty if it was never saved."""
    newest = stored.parts.get(part)
    if newest is None:
        return PartView(text="", revision=0)
    return PartView(
        text=newest.body,
        revision=newest.number,
        saved_at=newest.saved_at,
        other=conflict(stored, part),
    )


def conflict(stored: StoredAttempt, part: str) -> Revision | None:
    """Return the version that the newest one did not know of, until somebody decides."""
    return next((revision for revision in stored.conflicts if revision.part == part), None)
