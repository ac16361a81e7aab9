"""Showing a drawn design; it is drawn on the server, once per design and theme."""

import streamlit as st

from designs.drawing import Design
from designs.exporters import RenderError, ThemeName, render_svg
from designs.library import shipped_palette


def show_diagram(design: Design, alt: str) -> None:
    """Show a design in the colours of the current theme, or say why it cannot be drawn."""
    dark = st.context.theme.type == "dark"
    try:
        svg = _svg(design.model_dump_json(), dark)
    except RenderError as error:
        st.warning(f"{error} The design itself is kept.", icon=":material/warning:")
        return
    st.image(svg, width="content", alt=alt)
    st.caption("Solid: the caller waits (sync). Dashed: it does not (async). Dotted: batch.")


@st.cache_data(max_entries=200, show_spinner=False)
def _svg(design_json: str, dark: bool) -> str:
    design = Design.model_validate_json(design_json)
    theme: ThemeName = "dark" if dark else "light"
    return render_svg(design, shipped_palette(), theme=theme)
