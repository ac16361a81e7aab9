"""The stage rail: where one is, what is written, and what time it took."""

import streamlit as st

from components.practice.clock import minutes_text
from designs.stage import STAGES, StageId, stage_budget_minutes
from workbench.practice import PracticeView

DRAWING_PLACE = "drawing"
Place = StageId | str


def read_place(address: str | None, view: PracticeView) -> Place:
    """Return the place that the address names, or where the session was left."""
    if address == DRAWING_PLACE:
        return DRAWING_PLACE
    if address in set(STAGES):
        return StageId(str(address))
    return view.last_stage


def rail(view: PracticeView, place: Place) -> Place | None:
    """Show the rail and return the place that was chosen, if any."""
    chosen: Place | None = None
    for stage in STAGES:
        if _entry(_stage_label(view, stage), stage.value, stage == place, _stage_icon(view, stage)):
            chosen = stage
    count = len(view.drawing.nodes)
    label = f"Drawing · {count} {'node' if count == 1 else 'nodes'}"
    icon = ":material/schema:" if count else ":material/radio_button_unchecked:"
    if _entry(label, DRAWING_PLACE, place == DRAWING_PLACE, icon):
        chosen = DRAWING_PLACE
    return chosen


def _entry(label: str, key: str, active: bool, icon: str) -> bool:
    return st.button(
        label,
        key=f"rail-{key}",
        icon=icon,
        type="primary" if active else "tertiary",
        width="stretch",
    )


def _stage_label(view: PracticeView, stage: StageId) -> str:
    spent = view.clock.seconds[stage]
    budget = stage_budget_minutes(view.budget_minutes, stage)
    return f"{stage.title} · {minutes_text(spent)} / {budget} min"


def _stage_icon(view: PracticeView, stage: StageId) -> str:
    if view.answers[stage].other is not None:
        return ":material/warning:"
    if view.answers[stage].text.strip():
        return ":material/edit_note:"
    return ":material/radio_button_unchecked:"
