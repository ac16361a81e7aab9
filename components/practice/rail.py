"""The stage rail: where one is, what is written, and what time it took."""

from pathlib import Path

import streamlit as st

from components import links
from components.practice.clock import minutes_text
from designs.stage import STAGES, StageId, stage_budget_minutes
from workbench.practice import PracticeView

_STYLE = Path(__file__).parent / "rail.css"
DRAWING_PLACE = links.DRAWING
Place = StageId | str


def read_place(address: str | None, view: PracticeView) -> Place:
    """Return the place that the address names, or where the session was left."""
    if address == DRAWING_PLACE:
        return DRAWING_PLACE
    if address in set(STAGES):
        return StageId(str(address))
    return view.last_stage


def go_to(place: Place) -> None:
    """Put another place into the address; to be called by a button before the page runs.

    Leaving an answer sends what is unsaved, and that run brings along the address from before. A
    place chosen in the middle of a run would be overwritten by it.
    """
    st.query_params[links.PLACE] = str(place)


def rail(view: PracticeView, place: Place) -> None:
    """Show the rail."""
    st.html(_STYLE)
    with st.container(key="rail", gap="xxsmall"):
        for stage in STAGES:
            _entry(_stage_label(view, stage), stage, stage == place, _stage_icon(view, stage))
        _entry("Drawing", DRAWING_PLACE, place == DRAWING_PLACE, ":material/schema:")


def _entry(label: str, place: Place, active: bool, icon: str) -> None:
    st.button(
        label,
        key=f"rail-{place}",
        icon=icon,
        on_click=go_to,
        args=(place,),
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
