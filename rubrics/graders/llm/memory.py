"""Memory: what is known of an endpoint between calls, in this process and nowhere else."""

import threading
from collections import OrderedDict

from rubrics.graders.llm.endpoint import Endpoint
from rubrics.graders.llm.outcome import LlmState
from rubrics.graders.llm.wire import Dialect

_KEPT = 256
_FAILURES = 3
"""After so many in a row the server is left alone."""
_REST_S = 60.0


class LlmMemory:
    """Dialects, failures and replies of every endpoint; safe to use from several threads.

    Replies are kept under a hash of all that they depend on, so they are found only by somebody
    who has the same answer in hand.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._dialects: dict[str, Dialect] = {}
        self._failures: dict[str, tuple[int, float]] = {}
        self._replies: OrderedDict[str, str] = OrderedDict()

    def dialect(self, endpoint: Endpoint) -> Dialect:
        """Return what the server was found to understand, or the strictest."""
        with self._lock:
            return self._dialects.get(endpoint.identity(), Dialect())

    def learn(self, endpoint: Endpoint, dialect: Dialect) -> None:
        """Keep what the server understood."""
        with self._lock:
            self._dialects[endpoint.identity()] = dialect

    def note(self, endpoint: Endpoint, state: LlmState, now: float) -> None:
        """Count failures of the server; any other end forgets them."""
        key = endpoint.identity()
        with self._lock:
            if state.is_failure_of_the_server:
                count, _ = self._failures.get(key, (0, now))
                self._failures[key] = (count + 1, now)
            elif state is not LlmState.CANCELLED:
                self._failures.pop(key, None)

    def rests(self, endpoint: Endpoint, now: float) -> float:
        """Return for how many seconds the server is still left alone; 0 if it may be asked."""
        with self._lock:
            count, last = self._failures.get(endpoint.identity(), (0, now))
        return max(0.0, last + _REST_S - now) if count >= _FAILURES else 0.0

    def recall(self, key: str) -> str | None:
        """Return a reply that was kept."""
        with self._lock:
            if key in self._replies:
                self._replies.move_to_end(key)
            return self._replies.get(key)

    def keep(self, key: str, text: str) -> None:
        """Keep a reply; the least used are forgotten."""
        with self._lock:
            self._replies[key] = text
            self._replies.move_to_end(key)
            while len(self._replies) > _KEPT:
                self._replies.popitem(last=False)
