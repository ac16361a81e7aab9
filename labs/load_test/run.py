"""One load test: replications of a network under traffic, the same for the same seed."""

from collections.abc import Sequence
from typing import Any

from labs.load_test.figures import Figures, Slo
from labs.load_test.network import Network, Outage, Traffic

MAX_REQUESTS = 1_000_000
MAX_REPLICATIONS = 64


class Refused(ValueError):
    """A network that cannot be simulated; the message names the nodes and what to change."""


def warm_up() -> None:
    """Load or compile the kernels; call it in a background thread when the app starts."""


def simulate(
    network: Network,
    traffic: Traffic,
    *,
    outages: Sequence[Outage] = (),
    seed: int = 0,
    requests: int = 100_000,
    replications: int = 1,
) -> Any:
    """Send requests through a network.

    Raises:
        Refused: If the network or the size of the run cannot be simulated.
    """
    raise NotImplementedError


def summarise(run: Any, slo: Slo) -> Figures:
    """Return what a run says about an objective."""
    raise NotImplementedError
