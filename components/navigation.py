"""The pages and the way between them."""

from pathlib import Path

import streamlit as st

from components import links, state
from components.boundary import show_failures

_ICON = Path(__file__).parent / "favicon.png"
_STYLE = Path(__file__).parent / "contrast.css"


def navigate() -> None:
    """Show the navigation and run the page that the address names."""
    # A file of ours: Streamlit fetches the named icons of a tab from a server of theirs, also
    # while a page is shown that gets another one at its end.
    st.set_page_config(page_title="Dryrun", page_icon=str(_ICON), layout="wide")
    page = st.navigation(
        [
            st.Page(links.PROMPTS, title="Prompts", icon=":material/list_alt:", default=True),
            st.Page(links.PRACTICE, title="Practice", icon=":material/edit_note:"),
            st.Page(links.LOAD_TEST, title="Load test", icon=":material/speed:"),
            st.Page(links.REVIEW, title="Review", icon=":material/fact_check:"),
            st.Page(links.HISTORY, title="History", icon=":material/history:"),
            st.Page(links.ABOUT, title="About", icon=":material/info:"),
        ],
        position="top",
    )
    st.html(_STYLE)
    notice = state.take_notice()
    if notice:
        st.toast(notice, icon=":material/info:")
    show_failures()
    page.run()
