"""The outside: clock and network, which domain code is given and never takes."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from rubrics.graders.llm.endpoint import Endpoint

if TYPE_CHECKING:
    from httpx2 import Client

MOST_BYTES = 2_000_000
"""The longest reply that is read, headers and all; a review of one stage has about 5,000."""


@dataclass(frozen=True)
class Limits:
    """How far one call may go."""

    deadline: float
    """On the clock of `Outside.clock`."""
    is_cancelled: Callable[[], bool]
    most_bytes: int = MOST_BYTES


class Outside(Protocol):
    """What `workbench` provides, and tests replace."""

    def clock(self) -> float:
        """Return seconds on a clock that never goes back."""
        ...

    def wait(self, seconds: float, cancel: threading.Event) -> None:
        """Return after some seconds, or at once when the call is cancelled."""
        ...

    def http_client(self, endpoint: Endpoint, limits: Limits) -> "Client":
        """Return a client for one call.

        It asks the endpoint and nobody else, follows no redirect, and raises
        `CallEndedError` inside of whatever it is doing once a limit is reached.
        """
        ...
