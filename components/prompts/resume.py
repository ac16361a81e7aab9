"""Going on with a session that was left."""

import streamlit as st

from components import links
from components.state import the_workbench
from workbench.history import history

_SHOWN = 3


def resume() -> None:
    """Offer the sessions that are not submitted yet, the newest first."""
    open_lines = [line for line in history(the_workbench().desk) if not line.submitted][:_SHOWN]
    if not open_lines:
        return
    with st.container(border=True):
        st.markdown("**Go on where you left**")
        for line in open_lines:
            label = f"{line.prompt_title} · last worked on {line.changed_at:%d %b %Y, %H:%M} UTC"
            if st.button(
                label,
                key=f"resume-{line.attempt_id}",
                icon=":material/play_arrow:",
                type="tertiary",
            ):
                links.go_to_practice(line.attempt_id)
