"""The desk: what every use case works with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from designs.attempt_document import SessionEvent
from designs.stage import StageId
from workbench.content import Content
from workbench.store import Store


@dataclass(frozen=True)
class Desk:
    """Store, content, clock and ids, for one owner."""

    store: Store
    content: Content
    now: Callable[[], datetime]
    """Returns an aware time."""
    new_id: Callable[[], str]
    """Returns an unguessable id of 16 to 64 URL-safe characters."""
    owner: str

    def event(self, kind: str, stage: StageId | None = None, subject: str = "") -> SessionEvent:
        """Return an event that happens now."""
        return SessionEvent.model_validate(
            {"kind": kind, "at": self.now(), "stage": stage, "subject": subject}
        )
