"""Exports, drawn by the tools that they are for: everything is there, and nothing is covered.

`python tests/notations/look.py FOLDER` writes the same drawings as pictures, to be looked at.
"""

from collections.abc import Iterator
from itertools import combinations

import pytest
from drawing_tools import TOOLS, DrawingTools, Drawn, drawing_tools, why_absent
from drawn_designs import HOSTILE, PALETTE, every_kind, labelled

from benchmarks.layered_design import layered_design
from designs.exporters import EXPORTERS
from designs.exporters.captions import edge_caption, node_subtitle, node_title
from designs.library import shipped_pack

pytestmark = [pytest.mark.slow, pytest.mark.skipif(bool(why_absent()), reason=f"{why_absent()}")]

DESIGNS = {
    **{
        slug: shipped_pack(slug).exemplar.design
        for slug in (
            "fraud-detection",
            "video-recommendation",
            "search-ranking",
            "content-moderation",
        )
    },
    "sixty nodes": layered_design(60, PALETTE),
    "every kind": every_kind(),
    "hostile": labelled(*HOSTILE.values()),
}
_ROUNDING = 2.0
"""Pixels; fonts end up a little wider in a browser than on paper."""


@pytest.fixture(scope="module")
def tools() -> Iterator[DrawingTools]:
    with drawing_tools() as found:
        yield found


@pytest.mark.parametrize("name", DESIGNS)
@pytest.mark.parametrize("tool", TOOLS)
def test_a_tool_draws_everything_and_covers_nothing(
    tools: DrawingTools, tool: str, name: str
) -> None:
    design = DESIGNS[name]
    drawn = tools.draw(tool, EXPORTERS[tool].export(design, PALETTE, name).decode())
    nodes = [node_title(one, PALETTE) + node_subtitle(one, PALETTE) for one in design.nodes]
    edges = ["".join(edge_caption(one)) for one in design.edges]
    if tool == "mermaid":  # in a node, it takes these two characters for a new line, however spelt
        nodes = [text.replace("\\n", "") for text in nodes]
    assert _texts(drawn["shapes"]) == sorted(map(_bare, nodes))
    assert _texts(drawn["lines"]) == sorted(map(_bare, edges))
    assert [one["text"] for one in drawn["shapes"] if not _fits(one)] == []
    boxes = [one["box"] for one in drawn["shapes"]]
    boxes += [one["textBox"] for one in drawn["lines"] if one["text"]]
    assert [pair for pair in combinations(boxes, 2) if _overlap(*pair)] == []


def _texts(found: list[Drawn]) -> list[str]:
    return sorted(_bare(one["text"]) for one in found)


def _bare(text: str) -> str:
    """Leave out blanks, of which U+FEFF is one in JavaScript and none in Python."""
    return "".join(text.replace("\ufeff", "").split())


def _fits(one: Drawn) -> bool:
    """Tell whether a text lies within its shape."""
    return one["textBox"] is None or all(
        one["box"][at] - _ROUNDING <= one["textBox"][at]
        and one["textBox"][at] + one["textBox"][size]
        <= one["box"][at] + one["box"][size] + _ROUNDING
        for at, size in (("x", "width"), ("y", "height"))
    )


def _overlap(one: Drawn, other: Drawn) -> bool:
    return all(
        one[at] < other[at] + other[size] and other[at] < one[at] + one[size]
        for at, size in (("x", "width"), ("y", "height"))
    )
