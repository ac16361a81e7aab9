"""Where pages are and how one leads to another.

An address holds plain identifiers only: the attempt's id and a place in it.
"""

from typing import NoReturn

import streamlit as st

PROMPTS = "components/pages/prompts.py"
PRACTICE = "components/pages/practice.py"
LOAD_TEST = "components/pages/load_test.py"
REVIEW = "components/pages/review.py"
HISTORY = "components/pages/history.py"
ABOUT = "components/pages/about.py"

ATTEMPT = "attempt"
PLACE = "stage"
DRAWING = "drawing"
"""The place in a session where the system is drawn."""


def go_to_practice(attempt_id: str, place: str | None = None) -> NoReturn:
    """Open the practice page of an attempt."""
    params = {ATTEMPT: attempt_id} | ({PLACE: place} if place else {})
    st.switch_page(PRACTICE, query_params=params)


def go_to_review(attempt_id: str) -> NoReturn:
    """Open the review page of an attempt."""
    st.switch_page(REVIEW, query_params={ATTEMPT: attempt_id})


def go_to_load_test(attempt_id: str) -> NoReturn:
    """Open the load test of an attempt's drawing."""
    st.switch_page(LOAD_TEST, query_params={ATTEMPT: attempt_id})


def link_to_load_test(attempt_id: str, label: str) -> None:
    """Show a link to the load test of an attempt's drawing."""
    st.page_link(
        LOAD_TEST, label=label, icon=":material/speed:", query_params={ATTEMPT: attempt_id}
    )


def link_to_drawing(attempt_id: str, label: str) -> None:
    """Show a link to the drawing of an attempt."""
    st.page_link(
        PRACTICE,
        label=label,
        icon=":material/schema:",
        query_params={ATTEMPT: attempt_id, PLACE: DRAWING},
    )


def attempt_in_address() -> str | None:
    """Return the attempt that the address names, if any."""
    return st.query_params.get(ATTEMPT) or None
