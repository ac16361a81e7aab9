"""Two designs or scenarios with the same luck: what differs, and whether that can be told."""

from collections.abc import Iterator, Sequence
from enum import StrEnum

import numpy as np

from designs.drawing import Design
from designs.node_kind import Palette
from designs.prompt import Prompt
from designs.record import Record
from labs.load_test.figures import Estimate
from labs.load_test.intervals import paired
from labs.load_test.lab import Job, Progress, Setup, job_of, report_of
from labs.load_test.report import LoadTestReport
from labs.load_test.run import RunResult
from labs.load_test.scenarios import MOST_REQUESTS, STEADY_REPLICATIONS
from labs.load_test.several_runs import SeveralRuns
from labs.load_test.summary import Times, latencies_after

_QUANTILES = (("p50", 50.0), ("p95", 95.0), ("p99", 99.0))
_FEWEST_PAIRS = 4
_MOST_COMPARED = 2 * MOST_REQUESTS
"""Requests of each side; few long incidents are compared rather than many short ones."""


class Relation(StrEnum):
    """How the time of the second of two runs compares with that of the first."""

    FASTER = "faster"
    SLOWER = "slower"
    CANNOT_TELL = "cannot be told"
    """The interval of the difference holds zero."""


class FigureDifference(Record):
    """A figure of two runs, and how far they differ on the same random numbers."""

    name: str
    unit: str
    first: float | None
    second: float | None
    difference: Estimate | None
    """Second less first, with the 95 % interval of the paired differences where there is one."""
    relation: Relation | None = None
    """Of a time, where both runs have one."""


class Comparison(Record):
    """Two designs, or two scenarios of one, on the same random numbers."""

    first: LoadTestReport
    second: LoadTestReport
    rows: tuple[FigureDifference, ...]
    relation: Relation
    """Of the p99."""
    text: str
    """The same in a sentence, with the figures behind it."""


def compare_designs(
    first: Design,
    second: Design,
    prompt: Prompt,
    palette: Palette,
    setup: Setup | None = None,
    *,
    progress: Progress | None = None,
) -> Comparison:
    """Run two designs on common random numbers.

    A node of both designs with the same id has the same luck in both, so that the difference is
    known better than either figure.

    Args:
        first: One design.
        second: The other one.
        prompt: For traffic and objectives.
        palette: For the figures of kinds.
        setup: Scenario, seed and size of both runs.
        progress: Told about the replications of both together.

    Raises:
        LoadTestError: If either cannot be tested.
    """
    setup = setup or Setup()
    jobs = [job_of(one, prompt, palette, setup) for one in (first, second)]
    fewer = min(job.requests for job in jobs)  # both have to see the very same requests
    return _compared([job._replace(requests=fewer) for job in jobs], palette, setup, progress)


def compare_scenarios(
    design: Design,
    scenarios: tuple[str, str],
    prompt: Prompt,
    palette: Palette,
    setup: Setup | None = None,
    *,
    progress: Progress | None = None,
) -> Comparison:
    """Run a design under two scenarios on common random numbers.

    Args:
        design: What was drawn.
        scenarios: Ids of the first and the second.
        prompt: For traffic and objectives.
        palette: For the figures of kinds.
        setup: Seed and size of both runs; its scenario is not used.
        progress: Told about the replications of both together.

    Raises:
        LoadTestError: If the drawing cannot be tested or has no such scenario.
    """
    setup = setup or Setup()
    jobs = [
        job_of(design, prompt, palette, setup.model_copy(update={"scenario": one}))
        for one in scenarios
    ]
    return _compared(jobs, palette, setup, progress)


def _compared(
    jobs: list[Job], palette: Palette, setup: Setup, progress: Progress | None
) -> Comparison:
    jobs = _in_pairs(jobs, setup)
    several = SeveralRuns(sum(job.replications for job in jobs), progress)
    runs = [several.run(job) for job in jobs]
    reports = [report_of(job, run, palette) for job, run in zip(jobs, runs, strict=True)]
    rows = (*_latency_rows(reports, runs), *_plain_rows(reports, runs))
    relation, text = _told(reports, next(row for row in rows if row.name == "p99"))
    return Comparison(first=reports[0], second=reports[1], rows=rows, relation=relation, text=text)


