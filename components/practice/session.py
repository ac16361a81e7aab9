"""A practice session: the pieces of the page around the place one is at."""

import streamlit as st

from components import links
from components.boundary import guarded
from components.partial_rerun import CLOCK
from components.practice.answer import answer_area
from components.practice.clock import session_clock_view
from components.practice.drawing import drawing_area
from components.practice.follow_ups import changed_requirement, follow_up_area, leave_stage
from components.practice.interviewer import hints_panel, interviewer_panel
from components.practice.rail import DRAWING_PLACE, Place, go_to, rail, read_place
from components.practice.submit import submit_button
from components.scrolling import scroll_to_top_of
from components.state import first_time_open, the_workbench
from designs.prompt import Prompt
from designs.stage import STAGES, StageId, stage_budget_minutes
from workbench.history import history
from workbench.practice import PracticeView


def practice_session() -> None:
    """Show the attempt that the address names."""
    attempt_id = links.attempt_in_address()
    if attempt_id is None:
        _nothing_open()
        return
    practice = the_workbench().practice
    view = practice.open(attempt_id)
    if first_time_open(attempt_id):
        practice.resume(attempt_id)
    place = read_place(st.query_params.get(links.PLACE), view)
    if isinstance(place, StageId):
        practice.enter(attempt_id, place)
        view = practice.open(attempt_id)
    scroll_to_top_of(f"{attempt_id}:{place}")
    with st.sidebar:
        _sidebar(view, place)
    _the_prompt(view.prompt, unfolded=place == STAGES[0])
    if isinstance(place, StageId):
        _stage(view, place)
    else:
        drawing_area(view)
    _onward(view, place)


def _nothing_open() -> None:
    st.title("Practice", anchor=False)
    st.markdown("No session is open. Choose a prompt to start one.")
    st.page_link(links.PROMPTS, label="Choose a prompt", icon=":material/list_alt:")
    for line in history(the_workbench().desk)[:5]:
        if not line.submitted and st.button(
            f"Go on with {line.prompt_title}", key=f"open-{line.attempt_id}"
        ):
            links.go_to_practice(line.attempt_id)


def _sidebar(view: PracticeView, place: Place) -> None:
    st.markdown(f"**{view.prompt.title}**")
    if isinstance(place, StageId):
        session_clock_view(view.clock, place, view.budget_minutes)
    else:
        _clock_of_drawing(view.attempt_id)
    rail(view, place)
    st.divider()
    submit_button(view, "rail", "stretch")
    st.caption("The address of this page leads back here, also after a restart.")


@st.fragment(key=CLOCK)
@guarded("show the clock")
def _clock_of_drawing(attempt_id: str) -> None:
    """Show the clock where an edit runs parts of the page only, of which it is one."""
    view = the_workbench().practice.open(attempt_id)
    session_clock_view(view.clock, view.last_stage, view.budget_minutes)


def _the_prompt(prompt: Prompt, *, unfolded: bool) -> None:
    st.title(prompt.title, anchor=False)
    with st.expander("What you were told", expanded=unfolded, icon=":material/forum:"):
        st.markdown(prompt.context)
        for given in prompt.givens:
            st.markdown(f"- {given.text}")


def _stage(view: PracticeView, stage: StageId) -> None:
    question, beside = st.columns([7, 4], gap="large")
    with question:
        budget = stage_budget_minutes(view.budget_minutes, stage)
        st.header(stage.title, anchor=False)
        st.caption(f"{STAGES.index(stage) + 1} of {len(STAGES)} · about {budget} minutes")
        st.markdown(view.prompt.stage(stage).question)
        changed_requirement(view, stage)
        answer_area(view, stage)
        follow_up_area(view, stage)
    with beside:
        interviewer_panel(view)
        hints_panel(view, stage)


def _onward(view: PracticeView, place: Place) -> None:
    places: list[Place] = [*STAGES, DRAWING_PLACE]
    at = places.index(place)
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        if at > 0:
            before = places[at - 1]
            st.button(
                f"Back to {_name(before)}",
                icon=":material/arrow_back:",
                on_click=go_to,
                args=(before,),
            )
        if at + 1 < len(places):
            after = places[at + 1]
            st.button(
                f"On to {_name(after)}",
                icon=":material/arrow_forward:",
                type="primary",
                on_click=leave_stage if isinstance(place, StageId) else go_to,
                args=(view.attempt_id, place, after) if isinstance(place, StageId) else (after,),
            )
        if at + 1 == len(places):
            submit_button(view, "end", "content")


def _name(place: Place) -> str:
    return place.title if isinstance(place, StageId) else "the drawing"
