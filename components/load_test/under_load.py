"""Latency against load, the headroom, and the replicas that would meet the objective."""

from typing import cast

import streamlit as st

from components import state
from components.load_test import charts
from components.load_test.drawn import chart, ink, table
from components.load_test.tested import Tested
from components.load_test.waiting import in_background
from components.load_test.words import badge, dollars, ms, percent, sentence
from components.plain_text import markdown_text
from labs.load_test.report import LoadCurve, Sizing
from workbench.background_jobs import Progress


def under_load(tested: Tested) -> None:
    """Show the knee and the sizing hints of a design at the prompt's peak."""
    _knee(tested)
    _sizing(tested)


def _knee(tested: Tested) -> None:
    st.header("Latency against load", anchor=False)
    testing = state.the_workbench().load_test_session
    key = tested.key("curve")
    curve = cast(LoadCurve | None, testing.result(key))
    if curve is None:

        def compute(progress: Progress) -> object:
            return testing.testing.curve(tested.design, tested.prompt.id, progress=progress)

        in_background(tested.place("curve"), key, "Looking for the knee", compute)
        return
    peak = tested.prompt.workload.peak_rps
    said = f"The first part is fully used at {curve.capacity_rps:,.0f} requests a second"
    if curve.headroom_rps is not None:
        said += f"; the latency objective holds up to {curve.headroom_rps:,.0f}"
        said += f", {curve.headroom_rps / peak:.1f} times the peak of {peak:,.0f}."
    elif curve.threshold_ms is not None:
        said += "; the latency objective holds at no load."
    else:
        said += "."
    st.markdown(said)
    rows = [
        {
            "Requests a second": f"{one.rps:,.0f}",
            "p50": ms(one.p50_ms),
            "p99": ms(one.p99_ms),
            "Failed": percent(one.failed_share),
            "With a fallback": percent(one.fallback_share),
        }
        for one in curve.points
    ]
    chart(charts.load_curve(curve, peak, ink()), said, rows, "knee")


def _sizing(tested: Tested) -> None:
    st.header("What would meet the objective", anchor=False)
    testing = state.the_workbench().load_test_session
    key = tested.key("sizing")
    sizing = cast(Sizing | None, testing.result(key))
    if sizing is None:

        def compute(progress: Progress) -> object:
            return testing.testing.sizing(tested.design, tested.prompt.id, progress=progress)

        in_background(tested.place("sizing"), key, "Sizing the parts", compute)
        return
    verdict = f"{badge(sizing.verdict_after)} " if sizing.verdict_after else ""
    st.markdown(f"{verdict}{sentence(sizing.text)}")
    if sizing.hints:
        table(
            [
                {
                    "Part": markdown_text(one.title),
                    "Replicas now": f"{one.replicas_now:,}",
                    "Replicas needed": f"{one.replicas_needed:,}",
                    "More a month": dollars(one.usd_per_month),
                }
                for one in sizing.hints
            ],
            "sizing",
        )
