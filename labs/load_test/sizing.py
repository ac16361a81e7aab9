"""What would meet the objective: replicas by formula, checked by a run."""

from designs.drawing import Design
from designs.exporters.captions import node_title
from designs.node_kind import Palette
from designs.prompt import Arrival, Prompt
from labs.load_test.assembling import TARGET_UTILISATION
from labs.load_test.costing import HOURS_PER_MONTH
from labs.load_test.figures import Figures
from labs.load_test.figures import Verdict as PathVerdict
from labs.load_test.lab import Job, Progress, figures_of
from labs.load_test.network import Network
from labs.load_test.objectives import latency_slo, threshold_ms
from labs.load_test.queueing import replicas_needed
from labs.load_test.report import Sizing, SizingHint, Verdict
from labs.load_test.request_path import RequestPath, request_path
from labs.load_test.run import DrawStore
from labs.load_test.scenarios import BURSTY_CV, PEAK, STEADY_REPLICATIONS, requests_for
from labs.load_test.several_runs import SeveralRuns

_MOST_REPLICAS = 10_000
_TRIES = 3


def sizing(
    design: Design,
    prompt: Prompt,
    palette: Palette,
    *,
    seed: int = 0,
    progress: Progress | None = None,
) -> Sizing:
    """Return which replicas would meet the latency objective at the prompt's peak.

    Args:
        design: What was drawn.
        prompt: For traffic and objective.
        palette: For the figures of kinds.
        seed: Of the runs that check the hints.
        progress: Told about the replications of all of them together.

    Raises:
        LoadTestError: If the drawing cannot be tested.
    """
    slo = latency_slo(prompt)
    path = request_path(design, palette)
    rps = prompt.workload.peak_rps
    size = requests_for(PEAK, path, rps)
    job = Job(prompt, path, PEAK, seed, rps, size, STEADY_REPLICATIONS, DrawStore())
    if slo is None:
        return _nothing("The prompt sets no objective for latency.")
    runs = SeveralRuns(STEADY_REPLICATIONS * (1 + _TRIES), progress)
    unhindered = figures_of(runs.run(job._replace(path=_without_queues(path))), prompt)
    fastest = unhindered.p99_ms.value if unhindered.p99_ms else 0.0
    if unhindered.verdict is PathVerdict.MISSED:
        slowest = max(path.nodes, key=lambda node: _p99(path, node.id))
        return _nothing(
            f"No number of replicas meets it: without any waiting the p99 is {fastest:,.0f} ms, "
            f"and {threshold_ms(slo):,.0f} are wanted. The longest tail is that of "
            f"{node_title(slowest, palette)}, {_p99(path, slowest.id):,.0f} ms. Make calls side "
            "by side, shorten them, or give them a timeout with a fallback."
        )
    slack = max(threshold_ms(slo) - fastest, 1.0) / max(len(path.nodes), 1)
    return _tried(job, palette, slack, runs)


def _tried(job: Job, palette: Palette, slack: float, runs: SeveralRuns) -> Sizing:
    """Size every node, run the result, and be more generous until it meets the objective."""
    path = job.path
    for attempt in range(_TRIES):
        wanted = _replicas(job, slack / 4**attempt, TARGET_UTILISATION - 0.1 * attempt)
        if not wanted:
            found = figures_of(runs.run(job), job.prompt)
            if found.verdict is PathVerdict.MET or attempt == _TRIES - 1:
                return _result(job, palette, wanted, found)
            continue
        if max(wanted.values()) > _MOST_REPLICAS:
            worst = max(wanted, key=lambda one: wanted[one])
            return _nothing(
                f"{worst} would need {wanted[worst]:,} replicas, more than {_MOST_REPLICAS:,}; "
                "make its calls shorter or fewer."
            )
        larger = job._replace(path=_resized(path, wanted, palette))
        found = figures_of(runs.run(larger), job.prompt)
        if found.verdict is PathVerdict.MET or attempt == _TRIES - 1:
            return _result(job, palette, wanted, found)
    raise AssertionError("the last attempt returns")


def _replicas(job: Job, slack: float, most_used: float) -> dict[str, int]:
    """Return the replicas of each node that needs more than it has."""
    path = job.path
    cv = BURSTY_CV if job.prompt.workload.arrival is Arrival.BURSTY else 1.0
    wanted = {}
    for node in path.nodes:
        capacity = path.capacities[node.id]
        calls = path.calls_per_request(node.id)
        if capacity.service is None or not calls or not path.station(node.id).service:
            continue
        needed = replicas_needed(capacity, job.rps * calls, cv, most_used=most_used, wait_ms=slack)
        if needed > node.replicas:
            wanted[node.id] = needed
    return wanted


def _result(job: Job, palette: Palette, wanted: dict[str, int], found: Figures) -> Sizing:
    hints = tuple(_hint(job.path, palette, one, count) for one, count in wanted.items())
    verdict = Verdict[found.verdict.name]
    p99 = found.p99_ms.value if found.p99_ms else None
    month = sum(one.usd_per_month for one in hints)
    shown = f"a p99 of {p99:,.1f} ms" if p99 is not None else "no steady state"
    if hints:
        text = f"With these replicas a run shows {shown}: {verdict.words}. They cost "
        text += f"{month:,.0f} dollars more a month."
    else:
        text = f"Every part has replicas enough; a run shows {shown}: {verdict.words}."
    return Sizing(hints=hints, verdict_after=verdict, p99_after_ms=p99, text=text)


def _hint(path: RequestPath, palette: Palette, node_id: str, needed: int) -> SizingHint:
    node = path.design.node(node_id)
    now = node.replicas if node else 1
    title = node_title(node, palette) if node else node_id
    price = path.capacities[node_id].usd_per_replica_hour or 0.0
    return SizingHint(
        node_id=node_id,
        title=title,
        replicas_now=now,
        replicas_needed=needed,
        usd_per_month=(needed - now) * price * HOURS_PER_MONTH,
        text=f"{title}: {needed:,} replicas instead of {now:,}.",
    )


def _nothing(text: str) -> Sizing:
    return Sizing(hints=(), verdict_after=None, p99_after_ms=None, text=text)


def _resized(path: RequestPath, wanted: dict[str, int], palette: Palette) -> RequestPath:
    nodes = tuple(
        node.model_copy(update={"replicas": wanted.get(node.id, node.replicas)})
        for node in path.design.nodes
    )
    return request_path(path.design.model_copy(update={"nodes": nodes}), palette)


def _without_queues(path: RequestPath) -> RequestPath:
    stations = tuple(
        one.model_copy(update={"delay": one.service is not None and one.batching is None})
        for one in path.network.stations
    )
    network: Network = path.network.model_copy(update={"stations": stations})
    return path.model_copy(update={"network": network})


def _p99(path: RequestPath, node_id: str) -> float:
    service = path.capacities[node_id].service
    return service.p99_ms if service and path.station(node_id).service else 0.0
