"""Work that takes seconds, done beside the pages: asked for, watched, stopped.

One thread does it, so that pages keep the other cores. A place, such as one chart of one browser
session, waits for one thing at a time: asking for another there stops what it asked for before.
"""

import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from queue import SimpleQueue
from threading import Lock, Thread

from designs.record import Record

_LOG = logging.getLogger("dryrun")
_KEPT = 500
"""Jobs whose end is remembered; the oldest are forgotten."""

Progress = Callable[[int, int], None]
"""Called with the parts that are done and those that are wanted."""
Work = Callable[[Progress], None]


class JobPhase(StrEnum):
    """What becomes of a job; one that is done is forgotten, since its result is kept elsewhere."""

    WAITING = "waiting"
    RUNNING = "running"
    STOPPED = "stopped"
    FAILED = "failed"


class JobState(Record):
    """A job as it stands."""

    phase: JobPhase
    done: int = 0
    wanted: int = 0
    """Parts of the work; 0 while that is not known."""
    message: str = ""
    """Why it failed, for the reader; may quote a learner's text."""

    @property
    def is_going_on(self) -> bool:
        """Whether something will still come of it."""
        return self.phase in (JobPhase.WAITING, JobPhase.RUNNING)


class _StoppedError(Exception):
    """Ends a job at the next part."""


@dataclass
class _Job:
    place: str
    key: str
    work: Work
    state: JobState
    stop: bool = False


class BackgroundJobs:
    """A queue of jobs and the thread that does them.

    Args:
        readable: Errors whose text is written for the reader; of others only the kind is logged.
    """

    def __init__(self, readable: tuple[type[Exception], ...] = ()) -> None:
        self._readable = readable
        self._lock = Lock()
        self._jobs: OrderedDict[str, _Job] = OrderedDict()
        self._queue: SimpleQueue[_Job] = SimpleQueue()
        self._thread: Thread | None = None

    def ask(self, place: str, key: str, work: Work) -> JobState:
        """Have something done, unless it was asked for before.

        Args:
            place: Where the result is waited for; other work for it is stopped.
            key: Names the work; the same key means the same work.
            work: Does it, and calls what it is given after every part.
        """
        with self._lock:
            self._stop_others(place, key)
            known = self._jobs.get(key)
            if known is not None:
                return known.state
            job = _Job(place, key, work, JobState(phase=JobPhase.WAITING))
            self._jobs[key] = job
            while len(self._jobs) > _KEPT:
                self._jobs.popitem(last=False)
            if self._thread is None:
                self._thread = Thread(target=self._go_on, name="background-jobs", daemon=True)
                self._thread.start()
        self._queue.put(job)
        return job.state

    def state(self, key: str) -> JobState | None:
        """Return how a job stands; None if it is done or was never asked for."""
        with self._lock:
            job = self._jobs.get(key)
            return job.state if job else None

    def stop(self, key: str) -> None:
        """Stop a job after the part that it is at; it stays stopped until `again`."""
        with self._lock:
            job = self._jobs.get(key)
            if job is not None and job.state.is_going_on:
                job.stop = True
                job.state = JobState(phase=JobPhase.STOPPED)

    def again(self, key: str) -> None:
        """Let a job that stopped or failed be asked for once more."""
        with self._lock:
            job = self._jobs.get(key)
            if job is not None and not job.state.is_going_on:
                del self._jobs[key]

    def _stop_others(self, place: str, key: str) -> None:
        for other in list(self._jobs.values()):
            if other.place == place and other.key != key and other.state.is_going_on:
                other.stop = True
                del self._jobs[other.key]

    def _go_on(self) -> None:
        while True:
            self._do(self._queue.get())

    def _do(self, job: _Job) -> None:
        try:
            self._step(job, 0, 0)
            job.work(lambda done, wanted: self._step(job, done, wanted))
        except _StoppedError:
            return
        except self._readable as error:
            self._end(job, JobState(phase=JobPhase.FAILED, message=str(error)))
        except Exception as error:  # noqa: BLE001 - the thread must outlive every job
            _LOG.error("background job failed: %s", type(error).__name__)
            message = "It went wrong for a reason that is not the drawing's."
            self._end(job, JobState(phase=JobPhase.FAILED, message=message))
        else:
            self._end(job, None)

    def _step(self, job: _Job, done: int, wanted: int) -> None:
        with self._lock:
            if job.stop:
                raise _StoppedError
            job.state = JobState(phase=JobPhase.RUNNING, done=done, wanted=wanted)

    def _end(self, job: _Job, state: JobState | None) -> None:
        with self._lock:
            if self._jobs.get(job.key) is not job or job.stop:
                return
            if state is None:
                del self._jobs[job.key]
            else:
                job.state = state
