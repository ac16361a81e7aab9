"""What the load test of a drawing shows of a criterion, and what it holds against it."""

from collections.abc import Iterator
from dataclasses import dataclass

from designs.content_hash import record_hash
from designs.drawing import Design, EdgeMode
from designs.prompt import Measure
from labs.load_test.report import InputGrade, LoadTestReport, SloVerdict, Verdict
from rubrics.assessment import LoadTestEvidence
from rubrics.criterion import Criterion, LoadTestIndicator

LEANS_ON_FALLBACKS = 0.01
"""From this share of requests on, an objective is met by what answers instead."""
_SPLIT = 2
"""Nodes with times of their own from which on the time limit is split."""


@dataclass(frozen=True)
class MetObjective:
    """A load-test indicator that was found."""

    indicator_id: str
    row: LoadTestEvidence


def met_by(
    criterion: Criterion, design: Design, report: LoadTestReport | None
) -> tuple[MetObjective, ...]:
    """Return the met objectives that show something of a criterion.

    Args:
        criterion: Its load-test indicators are looked for.
        design: The submitted drawing.
        report: Its load test; one of another drawing shows nothing.
    """
    if report is None or report.overloads:
        return ()
    if report.fallback_requests_share >= LEANS_ON_FALLBACKS:
        return ()
    return tuple(
        MetObjective(indicator.id, LoadTestEvidence.of(report, found.slo_id))
        for indicator, found in _verdicts(criterion, design, report)
        if found.verdict is Verdict.MET
        and found.figure is not None
        and _is_decided(indicator, design, report)
    )


def missed_by(
    criterion: Criterion, design: Design, report: LoadTestReport | None
) -> tuple[LoadTestEvidence, ...]:
    """Return the missed objectives that speak against a criterion, each once."""
    if report is None:
        return ()
    missed = [
        found.slo_id
        for _, found in _verdicts(criterion, design, report)
        if found.verdict is Verdict.MISSED
    ]
    return tuple(LoadTestEvidence.of(report, slo_id) for slo_id in dict.fromkeys(missed))


def _verdicts(
    criterion: Criterion, design: Design, report: LoadTestReport
) -> Iterator[tuple[LoadTestIndicator, SloVerdict]]:
    wanted = [one for one in criterion.indicators if isinstance(one, LoadTestIndicator)]
    if not wanted or report.design_hash != record_hash(design):
        return
    for indicator in wanted:
        for found in report.verdicts:
            same = found.measure is indicator.measure
            if same and indicator.quantile in (None, found.quantile):
                yield indicator, found


def _is_decided(indicator: LoadTestIndicator, design: Design, report: LoadTestReport) -> bool:
    """Return whether the drawing gives what the objective rests on."""
    if indicator.measure is Measure.LATENCY:
        return _splits_the_time(design, report)
    return _needs_its_replicas(report)


def _splits_the_time(design: Design, report: LoadTestReport) -> bool:
    """Return whether hops of the request path have times or timeouts that somebody chose.

    How long the client waits for the whole is no split.
    """
    calls = [edge for edge in design.edges if edge.mode is EdgeMode.SYNC]
    called = {edge.target for edge in calls}
    timed = {one.target for one in calls if one.timeout_ms is not None and one.source in called}
    chosen = [
        node
        for node in report.nodes
        if node.on_path and (node.grade is InputGrade.OWN or node.node_id in timed)
    ]
    return len(chosen) >= _SPLIT


def _needs_its_replicas(report: LoadTestReport) -> bool:
    """Return whether a single replica of some node would fall behind."""
    return any(
        node.on_path and node.replicas > 1 and node.utilisation * node.replicas >= 1
        for node in report.nodes
    )