def _in_pairs(jobs: list[Job], setup: Setup) -> list[Job]:
    """Return the jobs with as many replications each.

    An incident is run twice elsewhere, and two pairs tell next to nothing. It keeps its length
    here; a steady run takes that of the incident it is compared with.
    """
    if setup.requests is not None:
        return [job._replace(replications=STEADY_REPLICATIONS) for job in jobs]
    longest = max(job.requests // job.replications for job in jobs)
    fitting = _MOST_COMPARED // longest
    pairs = min(max(fitting, _FEWEST_PAIRS), STEADY_REPLICATIONS)
    return [
        job._replace(
            replications=pairs,
            requests=pairs
            * (job.requests // job.replications if job.scenario.is_incident else longest),
        )
        for job in jobs
    ]


def _latency_rows(
    reports: Sequence[LoadTestReport], runs: Sequence[RunResult]
) -> Iterator[FigureDifference]:
    steady = all(report.latency is not None for report in reports)
    for name, percent in _QUANTILES:
        found = [getattr(one.latency, name).value if one.latency else None for one in reports]
        difference = _difference(runs, percent) if steady else None
        yield FigureDifference(
            name=name,
            unit="ms",
            first=found[0],
            second=found[1],
            difference=difference,
            relation=_relation(difference) if difference else None,
        )


def _difference(runs: Sequence[RunResult], percent: float) -> Estimate | None:
    """Return the difference of a quantile with the interval of its paired differences."""
    first, second = (
        [_quantile(times[np.isfinite(times)], percent) for times in _replications(run)]
        for run in runs
    )
    known = [(a, b) for a, b in zip(first, second, strict=True) if a is not None and b is not None]
    return paired(known) if len(known) == len(first) else None


def _replications(run: RunResult) -> list[Times]:
    """Return the latencies of each, in seconds, infinite for failed requests."""
    return [latencies_after(one, run.prospect.dropped_s) for one in run.replications]


def _quantile(answered: Times, percent: float) -> float | None:
    return 1000 * float(np.percentile(answered, percent)) if answered.size else None


def _plain_rows(
    reports: Sequence[LoadTestReport], runs: Sequence[RunResult]
) -> Iterator[FigureDifference]:
    first, second = reports
    failures = [[float(np.isinf(times).mean()) for times in _replications(run)] for run in runs]
    yield FigureDifference(
        name="requests without an answer",
        unit="share",
        first=first.failed_share.value,
        second=second.failed_share.value,
        difference=paired(list(zip(*failures, strict=True))),
    )
    yield _plain(
        "requests with a fallback",
        "share",
        first.fallback_requests_share,
        second.fallback_requests_share,
    )
    yield _plain("cost", "USD a month", first.cost.usd_per_month, second.cost.usd_per_month)
    yield _plain(
        "cost",
        "USD per 1,000 requests",
        first.cost.usd_per_thousand_requests,
        second.cost.usd_per_thousand_requests,
    )


def _plain(name: str, unit: str, first: float, second: float) -> FigureDifference:
    return FigureDifference(name=name, unit=unit, first=first, second=second, difference=None)


def _relation(difference: Estimate) -> Relation:
    if difference.low > 0:
        return Relation.SLOWER
    return Relation.FASTER if difference.high < 0 else Relation.CANNOT_TELL


def _told(reports: Sequence[LoadTestReport], tail: FigureDifference) -> tuple[Relation, str]:
    """Return the verdict on the tail, and a sentence with the figures behind it."""
    if tail.difference is None:
        return _without_tails([one.latency is not None for one in reports])
    found = tail.difference
    relation = _relation(found)
    if relation is Relation.CANNOT_TELL:
        return relation, (
            "On the same random numbers the p99 of the two cannot be told apart: second less "
            f"first is {signed(found.low)} to {signed(found.high)} ms."
        )
    ends = sorted((abs(found.low), abs(found.high)))
    return relation, (
        f"On the same random numbers the p99 of the second is {abs(found.value):,.2f} ms "
        f"{relation} ({ends[0]:,.2f} to {ends[1]:,.2f} ms)."
    )


def signed(value: float, digits: int = 2) -> str:
    """Return a difference with its sign; what is rounded to zero has none."""
    shown = f"{value:+,.{digits}f}"
    return shown if float(shown.replace(",", "")) else shown[1:]


def _without_tails(steady: Sequence[bool]) -> tuple[Relation, str]:
    falls = "has no steady state: it falls behind for as long as the load lasts, and"
    if steady[0] and not steady[1]:
        return Relation.SLOWER, f"The second {falls} the first keeps up."
    if steady[1] and not steady[0]:
        return Relation.FASTER, f"The first {falls} the second keeps up."
    return Relation.CANNOT_TELL, "Neither has a steady state, so there are no tails to compare."
