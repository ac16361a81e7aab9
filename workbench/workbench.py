"""The workbench: one object that the pages and the command line are given.

A use case is imported when it is first asked for: the first page needs few of them, and should
come fast.
"""

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from workbench.content import Content, shipped_content
from workbench.desk import Desk
from workbench.settings import LlmSettings, Settings
from workbench.storage import default_database_url, open_store

if TYPE_CHECKING:
    from workbench.background_jobs import BackgroundJobs
    from workbench.interview.interview import Interview
    from workbench.interview.voice import Voice
    from workbench.load_test_session import LoadTestSession
    from workbench.load_testing import LoadTesting
    from workbench.practice import Practice
    from workbench.review import Review
    from workbench.second_opinions import SecondOpinions


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
    voice: "Voice | None" = None
    """Puts the interviewer's questions into words; None says them as they were authored."""
    llm: LlmSettings = field(default_factory=LlmSettings)
    """What the fields of the second opinion start from."""

    @property
    def content(self) -> Content:
        """Prompts, rubrics and palette."""
        return self.desk.content

    @cached_property
    def practice(self) -> "Practice":
        """Start, answer, ask, draw, submit."""
        from workbench.practice import Practice

        return Practice(self.desk)

    @cached_property
    def load_testing(self) -> "LoadTesting":
        """Run drawings under traffic."""
        from workbench.load_testing import LoadTesting

        return LoadTesting(self.desk.content)

    @cached_property
    def interview(self) -> "Interview":
        """Be asked about what was written, and reply."""
        return self.interview_by(None)

    def interview_by(self, voice: "Voice | None") -> "Interview":
        """Return the interview in a voice of one's own; None for the workbench's."""
        from workbench.interview.interview import Interview

        return Interview(self.desk, voice or self.voice)

    @cached_property
    def review(self) -> "Review":
        """Judge oneself, be judged, compare."""
        from rubrics.graders.offline import OfflineGrader
        from workbench.review import Review

        return Review(self.desk, OfflineGrader())

    @cached_property
    def load_test_session(self) -> "LoadTestSession":
        """Run the drawings of practice sessions, beside the pages."""
        from workbench.load_test_session import LoadTestSession

        return LoadTestSession(self.desk, self.practice, self.load_testing, self.jobs)

    @cached_property
    def second_opinions(self) -> "SecondOpinions":
        """Ask a language model, argue with it, be coached by it."""
        from workbench.llm.network import SystemOutside
        from workbench.second_opinions import SecondOpinions

        return SecondOpinions(self.desk, SystemOutside())

    @cached_property
    def jobs(self) -> "BackgroundJobs":
        """What goes on in the background, for all pages."""
        from labs.load_test.refusal import LoadTestError
        from workbench.background_jobs import BackgroundJobs

        return BackgroundJobs(readable=(LoadTestError,))


def open_workbench(settings: Settings) -> Workbench:
    """Open the store and wire the use cases.

    Raises:
        StoreError: If the database cannot be opened.
        ContentError: If the shipped palette is damaged.
    """
    url = settings.database_url or default_database_url(settings.data_dir)
    desk = Desk(
        store=open_store(url),
        content=shipped_content(),
        now=system_clock,
        new_id=unguessable_id,
        owner=settings.owner,
    )
    return Workbench(desk=desk, llm=settings.llm)
