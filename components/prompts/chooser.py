"""The prompts on offer."""

import streamlit as st

from components import links
from components.state import the_workbench
from designs.prompt import Measure, Prompt
from designs.stage import BUDGET_CHOICES, STAGES, stage_budget_minutes

_DIFFICULTY = {"mid": "mid level", "senior": "senior level", "staff": "staff level"}


def chooser() -> None:
    """Show every prompt with what it asks and a way to start."""
    st.title("Practise ML system design", anchor=False)
    st.markdown(
        "Pick a prompt, work through seven stages against the clock, draw the system, and submit. "
        "Then judge yourself and compare with a score that cites the sentence behind every point. "
        "Everything stays on this computer."
    )
    prompts = the_workbench().content.prompts
    for prompt, column in zip(prompts, _columns(len(prompts)), strict=True):
        with column, st.container(border=True, height="stretch"):
            _card(prompt)
    st.caption(
        "A practice score, not a verdict: it is made by rules on this computer and its agreement "
        "with human judges has not been measured yet."
    )


def _columns(count: int) -> list[st.delta_generator.DeltaGenerator]:
    found: list[st.delta_generator.DeltaGenerator] = []
    for _ in range(0, count, 2):
        found += st.columns(2, gap="medium")
    return found[:count]


def _card(prompt: Prompt) -> None:
    st.header(prompt.title, anchor=False)
    st.markdown(prompt.summary)
    with st.container(horizontal=True):
        st.badge(_DIFFICULTY[prompt.difficulty], color="blue")
        for slo in prompt.slos:
            if slo.measure == Measure.LATENCY:
                st.badge(f"{slo.threshold:g} {slo.unit}", color="gray", icon=":material/timer:")
        st.badge(f"{prompt.workload.peak_rps:,.0f} requests/s at peak", color="gray")
    minutes = st.segmented_control(
        "Session length",
        BUDGET_CHOICES,
        default=BUDGET_CHOICES[0],
        format_func=lambda value: f"{value} minutes",
        key=f"length-{prompt.id}",
        help=" · ".join(
            f"{stage.title} {stage_budget_minutes(45, stage)}/{stage_budget_minutes(60, stage)}"
            for stage in STAGES
        ),
        required=True,
    )
    if st.button("Start practising", key=f"start-{prompt.id}", type="primary"):
        attempt_id = the_workbench().practice.start(prompt.id, int(minutes or BUDGET_CHOICES[0]))
        links.go_to_practice(attempt_id)
