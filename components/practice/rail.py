"""The stage rail: where one is, what is written, and what time it took."""

from pathlib import Path

import streamlit as st

from components.practice.clock import minutes_text
from designs.stage import STAGES, StageId, stage_budget_minutes
from workbench.practice import PracticeView

_STYLE = Path(__file__).parent / "rail.css"
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
    st.html(_STYLE)
    with st.container(key="rail", gap="xxsmall"):
        pressed = [stage for stage in STAGES if _stage_entry(view, stage, place)]
        drawing = _entry("Drawing", DRAWING_PLACE, place == DRAWING_PLACE, ":material/schema:")
    if drawing:
        return DRAWING_PLACE
    return pressed[0] if pressed else None


def _stage_entry(view: PracticeView, stage: StageId, place: Place) -> bool:
    return _entry(_stage_label(view, stage), stage.value, stage == place, _stage_icon(view, stage))


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
