"""Where the page is scrolled to: its top when a new place is shown, with the answer kept in sight.

Streamlit keeps the scroll position when the content changes, so that going on to the next stage
would show its end first.
"""

from pathlib import Path

import streamlit as st

_HERE = Path(__file__).parent
_SCROLL = st.components.v2.component(
    "dryrun_scroll_to_top",
    html="<span></span>",
    js=(_HERE / "scroll_to_top.js").read_text(encoding="utf-8"),
)
_STYLE = _HERE / "in_sight.css"
IN_SIGHT = "in-sight"
"""Prefix of the keys of containers that stay in sight while the column beside them scrolls."""


def scroll_to_top_of(place: str) -> None:
    """Scroll to the top of the page if another place was shown before.

    Args:
        place: What the page shows now, for instance an attempt and its stage.
    """
    _SCROLL(key="scroll-to-top", data={"place": place})


def in_sight(key: str) -> st.delta_generator.DeltaGenerator:
    """Return a container that stays in sight while the column beside it scrolls.

    Args:
        key: Distinct on the page.
    """
    st.html(_STYLE)
    return st.container(key=f"{IN_SIGHT}-{key}")
