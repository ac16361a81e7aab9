"""What is counted while a network runs; replications are added up."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from labs.load_test.engine.numerics import loops

if TYPE_CHECKING:
    from labs.load_test.engine.trace import Trace

Counts = NDArray[np.int64]

_CLASSES = 64 * 50 + 1
"""From a nanosecond to thirteen days in steps of 1.6 %."""
_LOWEST_EXPONENT = -30


class Histogram:
    """Times in classes 1.6 % wide, so that quantiles need neither a sort nor the times."""

    def __init__(self) -> None:
        self.counts: Counts = np.zeros(_CLASSES, dtype=np.int64)

    def add(self, times: NDArray[np.float64]) -> None:
        """Count times in seconds."""
        loops().count_bits(np.ascontiguousarray(times).view(np.int64), self.counts)

    def merge(self, other: "Histogram") -> None:
        """Add the counts of another replication."""
        self.counts += other.counts

    def quantile(self, share: float) -> float:
        """Return a quantile in seconds, 0 if nothing was counted."""
        total = int(self.counts.sum())
        if total == 0:
            return 0.0
        rank = share * (total - 1)
        below = np.cumsum(self.counts)
        number = int(np.searchsorted(below, rank, side="right"))
        if number == 0:
            return 0.0
        inside = self.counts[number]
        position = (rank - (below[number] - inside) + 0.5) / inside
        octave, step = divmod(number - 1, 64)
        low = 2.0 ** (octave + _LOWEST_EXPONENT)
        return float(low * (1 + (step + min(position, 1.0)) / 64))


@dataclass
class StationTally:
    """One station, from the end of the warm-up on."""

    calls: int = 0
    """Attempts that arrived."""
    asked_s: float = 0.0
    """Work that they asked for."""
    wait_s: float = 0.0
    served: int = 0
    refused: int = 0
    waits: Histogram = field(default_factory=Histogram)
    services: Histogram | None = None
    """Only where they are not what the drawing says."""

    def merge(self, other: "StationTally") -> None:
        """Add another replication."""
        self.calls += other.calls
        self.asked_s += other.asked_s
        self.wait_s += other.wait_s
        self.served += other.served
        self.refused += other.refused
        self.waits.merge(other.waits)
        if other.services:
            self.services = self.services or Histogram()
            self.services.merge(other.services)


@dataclass
class ArrowTally:
    """One call of the drawing, from the end of the warm-up on."""

    made: int = 0
    late: int = 0
    refused: int = 0
    retries: int = 0
    fallback_requests: int = 0
    joined: int = 0
    """Steps with something beside it."""
    last: int = 0
    """Those of them that it ended."""

    def merge(self, other: "ArrowTally") -> None:
        """Add another replication."""
        self.made += other.made
        self.late += other.late
        self.refused += other.refused
        self.retries += other.retries
        self.fallback_requests += other.fallback_requests
        self.joined += other.joined
        self.last += other.last


@dataclass
class Replication:
    """What one replication leaves behind."""

    arrivals: NDArray[np.float64]
    latencies: NDArray[np.float64]
    """Seconds, in the order of arrival; of a failed request, until it failed."""
    failed: NDArray[np.bool_] | None
    stations: dict[str, StationTally]
    arrows: tuple[ArrowTally, ...]
    trace: "Trace | None"
    """Of the first replication, if it is not too large."""
