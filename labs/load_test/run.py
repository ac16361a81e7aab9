"""One load test: replications of a network under traffic, the same for the same seed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from labs.load_test.engine.arrivals import arrival_times
from labs.load_test.engine.capacity import capacity
from labs.load_test.engine.draws import Draws, DrawStore
from labs.load_test.engine.numerics import WORTH_LOADING, load_kernels
from labs.load_test.engine.passes import Passes
from labs.load_test.engine.serving import Counter
from labs.load_test.engine.tallies import ArrowTally, Replication, StationTally
from labs.load_test.engine.trace import Trace
from labs.load_test.engine.wiring import RefusedError, Wiring, wire
from labs.load_test.network import Network, Outage, Traffic
from labs.load_test.prospect import Prospect, prospect

__all__ = ["DrawStore", "RefusedError", "RunResult", "simulate", "warm_up"]

MAX_REQUESTS = 1_000_000
MAX_REPLICATIONS = 64
_TRACED = 200_000
"""Requests up to which critical paths are kept; more would need too much memory."""


@dataclass(frozen=True)
class RunResult:
    """What was simulated and what came of it."""

    network: Network
    traffic: Traffic
    outages: tuple[Outage, ...]
    seed: int
    requests: int
    engine: str
    """``passes`` or ``events``."""
    prospect: Prospect
    """What arithmetic says before the run: utilisation, warm-up."""
    replications: tuple[Replication, ...]


def simulate(
    network: Network,
    traffic: Traffic,
    *,
    outages: Sequence[Outage] = (),
    seed: int = 0,
    requests: int = 100_000,
    replications: int = 1,
    store: DrawStore | None = None,
    on_replication: Callable[[int], None] | None = None,
    first_replication: int = 0,
    by_events: bool = False,
) -> RunResult:
    """Send requests through a network.

    Args:
        network: What is tested.
        traffic: How requests come in.
        outages: What happens to stations meanwhile.
        seed: The luck of the run; two networks with one seed share it.
        requests: In one replication.
        replications: Independent runs, each with its own numbers.
        store: Keeps numbers for the next run on an edited network.
        on_replication: Called with how many are done, for a progress bar.
        first_replication: Number of the first one, to add replications to an earlier run.
        by_events: Use the slower engine where it is not needed too, to compare the two.

    Raises:
        RefusedError: If the network or the size of the run cannot be simulated.
    """
    if not 1 <= requests <= MAX_REQUESTS:
        raise RefusedError(
            f"{requests:,} requests were asked for: between 1 and {MAX_REQUESTS:,} can be "
            "simulated at once; ask for more replications instead."
        )
    if not 1 <= replications <= MAX_REPLICATIONS:
        raise RefusedError(
            f"{replications:,} replications were asked for: between 1 and {MAX_REPLICATIONS} "
            "can be simulated."
        )
    wiring = wire(network, requests, outages)
    if by_events and not wiring.by_events:
        wiring = replace(wiring, by_events="it was asked for")
    ahead = prospect(network, traffic, tuple(outages), requests)
    if sum(wiring.counts.values()) * replications >= WORTH_LOADING:
        load_kernels()
    done = []
    for number in range(first_replication, first_replication + replications):
        done.append(_replication(wiring, traffic, outages, Draws(seed, number, store), ahead))
        if on_replication is not None:
            on_replication(len(done))
    return RunResult(
        network,
        traffic,
        tuple(outages),
        seed,
        requests,
        "events" if wiring.by_events else "passes",
        ahead,
        tuple(done),
    )


def _replication(
    wiring: Wiring,
    traffic: Traffic,
    outages: Sequence[Outage],
    draws: Draws,
    ahead: Prospect,
) -> Replication:
    requests = wiring.counts[wiring.network.entry]
    arrivals = arrival_times(traffic, requests, draws)
    counter = Counter(
        ahead.dropped_s,
        {one: StationTally() for one in wiring.stations},
        [ArrowTally() for _ in wiring.network.calls],
    )
    capacities = {one: capacity(station, outages) for one, station in wiring.stations.items()}
    traced = requests <= _TRACED and draws.replication == 0
    trace = Trace(wiring) if traced else None
    if wiring.by_events:
        # Its kernels are compiled or loaded with it.
        from labs.load_test.engine.events import run_events

        answers = run_events(wiring, capacities, draws, counter, trace, arrivals)
    else:
        answers = Passes(wiring, capacities, draws, counter, trace).run(arrivals)
    latencies = np.empty(requests)
    latencies[answers.ids] = answers.times
    latencies -= arrivals
    failed = None
    if answers.outcomes is not None:
        failed = np.zeros(requests, dtype=np.bool_)
        failed[answers.ids] = answers.outcomes != 0
    return Replication(arrivals, latencies, failed, counter.stations, tuple(counter.arrows), trace)


def warm_up() -> None:
    """Load or compile every kernel, with sixteen requests; the first time ever takes seconds.

    Call it in a background thread of the app: `simulate` would do it otherwise as soon as a run
    is worth it, and a visitor would wait.
    """
    from labs.load_test.engine.warming import small_networks

    load_kernels()
    for network, traffic in small_networks():
        simulate(network, traffic, requests=16)
