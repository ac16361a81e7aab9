"""Jobs: calls that go on in the background while the page stays usable."""

import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")
_PULSE_S = 0.2


@dataclass
class Job(Generic[T]):
    """One piece of work; read by the page, written by its thread."""

    name: str
    cancel: threading.Event = field(default_factory=threading.Event)
    done: threading.Event = field(default_factory=threading.Event)
    notes: list[str] = field(default_factory=list)
    """What has been finished so far, in the reader's words."""
    result: T | None = None
    failure: str = ""
    """The kind of error where the work itself broke; its text may quote an answer."""
    _pieces: "queue.Queue[str]" = field(default_factory=queue.Queue)

    def say(self, piece: str) -> None:
        """Hand on a piece of text."""
        self._pieces.put(piece)

    def pieces(self) -> Iterator[str]:
        """Yield pieces as they come, and empty ones in between so that the page can be left."""
        while not (self.done.is_set() and self._pieces.empty()):
            try:
                yield self._pieces.get(timeout=_PULSE_S)
            except queue.Empty:
                yield ""


class JobBoard:
    """The jobs of a process: at most one of each kind for each owner and session."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._jobs: dict[tuple[str, str, str], Job[object]] = {}

    def start(
        self, owner: str, attempt_id: str, kind: str, work: Callable[[Job[object]], object]
    ) -> Job[object]:
        """Start a job, or return the one of its kind that is running."""
        key = (owner, attempt_id, kind)
        with self._lock:
            known = self._jobs.get(key)
            if known is not None and not known.done.is_set():
                return known
            job: Job[object] = Job(name=kind)
            self._jobs[key] = job
        threading.Thread(target=_run, args=(job, work), name=f"dryrun-{kind}", daemon=True).start()
        return job

    def find(self, owner: str, attempt_id: str, kind: str) -> Job[object] | None:
        """Return the newest job of a kind."""
        with self._lock:
            return self._jobs.get((owner, attempt_id, kind))

    def forget(self, owner: str, attempt_id: str, kind: str) -> None:
        """Drop a job; one that runs is cancelled."""
        with self._lock:
            job = self._jobs.pop((owner, attempt_id, kind), None)
        if job is not None:
            job.cancel.set()


def _run(job: Job[object], work: Callable[[Job[object]], object]) -> None:
    try:
        job.result = work(job)
    except Exception as error:  # noqa: BLE001 - shown by its kind; nobody else would hear of it
        job.failure = type(error).__name__
    finally:
        job.done.set()
