"""Running parts of a page after a callback, in the order in which they matter.

A part is a fragment with a key. Whoever asks for parts by name must not itself be in a fragment:
Streamlit's page sends what changed in one tick as one message, and a message from within a
fragment would run that fragment and nothing of what a tap in the same tick asked for. From outside
it holds that one callback which asks for nothing runs the whole page, parts included.
"""

from typing import Final

import streamlit as st
from streamlit.errors import StreamlitAPIException

CLOCK: Final = "session-clock"
CANVAS: Final = "drawing-canvas"
FOLLOWING: Final = "drawing-following"
"""What follows from the drawing: inspection, picture, exports, import."""


def rerun_only(*parts: str) -> None:
    """End a callback so that only these parts of the page run, one after the other.

    If one of them is not on the page, which may still be under way, the whole page runs as usual.
    """
    try:
        st.rerun(list(parts))
    except StreamlitAPIException:
        return


def rerun_page() -> None:
    """Be the callback of a widget whose change is read by the page itself.

    Without one its change would be overlooked if it came together with a request for parts.
    """
