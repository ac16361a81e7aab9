"""Long lists: the first few at once, the rest when asked for."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

T = TypeVar("T")
FIRST = 8
"""Findings that are shown at once; more than these nobody reads in one go."""


def first_few(items: Sequence[T], show: Callable[[T], None], key: str) -> None:
    """Show each item, beyond the first few only after "Show all".

    Args:
        items: The most important first.
        show: Shows one item.
        key: Names the switch; unique on the page.
    """
    place = st.container()  # the switch stands below the list and decides how long it is
    whole = len(items) <= FIRST or st.toggle(f"Show all {len(items)}", key=key)
    with place:
        for item in items if whole else items[:FIRST]:
            show(item)
