"""Latency against load, on the same random numbers at every load."""

from designs.drawing import Design
from designs.node_kind import Palette
from designs.prompt import Prompt
from labs.load_test.assembling import capacity_of_path
from labs.load_test.figures import Figures
from labs.load_test.lab import MAX_RPS, Job, Progress, figures_of
from labs.load_test.objectives import latency_slo, threshold_ms
from labs.load_test.report import LoadCurve, LoadPoint
from labs.load_test.request_path import request_path
from labs.load_test.run import DrawStore
from labs.load_test.scenarios import PEAK, requests_for
from labs.load_test.several_runs import SeveralRuns

POINTS = 12
REQUESTS, REPLICATIONS = 16_000, 2
"""At each load; enough to see the knee, and no verdict rests on it."""
_BISECTIONS = 7
_CLOSER = 1.5
"""Above 1 the loads lie closer to one another towards the capacity, where the knee is."""
_HIGHEST = 0.98
"""Highest share of the capacity that is tried; at all of it there is no steady state."""


def load_curve(
    design: Design,
    prompt: Prompt,
    palette: Palette,
    *,
    seed: int = 0,
    progress: Progress | None = None,
) -> LoadCurve:
    """Return latency at loads up to the capacity, and the headroom below the objective.

    Args:
        design: What was drawn.
        prompt: For how requests arrive and the objective.
        palette: For the figures of kinds.
        seed: The same for every load.
        progress: Told about the replications of all loads together.

    Raises:
        LoadTestError: If the drawing cannot be tested.
    """
    path = request_path(design, palette)
    capacity, _ = capacity_of_path(path)
    highest = min(capacity * _HIGHEST, MAX_RPS)
    size = min(REQUESTS, requests_for(PEAK, path, highest))
    job = Job(prompt, path, PEAK, seed, highest, size, REPLICATIONS, DrawStore())
    slo = latency_slo(prompt)
    runs = SeveralRuns(REPLICATIONS * (POINTS + (1 + _BISECTIONS if slo else 0)), progress)
    points = []
    for number in range(1, POINTS + 1):
        rps = highest * (1 - (1 - number / POINTS) ** _CLOSER)
        points.append(_point(rps, figures_of(runs.run(job._replace(rps=rps)), prompt)))
    return LoadCurve(
        points=tuple(points),
        capacity_rps=capacity,
        headroom_rps=_headroom(job, highest, runs) if slo else None,
        threshold_ms=threshold_ms(slo) if slo else None,
    )


def _headroom(job: Job, highest: float, runs: SeveralRuns) -> float | None:
    """Return the highest load that meets the latency objective, by bisection."""
    if _meets(job, highest, runs):
        return highest
    low, high = 0.0, highest
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        low, high = (middle, high) if _meets(job, middle, runs) else (low, middle)
    return low or None


def _meets(job: Job, rps: float, runs: SeveralRuns) -> bool:
    found = figures_of(runs.run(job._replace(rps=rps)), job.prompt)
    slo = latency_slo(job.prompt)
    allowed = 1 - (slo.quantile or 1) if slo else 1.0
    return found.p99_ms is not None and found.miss_rate.value <= allowed


def _point(rps: float, found: Figures) -> LoadPoint:
    return LoadPoint(
        rps=rps,
        p50_ms=found.p50_ms.value if found.p50_ms else None,
        p99_ms=found.p99_ms.value if found.p99_ms else None,
        failed_share=found.error_rate.value,
        fallback_share=min(1.0, sum(one.fallback_requests for one in found.calls)),
    )
