"""What the setter of pages refuses."""

import pytest

from designs.exporters import RenderError
from designs.exporters.typeset import typeset


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
        typeset(f"{svg}{inside}</svg>", "png", "")
