"""What outages do to a station: how many replicas it has when, and when it is slow."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from labs.load_test.network import Outage, Station


@dataclass(frozen=True)
class Capacity:
    """The outages of one station."""

    change_times: NDArray[np.float64]
    available: NDArray[np.int64]
    """Replicas from each of these times on."""
    slow: NDArray[np.float64]
    """Rows of from, to and factor."""

    @property
    def steady(self) -> bool:
        """Whether nothing happens to the station."""
        return self.change_times.size == 0 and self.slow.shape[0] == 0


def capacity(station: Station, outages: Sequence[Outage]) -> Capacity:
    """Return when a station loses and regains replicas, and when it is slow."""
    own = [outage for outage in outages if outage.station == station.id]
    gone = [one for one in own if one.replicas_lost]
    times = sorted({time for one in gone for time in (one.from_s, one.from_s + one.for_s)})
    available = [
        max(
            station.replicas
            - sum(one.replicas_lost for one in gone if one.from_s <= time < one.from_s + one.for_s),
            0,
        )
        for time in times
    ]
    slow = [
        (one.from_s, one.from_s + one.for_s, one.slow_factor) for one in own if one.slow_factor > 1
    ]
    return Capacity(
        np.array(times, dtype=np.float64),
        np.array(available, dtype=np.int64),
        np.array(slow, dtype=np.float64).reshape(-1, 3),
    )
