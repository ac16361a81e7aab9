"""Two designs under the same requests and the same luck."""

from collections.abc import Callable, Iterator

import numpy as np

from designs.drawing import Design
from designs.node_kind import Palette
from designs.prompt import Prompt
from labs.load_test.engine.tallies import Replication
from labs.load_test.figures import Estimate
from labs.load_test.intervals import t95
from labs.load_test.lab import Setup, job_of, report_of, run_job
from labs.load_test.report import DesignComparison, FigureDifference, LoadTestReport
from labs.load_test.run import RunResult

_QUANTILES = (("p50", 50.0), ("p95", 95.0), ("p99", 99.0))


def compare_designs(
    first: Design,
    second: Design,
    prompt: Prompt,
    palette: Palette,
    setup: Setup | None = None,
) -> DesignComparison:
    """Run two designs on common random numbers.

    A node of both designs with the same id has the same luck in both, so that the difference is
    known better than either figure.

    Args:
        first: One design.
        second: The other one.
        prompt: For traffic and objectives.
        palette: For the figures of kinds.
        setup: Scenario, seed and size of both runs.

    Raises:
        LoadTestError: If either cannot be tested.
    """
    setup = setup or Setup()
    jobs = [job_of(one, prompt, palette, setup) for one in (first, second)]
    fewer = min(job.requests for job in jobs)  # both have to see the very same requests
    jobs = [job._replace(requests=fewer) for job in jobs]
    runs = [run_job(job) for job in jobs]
    reports = [report_of(job, run, palette) for job, run in zip(jobs, runs, strict=True)]
    rows = (*_latency_rows(reports, runs), *_plain_rows(reports))
    return DesignComparison(first=reports[0], second=reports[1], rows=rows, text=_text(rows))


def _latency_rows(
    reports: list[LoadTestReport], runs: list[RunResult]
) -> Iterator[FigureDifference]:
    steady = all(report.latency is not None for report in reports)
    for name, percent in _QUANTILES:
        found = [getattr(one.latency, name).value if one.latency else None for one in reports]
        difference = _paired(runs, percent) if steady else None
        yield FigureDifference(
            name=name, unit="ms", first=found[0], second=found[1], difference=difference
        )


def _paired(runs: list[RunResult], percent: float) -> Estimate:
    """Return the difference of a quantile with the interval of its paired differences."""
    pairs = [
        _quantile(b, percent) - _quantile(a, percent)
        for a, b in zip(*(run.replications for run in runs), strict=True)
    ]
    mean = float(np.mean(pairs))
    spread = float(np.std(pairs, ddof=1)) / len(pairs) ** 0.5
    half = t95(len(pairs) - 1) * spread
    return Estimate(value=mean, low=mean - half, high=mean + half)


def _quantile(replication: Replication, percent: float) -> float:
    latencies, failed = replication.latencies, replication.failed
    answered = latencies if failed is None else latencies[~failed]
    return 1000 * float(np.percentile(answered, percent))


def _plain_rows(reports: list[LoadTestReport]) -> Iterator[FigureDifference]:
    figures: dict[tuple[str, str], Callable[[LoadTestReport], float]] = {
        ("requests without an answer", "share"): lambda one: one.failed_share.value,
        ("requests with a fallback", "share"): lambda one: one.fallback_requests_share,
        ("cost", "USD a month"): lambda one: one.cost.usd_per_month,
        ("cost", "USD per 1,000 requests"): lambda one: one.cost.usd_per_thousand_requests,
    }
    for (name, unit), figure in figures.items():
        yield FigureDifference(
            name=name,
            unit=unit,
            first=figure(reports[0]),
            second=figure(reports[1]),
            difference=None,
        )


def _text(rows: tuple[FigureDifference, ...]) -> str:
    tail = next(row for row in rows if row.name == "p99")
    if tail.difference is None:
        return "One of the two has no steady state, so their tails cannot be compared."
    low, high = tail.difference.low, tail.difference.high
    if low <= 0 <= high:
        return "On the same requests the p99 of the two cannot be told apart."
    word = "slower" if low > 0 else "faster"
    return (
        f"On the same requests the p99 of the second is {abs(tail.difference.value):,.1f} ms "
        f"{word} ({min(abs(low), abs(high)):,.1f} to {max(abs(low), abs(high)):,.1f} ms)."
    )
