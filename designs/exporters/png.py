"""PNG: the SVG as pixels, with the same font as the PDF."""

import base64
from math import sqrt

from designs.drawing import Design
from designs.exporters.picture_options import AS_DRAWN, PictureOptions
from designs.exporters.svg import render_svg
from designs.exporters.typeset import page_size, typeset
from designs.node_kind import Palette

FINE_PPI = 192
"""Twice the resolution of a page of the web, on which a point is 96/72 pixels."""
MOST_PIXELS = 12_000_000
"""A larger picture gets fewer pixels per inch: drawing them takes time and four bytes each."""
_POINTS = 72
_EMPTY = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAGzB8YQAAAABJRU5ErkJggg=="
)
"""One white pixel."""


def render_png(
    design: Design, palette: Palette, *, title: str = "", options: PictureOptions = AS_DRAWN
) -> bytes:
    """Return the design as a PNG on white paper.

    Args:
        design: What is drawn; one without nodes gives a single pixel.
        palette: Label, shape, group and usual zone of each kind.
        title: Its name; a PNG does not show it.
        options: Zones to collapse, the path to point out, and whether there is a legend.

    Raises:
        RenderError: If the design cannot be drawn.
    """
    if not design.nodes:
        return _EMPTY
    svg = render_svg(design, palette, title=title, background=True, options=options)
    return typeset(svg, "png", title, ppi=resolution(*page_size(svg)))


def resolution(width: float, height: float) -> float:
    """Return the pixels per inch for a picture of some size in points."""
    return min(FINE_PPI, _POINTS * sqrt(MOST_PIXELS / (width * height)))
