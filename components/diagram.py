"""Showing a drawn design; it is drawn on the server, once per design, theme and choice."""

import string
from urllib.parse import quote

import streamlit as st

from components.plain_text import markdown_text
from designs.drawing import Design
from designs.exporters import PictureOptions, RenderError, ThemeName, render_svg
from designs.library import shipped_palette
from workbench.pictures import path_caption, picture_options

_SAFE = "".join(sorted(set(string.punctuation + " ") - set("%#\\")))


def show_diagram(design: Design, alt: str, options: PictureOptions | None = None) -> None:
    """Show a design in the colours of the current theme, or say why it cannot be drawn.

    Args:
        design: What is drawn.
        alt: What the picture is, for those who do not see it.
        options: What of it the picture shows; None is everything, with critical path and legend.
    """
    if options is None:
        options = picture_options(design, shipped_palette())
    dark = st.context.theme.type == "dark"
    try:
        svg = _svg(design.model_dump_json(), options.model_dump_json(), dark)
    except RenderError as error:
        st.warning(f"{error} The design itself is kept.", icon=":material/warning:")
        return
    st.image(_address(svg), width="content", alt=alt)
    caption = path_caption(design, shipped_palette(), options)
    if caption:
        st.caption(markdown_text(caption))


def _address(svg: str) -> str:
    """Return a picture as an address, three quarters as long as in the base64 that Streamlit makes.

    Only what ends or changes an address is written as a number; browsers do the same for the rest.
    """
    return "data:image/svg+xml," + quote(svg, safe=_SAFE)


@st.cache_data(max_entries=200, show_spinner=False)
def _svg(design_json: str, options_json: str, dark: bool) -> str:
    design = Design.model_validate_json(design_json)
    theme: ThemeName = "dark" if dark else "light"
    options = PictureOptions.model_validate_json(options_json)
    return render_svg(design, shipped_palette(), theme=theme, options=options)
