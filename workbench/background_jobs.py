"""Work that takes seconds, done beside the pages: asked for, watched, stopped.

Work comes in two kinds. What computes waits for one thread, so that pages keep the other cores;
it is *asked* for under the name of its result. What waits for somebody else, such as a server,
gets a thread of its own at once; it is *started* for a session, and its result stays here.
"""

import logging
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread

from designs.record import Record

_LOG = logging.getLogger("dryrun")
_KEPT = 500
"""Jobs that are remembered; the oldest that have ended are forgotten."""
_PULSE_S = 0.2
_BROKEN = "It went wrong for a reason that is the program's own; try again."

Progress = Callable[[int, int], None]
"""Called with the parts that are done and those that are wanted.

Where the job was stopped meanwhile it raises and so ends the work: call it, with the same figures
if there are no new ones, as often as a stop is to take effect.
"""
Work = Callable[[Progress], None]
StartedWork = Callable[["Job"], object]
JobKey = str | tuple[str, str, str]


class JobPhase(StrEnum):
    """What becomes of a job."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    """Never seen of work that was asked for, which is forgotten: its result is kept elsewhere."""
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
class Job:
    """One piece of work: written by its thread, read by the pages."""

    key: JobKey
    place: str | None = None
    """Where what was asked for is waited for; None of what was started."""
    state: JobState = field(default_factory=partial(JobState, phase=JobPhase.WAITING))
    cancel: Event = field(default_factory=Event)
    """Set by whoever no longer wants it; the work looks at it."""
    done: Event = field(default_factory=Event)
    """Set at the end, whatever the end was."""
    notes: list[str] = field(default_factory=list)
    """What has been finished so far, in the reader's words."""
    result: object = None
    failure: str = ""
    """The kind of error where the work itself broke; its text may quote an answer."""
    _pieces: SimpleQueue[str] = field(default_factory=SimpleQueue)

    def say(self, piece: str) -> None:
        """Hand on a piece of text."""
        self._pieces.put(piece)

    def pieces(self) -> Iterator[str]:
        """Yield pieces as they come, and empty ones in between so that the page can be left."""
        while not (self.done.is_set() and self._pieces.empty()):
            try:
                yield self._pieces.get(timeout=_PULSE_S)
            except Empty:
                yield ""


class BackgroundJobs:
    """The jobs of a process.

    Args:
        readable: Errors whose text is written for the reader; of others only the kind is logged.
    """

    def __init__(self, readable: tuple[type[Exception], ...] = ()) -> None:
        self._readable = readable
        self._lock = Lock()
        self._jobs: OrderedDict[JobKey, Job] = OrderedDict()
        self._queue: SimpleQueue[tuple[Job, StartedWork]] = SimpleQueue()
        self._thread: Thread | None = None

    # --- what computes ---------------------------------------------------------------------

    def ask(self, place: str, key: str, work: Work) -> JobState:
        """Have something done, unless it was asked for before.

        Args:
            place: Where the result is waited for; other work for it is stopped.
            key: Names the work; the same key means the same work.
            work: Does it, and calls what it is given after every part.
        """

        def in_parts(job: Job) -> None:
            step = partial(self._step, job)
            step(0, 0)
            work(step)

        with self._lock:
            self._stop_others(place, key)
            known = self._jobs.get(key)
            if known is not None:
                return known.state
            job = self._remember(Job(key, place))
            if self._thread is None:
                self._thread = Thread(target=self._go_on, name="background-jobs", daemon=True)
                self._thread.start()
        self._queue.put((job, in_parts))
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
                job.cancel.set()
                job.state = JobState(phase=JobPhase.STOPPED)

    def again(self, key: str) -> None:
        """Let a job that stopped or failed be asked for once more."""
        with self._lock:
            job = self._jobs.get(key)
            if job is not None and not job.state.is_going_on:
                del self._jobs[key]

    # --- what waits for somebody else -----------------------------------------------------

    def start(self, owner: str, attempt_id: str, kind: str, work: StartedWork) -> Job:
        """Start a job, or return the one of its kind that is running for the session."""
        key = (owner, attempt_id, kind)
        with self._lock:
            known = self._jobs.get(key)
            if known is not None and not known.done.is_set():
                return known
            job = self._remember(Job(key, state=JobState(phase=JobPhase.RUNNING)))
        Thread(target=self._do, args=(job, work), name=f"dryrun-{kind}", daemon=True).start()
        return job

    def find(self, owner: str, attempt_id: str, kind: str) -> Job | None:
        """Return the newest job of a kind."""
        with self._lock:
            return self._jobs.get((owner, attempt_id, kind))

    def forget(self, owner: str, attempt_id: str, kind: str) -> None:
        """Drop a job; one that runs is cancelled."""
        with self._lock:
            job = self._jobs.pop((owner, attempt_id, kind), None)
        if job is not None:
            job.cancel.set()

    # --- both ------------------------------------------------------------------------------

    def _remember(self, job: Job) -> Job:
        self._jobs[job.key] = job
        self._jobs.move_to_end(job.key)
        ended = [one.key for one in self._jobs.values() if not one.state.is_going_on]
        for key in ended[: max(0, len(self._jobs) - _KEPT)]:
            del self._jobs[key]
        return job

    def _stop_others(self, place: str, key: str) -> None:
        for other in list(self._jobs.values()):
            if other.place == place and other.key != key and other.state.is_going_on:
                other.cancel.set()
                del self._jobs[other.key]

    def _go_on(self) -> None:
        while True:
            self._do(*self._queue.get())

    def _do(self, job: Job, work: StartedWork) -> None:
        try:
            job.result = work(job)
        except _StoppedError:
            pass
        except self._readable as error:
            self._fail(job, error, str(error))
        except Exception as error:  # noqa: BLE001 - the thread must outlive every job
            _LOG.error("background job failed: %s", type(error).__name__)
            self._fail(job, error, _BROKEN)
        else:
            self._end(job, JobState(phase=JobPhase.DONE))
        finally:
            job.done.set()

    def _step(self, job: Job, done: int, wanted: int) -> None:
        with self._lock:
            if job.cancel.is_set():
                raise _StoppedError
            job.state = JobState(phase=JobPhase.RUNNING, done=done, wanted=wanted)

    def _fail(self, job: Job, error: Exception, message: str) -> None:
        job.failure = type(error).__name__
        self._end(job, JobState(phase=JobPhase.FAILED, message=message))

    def _end(self, job: Job, state: JobState) -> None:
        with self._lock:
            if job.state.phase is JobPhase.STOPPED:
                return
            job.state = state
            is_kept_elsewhere = state.phase is JobPhase.DONE and job.place is not None
            if is_kept_elsewhere and self._jobs.get(job.key) is job:
                del self._jobs[job.key]
