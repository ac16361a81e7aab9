"""PNG: the picture with two pixels for each point, drawn with the fonts of the PDF."""

import base64
from math import sqrt

from designs.drawing import Design
from designs.exporters.svg import render_svg
from designs.exporters.theme import ThemeName
from designs.exporters.typst_page import set_page, size_of
from designs.node_kind import Palette

PER_POINT = 2.0
_POINTS_PER_INCH = 72
_FINE_PIXELS, _MOST_PIXELS = 12e6, 20e6
"""Above the first a picture is drawn with fewer pixels for each point, but one at least; nothing
is drawn with more than the second. Four bytes are held for each pixel."""
_EMPTY = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAGzB8YQAAAABJRU5ErkJggg=="
)
"""One white pixel."""


def render_png(
    design: Design, palette: Palette, *, title: str = "", theme: ThemeName = "light"
) -> bytes:
    """Return the design as a PNG on paper of the theme's colour.

    Raises:
        RenderError: If the design cannot be drawn.
    """
    if not design.nodes:
        return _EMPTY
    svg = render_svg(design, palette, title=title, theme=theme, background=True)
    width, height = size_of(svg)
    ppi = _POINTS_PER_INCH * pixels_per_point(width, height)
    return set_page(svg, "png", width=width, title=title, ppi=ppi)


def pixels_per_point(width: float, height: float) -> float:
    """Return how finely a picture of that size, in points, is drawn."""
    area = width * height
    fine, coarse = sqrt(_FINE_PIXELS / area), sqrt(_MOST_PIXELS / area)
    return min(PER_POINT, max(1.0, fine), coarse)
