"""PNG: the picture at twice the screen's resolution, drawn with the fonts the renderer brings."""

import base64

from designs.drawing import Design
from designs.exporters.dot import dot_source
from designs.exporters.renderer import render
from designs.node_kind import Palette

DPI = 192
_EMPTY = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAGzB8YQAAAABJRU5ErkJggg=="
)
"""One white pixel."""


def render_png(design: Design, palette: Palette, *, title: str = "") -> bytes:
    """Return the design as a PNG on white paper.

    Raises:
        RenderError: If the design cannot be drawn.
    """
    if not design.nodes:
        return _EMPTY
    dot = dot_source(design, palette, title=title, background=True)
    return render(dot, "png", edges=len(design.edges), dpi=DPI)
