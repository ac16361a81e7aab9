"""A load test in the words and fields that the command line gives out."""

from collections.abc import Iterator
from typing import Any

from labs.load_test.report import CostRow, LoadTestReport, SloVerdict, Verdict


def as_contract(report: LoadTestReport) -> dict[str, Any]:
    """Return the JSON object that ``load-test --format json`` promises.

    The first five entries are for other programs; under ``report`` is everything.
    """
    latency = report.latency
    return {
        "latency_ms": {
            name: getattr(latency, name).value if latency else None for name in _QUANTILES
        },
        "throughput_rps": report.throughput_rps,
        "utilisation": {
            node.node_id: min(1.0, node.utilisation) for node in report.nodes if node.on_path
        },
        "bottleneck": report.bottleneck,
        "verdicts": {one.slo_id: one.verdict.value for one in report.verdicts},
        "report": report.model_dump(mode="json"),
    }


_QUANTILES = ("p50", "p95", "p99")
_MARKS = {
    Verdict.MET: "MET",
    Verdict.MISSED: "MISSED",
    Verdict.TOO_CLOSE: "TOO CLOSE",
    Verdict.NOT_TESTED: "not tested",
}


def load_test_text(report: LoadTestReport) -> str:
    """Return a report as lines for a terminal."""
    return "\n".join(_on_one_line(line) for line in _lines(report))


def _lines(report: LoadTestReport) -> Iterator[str]:
    yield f"{report.scenario}: {report.scenario_text}"
    yield (
        f"  {report.requests:,} requests in {report.replications} replications at "
        f"{report.offered_rps:,.0f} a second, {report.arrival}; seed {report.seed}, engine "
        f"{report.engine_version}"
    )
    yield from map(_verdict, report.verdicts)
    if report.latency:
        for name in _QUANTILES:
            one = getattr(report.latency, name)
            yield f"  {name} {one.value:.1f} ms ({one.low:.1f} to {one.high:.1f})"
    for overload in report.overloads:
        yield f"  overloaded: {overload.text}"
    yield "  node                      used  calls/s    wait p99  service p50/p99 ms"
    for node in report.nodes:
        mark = "*" if node.node_id == report.bottleneck else " "
        beside = "" if node.on_path else "  beside the path"
        wait = f"{node.p99_wait_ms:9.1f}" if node.p99_wait_ms is not None else "        -"
        times = "-"
        if node.p50_service_ms is not None:
            times = f"{node.p50_service_ms:g}/{node.p99_service_ms:g} {node.grade}"
        yield (
            f"  {mark}{node.node_id[:24]:<24} {100 * node.utilisation:4.0f}% "
            f"{node.offered_rps:8,.0f}  {wait}  {times}{beside}"
        )
    for fallback in report.fallbacks:
        if fallback.share > 0:
            loss = f" ({fallback.quality_loss})" if fallback.quality_loss else ""
            yield (
                f"  fallback: {100 * fallback.share:.2f} % of requests went on without "
                f"{fallback.target}: {fallback.fallback}{loss}"
            )
    cost = report.cost
    yield (
        f"  cost: {cost.usd_per_month:,.0f} dollars a month, "
        f"{cost.usd_per_thousand_requests:.4f} per 1,000 requests"
    )
    yield from map(_price, cost.rows)
    for step in report.inferred:
        order = ", then ".join(" and ".join(one) for one in step.steps)
        yield f"  inferred: {step.caller} calls {order}. {step.reason}"
    yield from (f"  note: {one}" for one in report.remarks)
    yield from (f"  warning: {one}" for one in report.warnings)


def _verdict(one: SloVerdict) -> str:
    return f"  {_MARKS[one.verdict]}: {one.text} {one.reason}"


def _price(row: CostRow) -> str:
    source = f", {row.source_url}" if row.source_url else ""
    return (
        f"  price: {row.node_id}, {row.replicas:,} x {row.usd_per_replica_hour:g} dollars an hour, "
        f"{row.usd_per_month:,.0f} a month. {row.basis}{source}"
    )


def _on_one_line(text: str) -> str:
    """A label may hold characters that steer a terminal; they become blanks."""
    return "".join(one if one.isprintable() else " " for one in text)
