"""PDF: the SVG on a page of its own size, with its font embedded and its text selectable."""

from designs.drawing import Design
from designs.exporters.picture_options import AS_DRAWN, PictureOptions
from designs.exporters.svg import render_svg
from designs.exporters.typeset import typeset
from designs.node_kind import Palette


def render_pdf(
    design: Design, palette: Palette, *, title: str = "", options: PictureOptions = AS_DRAWN
) -> bytes:
    """Return the design as a PDF of one page on white paper.

    Args:
        design: What is drawn; one without nodes gives an empty page.
        palette: Label, shape, group and usual zone of each kind.
        title: The document's title, which readers show and read out.
        options: Zones to collapse, the path to point out, and whether there is a legend.

    Raises:
        RenderError: If the design cannot be drawn.
    """
    svg = render_svg(design, palette, title=title, background=True, options=options)
    return typeset(svg, "pdf", title)
