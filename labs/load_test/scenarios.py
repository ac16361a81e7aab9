"""What happens to a design during a run: the peak, and what goes wrong in it."""

import math

from pydantic import Field

from designs.inspections.roles import FEATURE_READS
from designs.prompt import Arrival, Workload
from designs.record import Record
from labs.load_test.network import Arrivals, Outage, Traffic
from labs.load_test.refusal import LoadTestError
from labs.load_test.request_path import RequestPath

SPIKE_FACTOR = 3.0
SLOW_FACTOR = 10.0
"""How much slower a slow feature store answers; our assumption."""
BURSTY_CV = 2.0
"""Coefficient of variation of the gaps between bursty requests; our assumption."""
STEADY_REQUESTS = 100_000
STEADY_REPLICATIONS, INCIDENT_REPLICATIONS = 8, 2
"""One run is one roll of the dice, so that no figure comes from a single one."""
MOST_REQUESTS = 1_000_000
FEWEST_REQUESTS = 1_000
_MOST_VISITS = 4_000_000
"""Calls to all stations together that a run of the lab's own choice comes to."""
_INCIDENT_S = 40.0
"""Length of a run with an incident, so that the recovery is seen too."""
_BEGINS, _LASTS = 0.2, 0.2
"""Where an incident begins and how long it lasts, as shares of the run."""
REPLICA_LOSS = "replica-loss:"
"""Begins the id of a scenario in which one node loses replicas; its id follows."""


class Scenario(Record):
    """One thing to try."""

    id: str = Field(max_length=100)
    title: str
    text: str
    """What happens, in one sentence."""
    spike: float = Field(default=1, ge=1, le=1000)
    """The highest rate over the peak rate."""
    slow: tuple[str, ...] = ()
    """Nodes that answer slowly for a while."""
    cold_caches: bool = False
    loses: dict[str, int] = Field(default_factory=dict)
    """Replicas that nodes lose for a while."""

    @property
    def is_incident(self) -> bool:
        """Whether something happens in the middle of the run."""
        return self.spike > 1 or bool(self.slow) or bool(self.loses)


PEAK = Scenario(
    id="peak",
    title="Busiest hour",
    text="Requests arrive at the prompt's peak rate; nothing goes wrong.",
)
_SPIKE = Scenario(
    id="spike",
    title="Three times the peak",
    text="For a fifth of the run three times the peak rate arrives.",
    spike=SPIKE_FACTOR,
)
_COLD = Scenario(
    id="cold-cache",
    title="Cold caches",
    text="Every cache misses, as after a restart, for the whole run.",
    cold_caches=True,
)


def scenarios_for(path: RequestPath) -> tuple[Scenario, ...]:
    """Return what can be tried with a design, the peak first."""
    return (
        PEAK,
        _SPIKE,
        *_slow_features(path),
        *([_COLD] if _has_cache(path) else []),
        *_losses(path),
    )


def scenario_of(name: str, path: RequestPath) -> Scenario:
    """Return the scenario with that id.

    Raises:
        LoadTestError: If there is none for this design; the message lists those that exist.
    """
    known = scenarios_for(path)
    for one in known:
        if one.id == name:
            return one
    listed = ", ".join(one.id for one in known)
    raise LoadTestError(f"this design has no scenario {name[:100]!r}; there are: {listed}")


def requests_for(scenario: Scenario, path: RequestPath, rps: float) -> int:
    """Return how many requests are simulated over all replications.

    A steady run needs them for its tail, an incident for the recovery after it; a request that
    makes hundreds of calls is simulated less often.
    """
    wanted = STEADY_REQUESTS
    if scenario.is_incident:
        whole = rps * _INCIDENT_S * _mean_factor(scenario) * INCIDENT_REPLICATIONS
        wanted = min(MOST_REQUESTS, max(STEADY_REQUESTS, round(whole)))
    visits = sum(path.flows.waited_for.values()) + sum(path.flows.into_path.values())
    return max(FEWEST_REQUESTS, min(wanted, round(_MOST_VISITS / max(visits, 1.0))))


def replications_of(scenario: Scenario) -> int:
    """Return into how many independent runs the requests are divided."""
    return INCIDENT_REPLICATIONS if scenario.is_incident else STEADY_REPLICATIONS


def traffic_of(scenario: Scenario, workload: Workload, rps: float, requests: int) -> Traffic:
    """Return the requests of a run.

    Args:
        scenario: For a spike.
        workload: For how requests arrive.
        rps: Rate outside the spike.
        requests: Requests of one replication, from which the length of the run follows.
    """
    cv = BURSTY_CV if workload.arrival is Arrival.BURSTY else 1.0
    if scenario.spike <= 1:
        return Traffic(rps=rps, burstiness_cv=cv)
    begins, lasts = window(scenario, rps, requests)
    return Traffic(
        rps=rps,
        profile=Arrivals.SPIKE,
        peak_factor=scenario.spike,
        peak_from_s=begins,
        peak_for_s=lasts,
        burstiness_cv=cv,
    )


def outages_of(scenario: Scenario, rps: float, requests: int) -> tuple[Outage, ...]:
    """Return what breaks during a run, and when."""
    begins, lasts = window(scenario, rps, requests)
    if not scenario.is_incident:
        return ()
    slow = [
        Outage(station=one, from_s=begins, for_s=lasts, slow_factor=SLOW_FACTOR)
        for one in scenario.slow
    ]
    lost = [
        Outage(station=one, from_s=begins, for_s=lasts, replicas_lost=count)
        for one, count in scenario.loses.items()
    ]
    return (*slow, *lost)


def window(scenario: Scenario, rps: float, requests: int) -> tuple[float, float]:
    """Return when an incident begins and how long it lasts, in seconds."""
    length = requests / rps / _mean_factor(scenario)
    return _BEGINS * length, _LASTS * length


def _mean_factor(scenario: Scenario) -> float:
    return 1 + _LASTS * (scenario.spike - 1)


def _slow_features(path: RequestPath) -> list[Scenario]:
    stores = tuple(node.id for node in path.nodes if node.kind in FEATURE_READS)
    if not stores:
        return []
    text = f"For a fifth of the run every feature store answers {SLOW_FACTOR:g} times as slowly."
    return [Scenario(id="slow-features", title="Slow feature store", text=text, slow=stores)]


def _has_cache(path: RequestPath) -> bool:
    return any(node.overrides.cache_hit_ratio for node in path.nodes)


def _losses(path: RequestPath) -> list[Scenario]:
    serving = [node for node in path.nodes if path.station(node.id).service is not None]
    zone = {node.id: math.ceil(node.replicas / 3) for node in serving if node.replicas > 1}
    found = []
    if zone:
        text = "For a fifth of the run a third of the replicas of every part is gone."
        found.append(
            Scenario(id="zone-loss", title="One zone of three is lost", text=text, loses=zone)
        )
    for node in serving:
        text = f"For a fifth of the run {node.id} has {node.replicas - 1} of {node.replicas} "
        found.append(
            Scenario(
                id=f"{REPLICA_LOSS}{node.id}",
                title=f"{node.id} loses a replica",
                text=text + ("replicas." if node.replicas > 1 else "replica: none answers."),
                loses={node.id: 1},
            )
        )
    return found
