"""PDF: the SVG on a page of its own size, with its font embedded and its text selectable."""

from designs.drawing import Design
from designs.exporters.svg import render_svg
from designs.exporters.typst_page import set_page, size_of
from designs.node_kind import Palette

_WIDEST = 14_000
"""Points; readers show no page that is wider or higher than 14,400. A larger one is scaled."""


def render_pdf(design: Design, palette: Palette, *, title: str = "") -> bytes:
    """Return the design as a PDF of one page on white paper.

    Args:
        design: What is drawn; one without nodes gives an empty page.
        palette: Label, shape, group and usual zone of each kind.
        title: The document's title, which readers show and read out.

    Raises:
        RenderError: If the design cannot be drawn.
    """
    svg = render_svg(design, palette, title=title, background=True)
    width, height = size_of(svg)
    width *= min(1.0, _WIDEST / max(width, height))
    return set_page(svg, "pdf", width=width, title=title)
