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

_TILE = 165
"""Pixels; two fit beside each other on a telephone."""
_FALLBACKS = 6


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
    if latency is not None:
        with st.container(horizontal=True):
            for name, one in (("p50", latency.p50), ("p95", latency.p95), ("p99", latency.p99)):
                st.metric(
                    name,
                    ms(one.value),
                    delta=interval(one),
                    delta_arrow="off",
                    delta_color="off",
                    border=True,
                    width=_TILE,
                )
    with st.container(horizontal=True):
        st.metric("Answered a second", f"{report.throughput_rps:,.0f}", border=True, width=_TILE)
        st.metric("Answered", percent(1 - report.failed_share.value), border=True, width=_TILE)
        fallbacks = percent(report.fallback_requests_share)
        st.metric("With a fallback", fallbacks, border=True, width=_TILE)
        st.metric("A month", dollars(cost.usd_per_month), border=True, width=_TILE)
    said = "Below each time is its 95 % interval, in milliseconds."
    if latency is None:
        said = "There is no steady state, and so no percentile of the latency."
    st.caption(
        f"{said} {report.requests:,} requests in {report.replications} runs at "
        f"{report.offered_rps:,.0f} a second, {markdown_text(report.arrival)}. "
        f"Service times of the request path: {rests_on(report)}."
    )


def _fallbacks(report: LoadTestReport) -> None:
    taken = [one for one in report.fallbacks if one.share > 0]
    for one in taken[:_FALLBACKS]:
        node = report.node(one.target)
        loss = markdown_text(one.quality_loss) or "what that loses was not said"
        st.markdown(
            f"{percent(one.share)} of requests went on without "
            f"**{markdown_text(node.title if node else one.target)}**: "
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
