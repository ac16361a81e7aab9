"""A drawing on a page of its own size, set by Typst (docs/adr/0012).

Nothing of a drawing becomes Typst's markup: the picture and its name are handed over as values.
The page has our font and Typst's own, never the system's, which differ from machine to machine.
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import Literal

import typst

from designs.exporters.captions import clean
from designs.exporters.renderer import RenderError

_FONTS = Path(__file__).parent / "fonts"
_FAMILY = "Liberation Sans"
"""As wide as Helvetica, with which the drawing was laid out."""
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


def set_page(
    svg: str, form: Literal["pdf", "png"], *, width: float, title: str, ppi: float | None = None
) -> bytes:
    """Return a picture as a page.

    Args:
        svg: Written by this package; never a learner's own.
        form: What to write.
        width: Of the page, in points.
        title: The page's name; empty gives a plain one.
        ppi: Pixels per inch (72 points) of a PNG.

    Raises:
        RenderError: If the picture cannot be put on a page.
    """
    values = {
        "picture": re.sub(r'font-family="[^"]*"', f'font-family="{_FAMILY}"', svg),
        "width": f"{width:.2f}",
        "name": clean(title) or "Architecture diagram",
    }
    try:
        compiler = typst.Compiler(_PAGE, font_paths=_fonts(), sys_inputs=values)
        pages = compiler.compile(format=form, ppi=ppi)
    except typst.TypstError:
        raise RenderError(
            "This drawing could not be put on a page. Export it as SVG and print that."
        ) from None
    if not isinstance(pages, bytes):
        raise RenderError("This drawing did not fit on one page. Export it as SVG and print that.")
    return pages


def size_of(svg: str) -> tuple[float, float]:
    """Return width and height of a picture of ours, in points."""
    found = re.search(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"', svg)
    if found is None:
        raise RenderError("This drawing has no size. Simplify it and try again.")
    return float(found[1]), float(found[2])


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(_FONTS)])
