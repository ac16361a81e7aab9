"""The load test of a practice session: which designs may be run, and how long."""

from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from threading import Event
from typing import Any

from designs.drawing import Design
from designs.drawing_draft import decode, read_draft
from designs.prompt import Prompt
from designs.record import Record
from labs.load_test.lab import Setup
from labs.load_test.report import LoadTestReport, Verdict
from labs.load_test.request_path import request_path
from labs.load_test.run import warm_up
from labs.load_test.scenarios import scenario_of
from workbench.background_jobs import BackgroundJobs, JobState, Progress
from workbench.desk import Desk
from workbench.load_test_sizes import sizes_for
from workbench.load_testing import LoadTesting
from workbench.practice import Practice, PracticeView
from workbench.store import DRAWING

OWN = "own"
"""Id of the learner's drawing as it stands."""
_RESULTS = 100
"""Curves, hints and comparisons that are remembered."""
_EARLIER = 12
"""Versions of a drawing that are offered for comparison."""


class TestedDesign(Record):
    """A design that may be run now."""

    id: str
    title: str
    design: Design

    __test__ = False  # not a test, whatever its name begins with


class LoadTestView(Record):
    """What the page of the load test shows before anything runs."""

    practice: PracticeView
    designs: tuple[TestedDesign, ...]
    """The learner's own first; the references only after submission."""

    @property
    def prompt(self) -> Prompt:
        """The prompt, for traffic and objectives."""
        return self.practice.prompt

    def design(self, design_id: str) -> TestedDesign:
        """Return a design, or the learner's own where there is none of that id."""
        return next((one for one in self.designs if one.id == design_id), self.designs[0])


class Standing(Record):
    """What is known of a design under a scenario."""

    report: LoadTestReport | None
    """The one with the most requests that was made already."""
    next_requests: int | None
    """How many to simulate next; none when what is known will do."""
    quick: bool
    """Whether a page may wait for it."""


class LoadTestSession:
    """The use cases of the load test's page."""

    def __init__(
        self, desk: Desk, practice: Practice, testing: LoadTesting, jobs: BackgroundJobs
    ) -> None:
        self._desk, self._practice, self._testing = desk, practice, testing
        self._warm = Event()
        self._results: OrderedDict[str, Any] = OrderedDict()
        self.jobs = jobs

    @property
    def testing(self) -> LoadTesting:
        """The load tests themselves."""
        return self._testing

    @property
    def is_warm(self) -> bool:
        """Whether a run starts at once; the first one ever waits for a compiler otherwise."""
        return self._warm.is_set()

    def warm_up(self, then: Callable[[], None] = lambda: None) -> None:
        """Have the kernels compiled or loaded in the background.

        Args:
            then: Called in the background afterwards.
        """

        def work(_: Progress) -> None:
            try:
                warm_up()
            finally:
                then()
                self._warm.set()  # what failed fails again at the first run, and says why

        self.jobs.ask("kernels", "kernels", work)

    def ask(self, place: str, key: str, compute: Callable[[Progress], object]) -> JobState:
        """Have something computed in the background, unless it was asked for before.

        Args:
            place: Where the result is waited for.
            key: Names the result.
            compute: Returns it.
        """

        def work(progress: Progress) -> None:
            found = compute(progress)
            self._results[key] = found
            while len(self._results) > _RESULTS:
                self._results.popitem(last=False)

        return self.jobs.ask(place, key, work)

    def result(self, key: str) -> Any:
        """Return what was computed under a key, or None."""
        return self._results.get(key)

    def open(self, attempt_id: str) -> LoadTestView:
        """Return what can be run in a session; references stay locked until submission.

        Raises:
            AttemptNotFoundError: If there is none, or it is somebody else's.
        """
        view = self._practice.open(attempt_id)
        own = TestedDesign(id=OWN, title="Your drawing", design=view.drawing_reading.design)
        references = self._references(view.prompt.id) if view.submitted else ()
        return LoadTestView(practice=view, designs=(own, *references))

    def earlier(self, attempt_id: str) -> tuple[TestedDesign, ...]:
        """Return earlier versions of a drawing that differ, the newest first."""
        desk = self._desk
        found: list[TestedDesign] = []
        revisions = desk.store.revisions(desk.owner, attempt_id, DRAWING)
        for newer, older in pairwise(sorted(revisions, key=lambda one: -one.number)):
            if older.body == newer.body or len(found) == _EARLIER:
                continue
            design = read_draft(decode(older.body), desk.content.palette).design
            title = f"Your drawing as of {older.saved_at:%d %b, %H:%M:%S} UTC"
            found.append(TestedDesign(id=f"revision-{older.number}", title=title, design=design))
        return tuple(found)

    def standing(self, design: Design, prompt_id: str, scenario: str) -> Standing:
        """Return what is known of a design and what to run next.

        Raises:
            LoadTestError: If the drawing cannot be run or has no such scenario.
        """
        content, testing = self._desk.content, self._testing
        path = request_path(design, content.palette)
        rps = content.prompt(prompt_id).workload.peak_rps
        sizes = sizes_for(path, scenario_of(scenario, path), rps)
        for size in reversed(sizes.requests):
            setup = Setup(scenario=scenario, requests=size)
            if testing.is_known(design, prompt_id, setup):
                report = testing.run(design, prompt_id, setup)
                close = any(one.verdict is Verdict.TOO_CLOSE for one in report.verdicts)
                larger = next((one for one in sizes.requests if one > size), None)
                return Standing(report=report, next_requests=larger if close else None, quick=False)
        return Standing(report=None, next_requests=sizes.requests[0], quick=sizes.quick)

    def run(
        self,
        design: Design,
        prompt_id: str,
        scenario: str,
        requests: int,
        progress: Progress | None = None,
    ) -> LoadTestReport:
        """Run a design, or return what the same run gave before.

        Raises:
            LoadTestError: If the drawing cannot be run.
        """
        setup = Setup(scenario=scenario, requests=requests)
        return self._testing.run(design, prompt_id, setup, progress)

    def run_scenarios(self, design: Design, prompt_id: str, progress: Progress) -> None:
        """Run every scenario that was not run yet.

        Raises:
            LoadTestError: If the drawing cannot be run.
        """
        scenarios = self._testing.scenarios(design)
        for number, scenario in enumerate(scenarios):
            so_far = partial(_so_far, progress, number, len(scenarios))
            so_far(0, 0)
            standing = self.standing(design, prompt_id, scenario.id)
            if standing.report is None and standing.next_requests is not None:
                self.run(design, prompt_id, scenario.id, standing.next_requests, so_far)

    def _references(self, prompt_id: str) -> tuple[TestedDesign, ...]:
        pack = self._desk.content.packs[prompt_id]
        exemplar = TestedDesign(id="exemplar", title="The exemplar", design=pack.exemplar.design)
        flawed = (
            TestedDesign(id=name, title=f"Flawed: {one.title}", design=one.design)
            for name, one in sorted(pack.flawed.items())
        )
        return (exemplar, *flawed)


def _so_far(progress: Progress, scenarios: int, wanted: int, _done: int, _parts: int) -> None:
    """Report whole scenarios, and let a stop take effect between replications too."""
    progress(scenarios, wanted)
