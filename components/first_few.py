"""Long lists: the first few at once, the rest when asked for."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

T = TypeVar("T")
FIRST = 8
"""Findings that are shown at once; more than these nobody reads in one go."""


def first_few(items: Sequence[T], show: Callable[[Sequence[T]], None], key: str) -> None:
    """Show a list, and what is beyond its first few only after "Show all".

    Args:
        items: The most important first.
        show: Shows the items that it is given.
        key: Names the switch; unique on the page.
    """
    place = st.container()  # the switch stands below the list and decides how long it is
    whole = len(items) <= FIRST or st.toggle(f"Show all {len(items)}", key=key)
    with place:
        show(items if whole else items[:FIRST])
