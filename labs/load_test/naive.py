"""What adding up single figures would claim, to be shown beside what was simulated."""

from collections.abc import Sequence

from labs.load_test.figures import StationFigures
from labs.load_test.network import Network


def naive_p99_ms(network: Network, stations: Sequence[StationFigures]) -> float:
    """Return the sum of the p99 of all stations on the longest path of the drawing."""
    own = {one.id: one.own_p99_ms for one in stations}

    def of(station: str) -> float:
        total = own[station]
        calls = [call for call in network.calls if call.source == station and call.waited_for]
        for step in sorted({call.step for call in calls}):
            total += max(
                min(of(call.target), call.timeout_ms or float("inf"))
                for call in calls
                if call.step == step
            )
        return total

    return of(network.entry)
