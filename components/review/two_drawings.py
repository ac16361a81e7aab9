"""The candidate's drawing beside the exemplar's."""

import streamlit as st

from components import links
from components.diagram import show_diagram
from components.review.drawings_compared import drawings_compared
from workbench.review import ReviewView


def two_drawings(view: ReviewView) -> None:
    """Show both drawings, and what sets them apart."""
    st.subheader("Your drawing", anchor=False)
    show_diagram(view.submission.design, f"Your drawing for {view.prompt.title}")
    st.subheader("The exemplar's drawing", anchor=False)
    st.caption("One design that meets the objectives, not the only one.")
    show_diagram(view.exemplar.design, f"The exemplar's drawing for {view.prompt.title}")
    if view.exemplar.notes:
        st.markdown(view.exemplar.notes)
    links.link_to_load_test(view.attempt_id, "Run both under load")
    drawings_compared(view)
