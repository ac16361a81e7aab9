"""A finished SVG on a page of its own size, with our own font, by Typst (docs/adr/0012).

Nothing of a drawing becomes Typst's markup: the picture and its name are handed over as values.
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import Literal

import typst

from designs.exporters.captions import clean
from designs.exporters.renderer import RenderError
from designs.exporters.svg import picture_size

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


def page_size(svg: str) -> tuple[float, float]:
    """Return width and height of the page for a picture, in points."""
    width, height = picture_size(svg)
    scale = min(1.0, _WIDEST / max(width, height))
    return width * scale, height * scale


def typeset(svg: str, form: Literal["pdf", "png"], title: str, *, ppi: float = 72) -> bytes:
    """Return a picture as a PDF or PNG.

    Args:
        svg: The picture, of our own making.
        form: What to make.
        title: The document's title, which readers show and read out.
        ppi: Pixels per inch of a PNG.

    Raises:
        RenderError: If it cannot be set on one page.
    """
    values = {
        "picture": re.sub(r'font-family="[^"]*"', f'font-family="{_FAMILY}"', svg),
        "width": f"{page_size(svg)[0]:.2f}",
        "name": clean(title) or "Architecture diagram",
    }
    compiler = typst.Compiler(_PAGE, font_paths=_fonts(), sys_inputs=values)
    try:
        page = compiler.compile(format=form, ppi=ppi)
    except typst.TypstError:
        raise RenderError(
            "This drawing could not be put on a page. Export it as SVG and print that."
        ) from None
    if not isinstance(page, bytes):
        raise RenderError("This drawing did not fit on one page. Export it as SVG and print that.")
    return page


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Return our font and Typst's own; the system's would differ from machine to machine."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(_FONTS)])
