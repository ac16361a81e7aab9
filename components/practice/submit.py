"""Submitting: the answers no longer change and the references unlock."""

from typing import Literal

import streamlit as st

from components import links
from components.partial_rerun import rerun_page
from components.state import the_workbench
from designs.stage import STAGES
from workbench.practice import PracticeView


def submit_button(view: PracticeView, where: str, width: Literal["stretch", "content"]) -> None:
    """Show the way to submission, or to the review of what was submitted.

    Args:
        view: The session.
        where: Tells the buttons of one page apart.
        width: Of the button.
    """
    if view.submitted:
        if st.button("Open the review", type="primary", width=width, key=f"to-review-{where}"):
            links.go_to_review(view.attempt_id)
        return
    if st.button(
        "Submit …",
        width=width,
        icon=":material/send:",
        key=f"submit-{where}",
        on_click=rerun_page,
    ):
        _confirm(view.attempt_id)


@st.dialog("Submit this session?")
def _confirm(attempt_id: str) -> None:
    view = the_workbench().practice.open(attempt_id)
    empty = [stage.title for stage in STAGES if not view.answers[stage].text.strip()]
    if empty:
        st.warning(f"Still empty: {', '.join(empty)}. An empty stage scores 0.")
    if not view.drawing_reading.design.nodes:
        st.warning("Nothing is drawn yet.")
    unfinished = view.drawing_reading.unfinished
    rows = len(unfinished.nodes) + len(unfinished.edges)
    if rows:
        st.warning(f"{rows} rows of the drawing are unfinished and will not be part of it.")
    if view.interview.waiting is not None:
        st.warning(f"A question in {view.interview.waiting.stage.title} has no reply yet.")
    st.markdown(
        "After submission answers and drawing no longer change, and the exemplar and the score "
        "unlock."
    )
    if st.button("Submit", type="primary"):
        the_workbench().practice.submit(attempt_id)
        links.go_to_review(attempt_id)
