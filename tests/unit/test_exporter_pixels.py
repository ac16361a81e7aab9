"""How finely a PNG is drawn: two pixels for each point, as long as that is not too many."""

import io

import pytest
from drawn_in_words import drawn
from PIL import Image

from designs.exporters import RenderError, render_svg
from designs.exporters.png import pixels_per_point, render_png
from designs.exporters.typst_page import set_page, size_of
from designs.library import shipped_palette

PALETTE = shipped_palette()
DESIGN = drawn("client-app -> api-gateway -> model-server")


@pytest.mark.parametrize(
    ("width", "height", "wanted"),
    [
        (100, 100, 2.0),
        (2000, 1500, 2.0),
        (3000, 3000, (12 / 9) ** 0.5),
        (4000, 3000, 1.0),
        (5000, 4000, 1.0),
        (8000, 10_000, 0.5),
    ],
)
def test_a_large_picture_has_fewer_pixels_for_each_point(
    width: float, height: float, wanted: float
) -> None:
    assert pixels_per_point(width, height) == pytest.approx(wanted)


def test_a_picture_has_the_pixels_of_its_size() -> None:
    width, height = size_of(render_svg(DESIGN, PALETTE))
    pixels = Image.open(io.BytesIO(render_png(DESIGN, PALETTE))).size
    assert pixels == pytest.approx((2 * width, 2 * height), abs=1)


@pytest.mark.parametrize(("theme", "is_light"), [("light", True), ("dark", False)])
def test_the_paper_has_the_colour_of_the_theme(theme: str, is_light: bool) -> None:
    raw = render_png(DESIGN, PALETTE, theme=theme)  # type: ignore[arg-type]
    corner = Image.open(io.BytesIO(raw)).convert("L").getpixel((0, 0))
    assert isinstance(corner, int)
    assert (corner > 200) == is_light


@pytest.mark.parametrize(
    "inside",
    [
        '<image href="/etc/hostname" width="9" height="9"/>',
        '<image href="http://127.0.0.1:9/a.png" width="9" height="9"/>',
    ],
)
def test_a_picture_that_names_a_file_or_an_address_gets_neither(inside: str) -> None:
    """Our own SVG never does; should it one day, nothing is read."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" width="40" height="40">'
    with pytest.raises(RenderError, match="could not be put on a page"):
        set_page(f"{svg}{inside}</svg>", "png", width=40, title="")


def test_a_picture_without_a_size_is_refused() -> None:
    with pytest.raises(RenderError, match="no size"):
        size_of("<svg></svg>")
