"""Where the time goes: the incident, the critical path, and who is busy."""

import streamlit as st

from components.load_test import charts
from components.load_test.drawn import chart, ink
from components.load_test.words import bare_ms, grounds, ms, percent
from components.plain_text import markdown_text
from designs.prompt import Prompt
from labs.load_test.assembling import TARGET_UTILISATION
from labs.load_test.objectives import latency_slo, threshold_ms
from labs.load_test.report import LoadTestReport

_ABOUT = 1.05
"""Up to this factor two times are about the same."""


def where_the_time_goes(report: LoadTestReport, prompt: Prompt) -> None:
    """Show the incident if there is one, the waterfall, and utilisation."""
    if report.by_second:
        _incident(report, prompt)
    _waterfall(report)
    _utilisation(report)


def _incident(report: LoadTestReport, prompt: Prompt) -> None:
    st.header("During the incident", anchor=False)
    slo = latency_slo(prompt)
    limit = threshold_ms(slo) if slo else None
    seconds, width = report.by_second, report.second_width
    late = [one for one in seconds if limit and one.p99_ms and one.p99_ms > limit]
    worst = max(seconds, key=lambda one: one.p99_ms or 0.0)
    said = f"The p99 is highest around second {worst.second}, with {ms(worst.p99_ms)}."
    if limit:
        spent = len(late) * width
        said += f" It is above {ms(limit)} for {spent} of {len(seconds) * width} seconds."
    if late and late[-1] is seconds[-1]:
        said += " It is still above when the run ends."
    st.markdown(f"{markdown_text(report.scenario_text)} {said}")
    rows = [
        {
            "Second": str(one.second),
            "Requests": f"{one.requests:,}",
            "p50": ms(one.p50_ms),
            "p99": ms(one.p99_ms),
            "Late or failed": percent(one.missed_share),
        }
        for one in seconds
    ]
    chart(charts.by_second(seconds, limit, ink()), said, rows, "by-second")


def _waterfall(report: LoadTestReport) -> None:
    st.header("A typical request", anchor=False)
    spans = report.waterfall
    if not spans:
        return
    critical = [one for one in spans if one.critical]
    longest = max(critical or spans, key=lambda one: one.wait_ms + one.service_ms)
    share = longest.wait_ms + longest.service_ms
    said = (
        f"The answer is there after {ms(spans[0].ends_ms)} on average; {ms(share)} of that is "
        f"{longest.title}. Pale calls run beside a longer one, or are rarely made; a thin line is "
        "the wait for calls further down."
    )
    st.markdown(markdown_text(said))
    if report.naive_p99_ms is not None and report.latency is not None:
        st.markdown(_added_up(report.naive_p99_ms, report.latency.p99.value))
    rows = [
        {
            "Part": f"{'· ' * one.depth}{markdown_text(one.title)}",
            "Asked at": ms(one.starts_ms),
            "Waits in the queue": ms(one.wait_ms),
            "Works": ms(one.service_ms),
            "Answers at": ms(one.ends_ms),
            "Made by": percent(one.probability),
            "On the critical path": "yes" if one.critical else "no",
        }
        for one in spans
    ]
    chart(charts.waterfall(spans), said, rows, "waterfall")


def _added_up(naive_ms: float, true_ms: float) -> str:
    """Set the sum of all p99 beside that of the whole."""
    if naive_ms > _ABOUT * true_ms:
        return (
            f"Adding up the p99 of every part would claim **{ms(naive_ms)}**; the p99 of the whole "
            f"is **{ms(true_ms)}**, because one request is rarely unlucky everywhere."
        )
    return (
        f"Adding up the p99 of every part gives **{ms(naive_ms)}**, and the p99 of the whole is "
        f"**{ms(true_ms)}**: here one part decides the tail."
    )


def _utilisation(report: LoadTestReport) -> None:
    st.header("Who is busy", anchor=False)
    nodes = [
        one
        for one in report.nodes
        if one.p50_service_ms is not None and (one.on_path or one.utilisation >= 1)
    ]
    if not nodes:
        return
    busiest = next((one for one in nodes if one.node_id == report.bottleneck), None)
    said = f"Above {percent(TARGET_UTILISATION)} waiting grows steeply (assumption)."
    if busiest is not None:
        said = (
            f"The bottleneck is {busiest.title}: it works {percent(busiest.utilisation)} of its "
            f"time. {said}"
        )
    st.markdown(markdown_text(said))
    rows = [
        {
            "Part": markdown_text(one.title),
            "Works": percent(one.utilisation),
            "Calls a second": f"{one.offered_rps:,.0f}",
            "Servers": f"{one.replicas:,} x {one.concurrency:,}",
            "p99 of the wait": ms(one.p99_wait_ms),
            "Late": percent(one.late_share),
            "Refused": percent(one.shed_share),
            "Times, ms": f"{bare_ms(one.p50_service_ms)} / {bare_ms(one.p99_service_ms)}",
            "From": grounds(one),
        }
        for one in nodes
    ]
    figure = charts.utilisation(nodes, report.bottleneck, TARGET_UTILISATION, ink())
    chart(figure, said, rows, "utilisation")
