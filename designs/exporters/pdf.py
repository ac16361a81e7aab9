"""PDF: the SVG on a page of its own size, with its font embedded and its text selectable.

The page is set by Typst (docs/adr/0012). Nothing of a drawing becomes Typst's markup: the picture
and its name are handed over as values.
"""

import re
from functools import lru_cache
from pathlib import Path

import typst

from designs.drawing import Design
from designs.exporters.captions import clean
from designs.exporters.renderer import RenderError
from designs.exporters.svg import render_svg
from designs.node_kind import Palette

_FONTS = Path(__file__).parent / "fonts"
_FAMILY = "Liberation Sans"
"""As wide as Helvetica, with which the drawing was laid out."""
_WIDEST = 14_000
"""Points; readers show no page that is wider or higher than 14,400. A larger one is scaled."""
_PAGE = b"""
#set document(title: sys.inputs.name, date: none)
#set page(width: auto, height: auto, margin: 0pt)
#image(
  bytes(sys.inputs.picture),
  format: "svg",
  width: float(sys.inputs.width) * 1pt,
  alt: sys.inputs.name,
)
"""


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
    values = {
        "picture": re.sub(r'font-family="[^"]*"', f'font-family="{_FAMILY}"', svg),
        "width": f"{_width(svg):.2f}",
        "name": clean(title) or "Architecture diagram",
    }
    try:
        pages = typst.Compiler(_PAGE, font_paths=_fonts(), sys_inputs=values).compile(format="pdf")
    except typst.TypstError:
        raise RenderError(
            "This drawing could not be put on a page. Export it as SVG and print that."
        ) from None
    if not isinstance(pages, bytes):
        raise RenderError("This drawing did not fit on one page. Export it as SVG and print that.")
    return pages


def _width(svg: str) -> float:
    """Return the width of the page, in points."""
    found = re.search(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"', svg)
    width, height = map(float, found.groups() if found else (_WIDEST, _WIDEST))
    return width * min(1.0, _WIDEST / max(width, height))


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Return our font and Typst's own; the system's would differ from machine to machine."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(_FONTS)])
