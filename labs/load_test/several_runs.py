"""Several simulations as one piece of work: how far it is, and where it may be stopped."""

from labs.load_test.lab import Job, Progress, run_job
from labs.load_test.run import RunResult


class SeveralRuns:
    """Runs jobs one after another and counts their replications together.

    What is told of the progress may end the work by raising, so that a stop takes effect after the
    replication that is being run.

    Args:
        most: Replications over all jobs, at most; fewer where a search ends early.
        progress: Told about them.
    """

    def __init__(self, most: int, progress: Progress | None = None) -> None:
        self._most, self._progress = most, progress
        self._done = 0

    def run(self, job: Job) -> RunResult:
        """Simulate a path.

        Raises:
            LoadTestError: If the engine refuses it.
        """
        return run_job(job, self._count)

    def _count(self, _done: int, _wanted: int) -> None:
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, self._most)
