"""Time spent per stage, derived from the session's events.

Nothing ticks on the server. The clock is the list of events, so it survives a reload, a crash
and a move to another browser; and because time only counts between one event and the next, and
never more than `IDLE_LIMIT` at once, a night away from the desk costs ten minutes, not eight
hours. A clock that goes backwards adds nothing.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from designs.attempt_document import SessionEvent
from designs.record import Record
from designs.stage import STAGES, StageId

IDLE_LIMIT = timedelta(minutes=10)
"""The longest silence that still counts as work (reading, thinking, drawing on paper)."""

HEARTBEAT = timedelta(minutes=2)
"""Saving an answer leaves a `worked` event if none was left for this long."""


class SessionClock(Record):
    """How long a session has run."""

    seconds: dict[StageId, float]
    """By stage."""
    current: StageId | None
    """The stage that is being worked on; None before the first and after submission."""
    idle_in: float
    """Seconds until the clock stops by itself, counted from when this was derived."""

    @property
    def total(self) -> float:
        """Seconds over all stages."""
        return sum(self.seconds.values())


def session_clock(events: Sequence[SessionEvent], now: datetime) -> SessionClock:
    """Add up the time between events.

    Args:
        events: In the order in which they were kept, whatever their times say.
        now: Aware; the open stage is counted up to here.

    Returns:
        Seconds per stage. The gap after an event belongs to the stage entered last.
    """
    seconds = dict.fromkeys(STAGES, 0.0)
    current: StageId | None = None
    last: datetime | None = None
    running = True
    for event in events:
        if last is not None and current is not None and running:
            seconds[current] += _counted(last, event.at)
        if event.kind == "submitted":
            running = False
        if event.stage is not None and event.kind in ("entered", "resumed", "worked"):
            current = event.stage
        # A clock set back must not make the next gap longer than it was.
        last = event.at
    if not running or current is None or last is None:
        return SessionClock(seconds=seconds, current=None, idle_in=0.0)
    since = _counted(last, now)
    seconds[current] += since
    return SessionClock(
        seconds=seconds, current=current, idle_in=IDLE_LIMIT.total_seconds() - since
    )


def _counted(start: datetime, end: datetime) -> float:
    gap = min(max(end - start, timedelta(0)), IDLE_LIMIT)
    return gap.total_seconds()
