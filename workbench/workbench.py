"""The workbench: one object that the pages and the command line are given."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from rubrics.grader import Grader
from rubrics.graders.offline import OfflineGrader
from workbench.content import Content, shipped_content
from workbench.desk import Desk
from workbench.load_test_session import LoadTestSession
from workbench.load_testing import LoadTesting
from workbench.practice import Practice
from workbench.review import Review
from workbench.settings import Settings
from workbench.storage import default_database_url, open_store


def system_clock() -> datetime:
    """Return the time now, in UTC."""
    return datetime.now(UTC)


def unguessable_id() -> str:
    """Return 22 URL-safe characters with 128 random bits."""
    return secrets.token_urlsafe(16)


@dataclass(frozen=True)
class Workbench:
    """The use cases, ready to be called for one owner."""

    desk: Desk
    offline: Grader

    @property
    def content(self) -> Content:
        """Prompts, rubrics and palette."""
        return self.desk.content

    @cached_property
    def practice(self) -> Practice:
        """Start, answer, ask, draw, submit."""
        return Practice(self.desk)

    @cached_property
    def load_testing(self) -> LoadTesting:
        """Run drawings under traffic."""
        return LoadTesting(self.desk.content)

    @cached_property
    def review(self) -> Review:
        """Judge oneself, be judged, compare."""
        return Review(self.desk, self.offline)

    @cached_property
    def load_test_session(self) -> LoadTestSession:
        """Run the drawings of practice sessions, beside the pages."""
        return LoadTestSession(self.desk, self.practice, self.load_testing)


def open_workbench(settings: Settings) -> Workbench:
    """Open the store, read the content and wire the use cases.

    Raises:
        StoreError: If the database cannot be opened.
        ContentError: If shipped content is damaged.
    """
    url = settings.database_url or default_database_url(settings.data_dir)
    desk = Desk(
        store=open_store(url),
        content=shipped_content(),
        now=system_clock,
        new_id=unguessable_id,
        owner=settings.owner,
    )
    return Workbench(desk=desk, offline=OfflineGrader())
