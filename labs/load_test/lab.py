"""The load test of a drawn design: one call from design and prompt to the report."""

from collections.abc import Callable
from typing import NamedTuple

from designs.drawing import Design
from designs.node_kind import Palette
from designs.prompt import Prompt
from designs.record import Record
from labs.load_test.assembling import Run, assemble
from labs.load_test.figures import Figures
from labs.load_test.objectives import path_slo
from labs.load_test.refusal import LoadTestError
from labs.load_test.report import LoadTestReport, Verdict
from labs.load_test.request_path import RequestPath, request_path
from labs.load_test.run import DrawStore, RefusedError, RunResult, simulate
from labs.load_test.scenarios import (
    FEWEST_REQUESTS,
    MOST_REQUESTS,
    PEAK,
    Scenario,
    outages_of,
    replications_of,
    requests_for,
    scenario_of,
    traffic_of,
)
from labs.load_test.summary import summarise

ENGINE_VERSION = "1"
"""Changes with every change of the lab or its engine that moves a figure."""
MAX_RPS = 1e7
_SETTLED = 4
"""How many times as many requests are tried where a verdict is too close to call."""

Progress = Callable[[int, int], None]
"""Called with the replications that are done and those that are wanted."""


class Setup(Record):
    """What to run; the same setup gives the same report, to the byte."""

    scenario: str = PEAK.id
    seed: int = 0
    requests: int | None = None
    """Over all replications; none lets the lab choose, and run longer if it is too close."""
    rps: float | None = None
    """Rate instead of the prompt's peak."""


class Job(NamedTuple):
    """One simulation, ready to run."""

    prompt: Prompt
    path: RequestPath
    scenario: Scenario
    seed: int
    rps: float
    requests: int
    replications: int
    store: DrawStore | None = None
    """Keeps random numbers for the next run on another load or an edited design."""


def load_test(
    design: Design,
    prompt: Prompt,
    palette: Palette,
    setup: Setup | None = None,
    *,
    progress: Progress | None = None,
    store: DrawStore | None = None,
) -> LoadTestReport:
    """Run a design under a prompt's traffic.

    Args:
        design: What was drawn.
        prompt: For traffic and objectives.
        palette: For the figures of kinds.
        setup: Scenario, seed and size; by default the peak.
        progress: Told about replications.
        store: Keeps random numbers for the next run; it changes the speed and nothing else.

    Raises:
        LoadTestError: If the drawing or the size of the run cannot be tested.
    """
    setup = setup or Setup()
    job = job_of(design, prompt, palette, setup, store)
    report = report_of(job, run_job(job, progress), palette)
    close = any(one.verdict is Verdict.TOO_CLOSE for one in report.verdicts)
    if close and setup.requests is None and job.requests * _SETTLED <= MOST_REQUESTS:
        longer = job._replace(requests=job.requests * _SETTLED)
        return report_of(longer, run_job(longer, progress), palette)
    return report


def job_of(
    design: Design,
    prompt: Prompt,
    palette: Palette,
    setup: Setup,
    store: DrawStore | None = None,
) -> Job:
    """Return the simulation that a setup asks for.

    Raises:
        LoadTestError: If the drawing, the scenario or the size of the run does not fit.
    """
    rps = checked_rps(prompt.workload.peak_rps if setup.rps is None else setup.rps)
    path = request_path(design, palette)
    scenario = scenario_of(setup.scenario, path)
    if scenario.cold_caches:
        path = request_path(design, palette, cold_caches=True)
    requests = checked_requests(setup.requests) or requests_for(scenario, path, rps)
    return Job(prompt, path, scenario, setup.seed, rps, requests, replications_of(scenario), store)


def run_job(job: Job, progress: Progress | None = None) -> RunResult:
    """Simulate a path.

    Raises:
        LoadTestError: If the engine refuses it.
    """
    each = max(1, job.requests // job.replications)
    try:
        return simulate(
            job.path.network,
            traffic_of(job.scenario, job.prompt.workload, job.rps, each),
            outages=outages_of(job.scenario, job.rps, each),
            seed=job.seed,
            requests=each,
            replications=job.replications,
            store=job.store,
            on_replication=(lambda done: progress(done, job.replications)) if progress else None,
        )
    except RefusedError as error:
        raise LoadTestError(str(error)) from None


def figures_of(run: RunResult, prompt: Prompt) -> Figures:
    """Return what a run says about the prompt's latency objective."""
    return summarise(run, path_slo(prompt))


def checked_requests(requests: int | None) -> int | None:
    """Return the number of requests.

    Raises:
        LoadTestError: If it is out of range.
    """
    if requests is not None and not FEWEST_REQUESTS <= requests <= MOST_REQUESTS:
        raise LoadTestError(
            f"{requests:,} requests cannot be run; ask for {FEWEST_REQUESTS:,} to {MOST_REQUESTS:,}"
        )
    return requests


def checked_rps(rps: float) -> float:
    """Return the rate.

    Raises:
        LoadTestError: If it is out of range, or no number.
    """
    if not 0.01 <= rps <= MAX_RPS:
        raise LoadTestError(
            f"a rate of {rps:g} requests a second cannot be run; give 0.01 to {MAX_RPS:,.0f}"
        )
    return rps


def report_of(job: Job, run: RunResult, palette: Palette) -> LoadTestReport:
    """Return the report of a simulation."""
    found = Run(
        prompt=job.prompt,
        path=job.path,
        scenario=job.scenario,
        figures=figures_of(run, job.prompt),
        seed=job.seed,
        rps=job.rps,
        engine_version=ENGINE_VERSION,
    )
    return assemble(found, palette)
