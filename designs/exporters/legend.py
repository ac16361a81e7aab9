"""The legend below a picture: line styles, shapes and colours that occur in it.

It is written into the finished SVG. As part of the layout it would cost time and push the design
about; here it is a few lines of text.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from designs.drawing import EdgeMode
from designs.exporters.captions import shape_of, text_width
from designs.exporters.collapsing import Picture
from designs.exporters.dot import CRITICAL_WIDTH, EDGE_WIDTHS
from designs.exporters.picture_options import PictureOptions
from designs.exporters.theme import Theme
from designs.node_kind import NodeGroup, Palette

MARGIN = 18
"""Points around the legend."""
ROW = 24
_SIZE = 12
_LINE, _SHAPE, _HEIGHT = 40, 26, 16
"""Widths of a sample of a line and of a shape, and the height of the latter."""
_NEAR, _APART = 6, 22
_MEANINGS = {
    EdgeMode.SYNC: "sync: the caller waits",
    EdgeMode.ASYNC: "async: it does not wait",
    EdgeMode.BATCH: "batch: moved in bulk",
}
_DASHES = {EdgeMode.ASYNC: "5,2", EdgeMode.BATCH: "1,5"}
_HEADS = {
    EdgeMode.SYNC: '<polygon fill="{ink}" stroke="{ink}" points="40,8 32,5 32,11"/>',
    EdgeMode.ASYNC: '<polygon fill="{ink}" stroke="{ink}" points="40,8 32,5 35,8 32,11"/>',
    EdgeMode.BATCH: '<polygon fill="none" stroke="{ink}" points="40,8 32,5 32,11"/>',
}
CRITICAL = "critical path, by service time without waiting"
OUTLINES = {
    "box": "M0,0H26V16H0Z",
    "cylinder": "M0,3C0,-1 26,-1 26,3V13C26,17 0,17 0,13ZM0,3C0,6 26,6 26,3",
    "hexagon": "M6,0H20L26,8L20,16H6L0,8Z",
    "ellipse": "M0,8A13,8 0 1 1 26,8A13,8 0 1 1 0,8Z",
    "folder": "M0,16V3H14L16,0H24L26,3V16ZM14,3H26",
    "note": "M0,0H21L26,5V16H0ZM21,0V5H26",
    "component": "M3,0H26V16H3ZM0,3H6V6H0ZM0,10H6V13H0Z",
    "parallelogram": "M5,0H26L21,16H0Z",
}
"""The shapes of the palette as paths in a field of 26 by 16; the renderer's own are larger."""


@dataclass(frozen=True)
class _Entry:
    """A sample and what it means; the sample begins at the left and is `_HEIGHT` high."""

    sample: str
    sample_width: float
    text: str

    @property
    def width(self) -> float:
        return self.sample_width + _NEAR + text_width(self.text) * _SIZE


@dataclass(frozen=True)
class Legend:
    """The legend as SVG that begins in its own left top corner."""

    svg: str
    width: float
    height: float


def legend(
    drawn: Picture, palette: Palette, options: PictureOptions, colours: Theme, width: float
) -> Legend:
    """Return what explains a picture.

    Args:
        drawn: What is drawn of the design.
        palette: Gives shape and group of each kind.
        options: What of the design is drawn.
        colours: Those of the picture.
        width: Of the picture, in points; entries go on in a new row where it ends.
    """
    rows: list[list[tuple[float, _Entry]]] = []
    for entries in (
        _lines(drawn, colours),
        _parts(drawn, palette, options, colours),
    ):
        at = width
        for entry in entries:
            if at + entry.width > width - MARGIN:
                rows.append([])
                at = MARGIN
            rows[-1].append((at, entry))
            at += entry.width + _APART
    body = [
        _placed(entry, left, row * ROW, colours)
        for row, entries in enumerate(rows)
        for left, entry in entries
    ]
    ends = [left + entry.width for entries in rows for left, entry in entries]
    return Legend(
        svg='<g class="legend">\n' + "\n".join(body) + "\n</g>",
        width=max(ends, default=0) + MARGIN,
        height=len(rows) * ROW + MARGIN,
    )


def _lines(drawn: Picture, colours: Theme) -> Iterator[_Entry]:
    modes = {edge.mode for edge in drawn.edges}
    for mode, text in _MEANINGS.items():
        if mode in modes:
            yield _line(colours.soft, EDGE_WIDTHS[mode], mode, text)
    if drawn.critical:
        yield _line(colours.critical, CRITICAL_WIDTH, EdgeMode.SYNC, CRITICAL)


def _line(ink: str, width: str, mode: EdgeMode, text: str) -> _Entry:
    dashes = f' stroke-dasharray="{_DASHES[mode]}"' if mode in _DASHES else ""
    stroke = f'<path fill="none" stroke="{ink}" stroke-width="{width}"{dashes} d="M0,8H33"/>'
    return _Entry(stroke + _HEADS[mode].format(ink=ink), _LINE, text)


def _parts(
    drawn: Picture, palette: Palette, options: PictureOptions, colours: Theme
) -> Iterator[_Entry]:
    """Yield an entry for each group with every shape that its parts have in the picture."""
    shapes: dict[NodeGroup, dict[str, None]] = {}
    for zone, nodes in drawn.zones.items():
        for _, node in nodes:
            kind = palette.kind(node.kind)
            if kind and zone not in options.collapsed:
                shapes.setdefault(kind.group, {})[shape_of(kind)] = None
    for group in NodeGroup:
        if group in shapes:
            found = [one for one in OUTLINES if one in shapes[group]]
            yield _outlines(found, colours.fill(group), colours, group.value)
    if any(zone in options.collapsed for zone in drawn.zones):
        text = "a collapsed zone, with the number of its parts"
        inner = f'<path fill="none" stroke="{colours.soft}" d="M3,3H23V13H3Z"/>'
        plain = _outlines(["box"], colours.zone, colours, text)
        yield _Entry(plain.sample + inner, plain.sample_width, text)


def _outlines(shapes: list[str], fill: str, colours: Theme, text: str) -> _Entry:
    each = _SHAPE + _NEAR
    samples = [
        f'<path transform="translate({number * each})" fill="{fill}" stroke="{colours.soft}" '
        f'd="{OUTLINES[shape]}"/>'
        for number, shape in enumerate(shapes)
    ]
    return _Entry("".join(samples), len(shapes) * each - _NEAR, text)


def _placed(entry: _Entry, left: float, top: float, colours: Theme) -> str:
    return (
        f'<g transform="translate({left:.2f} {top})">{entry.sample}'
        f'<text x="{entry.sample_width + _NEAR}" y="{_HEIGHT / 2 + _SIZE * 0.35:.2f}" '
        f'font-size="{_SIZE:.2f}" fill="{colours.ink}">'
        f"{entry.text}</text></g>"
    )
