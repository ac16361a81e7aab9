"""The head of a load test: verdict, figures with intervals, and what weakens them."""

import streamlit as st

from components.load_test.words import (
    badge,
    dollars,
    interval,
    ms,
    percent,
    rests_on,
    sentence,
)
from components.plain_text import markdown_text
from labs.load_test.report import LoadTestReport


def summary(report: LoadTestReport) -> None:
    """Show what came out."""
    for one in report.verdicts:
        st.markdown(f"{badge(one.verdict)} **{markdown_text(one.text)}** {sentence(one.reason)}")
    for overload in report.overloads:
        st.markdown(f":material/trending_up: {sentence(overload.text)}")
    _figures(report)
    _fallbacks(report)
    _doubts(report)


def _figures(report: LoadTestReport) -> None:
    latency, cost = report.latency, report.cost
    with st.container(horizontal=True):
        if latency is not None:
            for name, one in (("p50", latency.p50), ("p95", latency.p95), ("p99", latency.p99)):
                st.metric(name, ms(one.value), border=True, width=150)
        st.metric("Answered a second", f"{report.throughput_rps:,.0f}", border=True, width=150)
        st.metric("Answered", percent(1 - report.failed_share.value), border=True, width=150)
        st.metric("A month", dollars(cost.usd_per_month), border=True, width=150)
    if latency is None:
        said = "There is no steady state, and so no percentile of the latency."
    else:
        said = "95 % intervals: " + ", ".join(
            f"{name} {interval(one)}"
            for name, one in (("p50", latency.p50), ("p95", latency.p95), ("p99", latency.p99))
        )
        said += "."
    st.caption(
        f"{said} {report.requests:,} requests in {report.replications} runs at "
        f"{report.offered_rps:,.0f} a second, {markdown_text(report.arrival)}. "
        f"Service times of the request path: {rests_on(report)}."
    )


def _fallbacks(report: LoadTestReport) -> None:
    taken = [one for one in report.fallbacks if one.share > 0]
    for one in taken[:6]:
        loss = markdown_text(one.quality_loss) or "what that loses was not said"
        st.markdown(
            f"{percent(one.share)} of requests went on without **{markdown_text(one.target)}**: "
            f"{markdown_text(one.fallback)} ({loss})."
        )


def _doubts(report: LoadTestReport) -> None:
    count = len(report.warnings)
    if not count:
        return
    label = "1 thing weakens this result" if count == 1 else f"{count} things weaken this result"
    with st.expander(label, icon=":material/warning:"):
        st.markdown("\n".join(f"- {sentence(one)}" for one in report.warnings))
        st.caption("The inputs with their sources are under Inputs.")
