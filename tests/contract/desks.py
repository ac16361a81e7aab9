"""A desk over a real SQLite store, with a clock and ids that the test holds."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count

from workbench.content import shipped_content
from workbench.desk import Desk
from workbench.store import Store

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
FRAUD, VIDEO = "fraud-detection", "video-recommendation"


@dataclass
class Clock:
    """Time passes only when the test says so."""

    time: datetime = NOON

    def __call__(self) -> datetime:
        return self.time

    def forward(self, minutes: float) -> None:
        self.time += timedelta(minutes=minutes)


@dataclass
class Ids:
    """Ids that tell which one was made when."""

    numbers: "count[int]" = field(default_factory=count)

    def __call__(self) -> str:
        return f"made-up-id-{next(self.numbers):08}"


def a_desk(store: Store, now: Callable[[], datetime], owner: str = "me") -> Desk:
    return Desk(store=store, content=shipped_content(), now=now, new_id=Ids(), owner=owner)


def of_another(desk: Desk, owner: str = "somebody-else") -> Desk:
    return replace(desk, owner=owner)
