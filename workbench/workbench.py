"""The workbench: one object that the pages and the command line are given."""

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property

from labs.load_test.refusal import LoadTestError
from rubrics.grader import Grader
from rubrics.graders.offline import OfflineGrader
from workbench.background_jobs import BackgroundJobs
from workbench.content import Content, shipped_content
from workbench.desk import Desk
from workbench.interview.interview import Interview
from workbench.interview.voice import Voice
from workbench.load_test_session import LoadTestSession
from workbench.load_testing import LoadTesting
from workbench.practice import Practice
from workbench.review import Review
from workbench.second_opinions import SecondOpinions
from workbench.settings import LlmSettings, Settings
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
    voice: Voice | None = None
    """Puts the interviewer's questions into words; None says them as they were authored."""
    llm: LlmSettings = field(default_factory=LlmSettings)
    """What the fields of the second opinion start from."""

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
    def interview(self) -> Interview:
        """Be asked about what was written, and reply."""
        return self.interview_by(None)

    def interview_by(self, voice: Voice | None) -> Interview:
        """Return the interview in a voice of one's own; None for the workbench's."""
        return Interview(self.desk, voice or self.voice)

    @cached_property
    def review(self) -> Review:
        """Judge oneself, be judged, compare."""
        return Review(self.desk, self.offline)

    @cached_property
    def load_test_session(self) -> LoadTestSession:
        """Run the drawings of practice sessions, beside the pages."""
        return LoadTestSession(self.desk, self.practice, self.load_testing, self.jobs)

    @cached_property
    def second_opinions(self) -> SecondOpinions:
        """Ask a language model, argue with it, be coached by it."""
        # Imported here: most sessions ask nobody, and the first page should come fast.
        from workbench.llm.network import SystemOutside

        return SecondOpinions(self.desk, SystemOutside())

    @cached_property
    def jobs(self) -> BackgroundJobs:
        """What goes on in the background, for all pages."""
        return BackgroundJobs(readable=(LoadTestError,))


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
    return Workbench(desk=desk, offline=OfflineGrader(), llm=settings.llm)
