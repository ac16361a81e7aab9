"""PNG: the picture at twice a page's resolution, drawn with the fonts that the renderer brings."""

import base64

from designs.drawing import Design
from designs.exporters.dot import dot_source
from designs.exporters.renderer import render
from designs.node_kind import Palette

FINE_DPI, COARSE_DPI = 192, 96
_FINE_NODES = 60
"""Above this many nodes a fine picture is over 20 megapixels and too slow to draw."""
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
    dpi = FINE_DPI if len(design.nodes) <= _FINE_NODES else COARSE_DPI
    return render(dot, "png", edges=len(design.edges), dpi=dpi)
