"""DOT: the design as Graphviz source, written so that a label can never be more than a label.

Node ids are ours (n1, n2 ...), attributes are constants, and captions are HTML-like labels whose
text is escaped here. No URL, image, port or record is ever written (docs/adr/0004).
"""

from html import escape
from typing import TYPE_CHECKING

from designs.drawing import Design, EdgeMode, Node, Zone
from designs.exporters.captions import (
    ZONE_TITLES,
    clean,
    node_subtitle,
    node_title,
    shape_of,
    text_width,
    wrapped,
)
from designs.exporters.collapsing import DrawnEdge, Picture, picture, zone_id
from designs.exporters.picture_options import AS_DRAWN, PictureOptions
from designs.exporters.theme import THEMES, Theme, ThemeName
from designs.node_kind import Palette

if TYPE_CHECKING:
    import graphviz

FONT = "Helvetica"
"""A font whose widths the renderer knows; with any other it measures text as if it were Times."""
_POINTS = 72
_TITLE_SIZE, _SUBTITLE_SIZE = 13, 10
_EDGE_STYLES = {EdgeMode.SYNC: "solid", EdgeMode.ASYNC: "dashed", EdgeMode.BATCH: "dotted"}
EDGE_WIDTHS = {EdgeMode.SYNC: "1.4", EdgeMode.ASYNC: "1.2", EdgeMode.BATCH: "1.8"}
CRITICAL_WIDTH = "3"
_EDGE_HEADS = {EdgeMode.SYNC: "normal", EdgeMode.ASYNC: "vee", EdgeMode.BATCH: "onormal"}
_MARGINS = {"parallelogram": "0.02,0.01", "hexagon": "0.04,0.03", "ellipse": "0.08,0.04"}
"""Inches around the text of shapes that Graphviz makes larger than their text anyway."""
_APART = '<br/><font point-size="4"> </font>'
"""A low line below a caption, which the renderer would let touch its own line."""


def dot_source(
    design: Design,
    palette: Palette,
    *,
    title: str = "",
    theme: ThemeName = "light",
    background: bool = False,
    options: PictureOptions = AS_DRAWN,
    drawn: Picture | None = None,
) -> str:
    """Return the design as DOT.

    Args:
        design: What is drawn.
        palette: Gives label, shape, group and usual zone of each kind.
        title: A comment in the source; not shown.
        theme: Colours for a light or a dark page.
        background: Paint the paper; otherwise it is transparent.
        options: Zones to collapse and the path to point out. A legend is no part of the source.
        drawn: What `picture` makes of the design, where that is known already.
    """
    # Imported here: who lists the notations, or grades a drawing, draws nothing.
    import graphviz

    colours = THEMES[theme]
    graph = graphviz.Digraph(
        name="design", comment=clean(title), graph_attr=_graph_attributes(colours, background)
    )
    graph.attr(
        "node", fontname=FONT, fontsize=str(_TITLE_SIZE), fontcolor=colours.ink, color=colours.soft
    )
    graph.attr("node", style="filled", penwidth="1.1", margin="0.16,0.09")
    graph.attr("edge", fontname=FONT, fontsize="10", fontcolor=colours.soft, color=colours.soft)
    graph.attr("edge", arrowsize="0.7")
    drawn = drawn or picture(design, palette, options)
    for zone, nodes in drawn.zones.items():
        if zone in options.collapsed:
            _add_zone(graph, zone, len(nodes), colours, critical=zone_id(zone) in drawn.critical)
            continue
        with graph.subgraph(name=f"cluster_{zone.value}") as cluster:
            cluster.attr(label=_html([ZONE_TITLES[zone]]), **_zone_attributes(colours))
            for short, node in nodes:
                marks = _critical_outline(colours) if short in drawn.critical else {}
                _add_node(cluster, short, node, palette, colours, marks)
    for edge in drawn.edges:
        _add_edge(graph, edge, colours)
    return str(graph.source)


def _graph_attributes(colours: Theme, background: bool) -> dict[str, str]:
    return {
        "rankdir": "LR",
        "nodesep": "0.28",
        "ranksep": "0.55",
        "pad": "0.2",
        "bgcolor": colours.paper if background else "transparent",
        "fontname": FONT,
    }


def _zone_attributes(colours: Theme) -> dict[str, str]:
    return {
        "style": "filled,rounded",
        "fillcolor": colours.zone,
        "color": colours.soft,
        "penwidth": "0.8",
        "fontname": FONT,
        "fontsize": "12",
        "fontcolor": colours.soft,
        "labeljust": "l",
        "margin": "14",
    }


def _critical_outline(colours: Theme) -> dict[str, str]:
    return {"color": colours.critical, "penwidth": CRITICAL_WIDTH}


def _add_zone(
    graph: "graphviz.Digraph", zone: Zone, parts: int, colours: Theme, *, critical: bool
) -> None:
    """Add the node that stands for a zone; its double outline says that there is more in it."""
    graph.node(
        zone_id(zone),
        label=_html([ZONE_TITLES[zone]], ["1 part" if parts == 1 else f"{parts} parts"]),
        shape="box",
        peripheries="2",
        fillcolor=colours.zone,
        **(_critical_outline(colours) if critical else {}),
    )


def _add_edge(graph: "graphviz.Digraph", edge: DrawnEdge, colours: Theme) -> None:
    lines = edge.caption
    graph.edge(
        edge.source,
        edge.target,
        label=f"{_html(lines)[:-1]}{_APART}>" if lines else None,
        style=_EDGE_STYLES[edge.mode],
        penwidth=CRITICAL_WIDTH if edge.critical else EDGE_WIDTHS[edge.mode],
        arrowhead=_EDGE_HEADS[edge.mode],
        color=colours.critical if edge.critical else None,
    )


def _add_node(
    graph: "graphviz.Digraph",
    short: str,
    node: Node,
    palette: Palette,
    colours: Theme,
    marks: dict[str, str],
) -> None:
    kind = palette.kind(node.kind)
    lines = wrapped(node_title(node, palette))
    small = wrapped(node_subtitle(node, palette), 30)
    graph.node(
        short,
        label=_html(lines, small),
        shape=shape_of(kind),
        fillcolor=colours.fill(kind.group if kind else None),
        width=_least_width(lines, small),
        margin=_MARGINS.get(shape_of(kind)),
        **marks,
    )


def _least_width(lines: list[str], small: list[str]) -> str | None:
    """Return a width in inches for text that the renderer would measure as blanks, or None."""
    if all(line.isascii() for line in lines):
        return None
    sized = [(line, _TITLE_SIZE) for line in lines] + [(line, _SUBTITLE_SIZE) for line in small]
    return f"{max(text_width(line) * size for line, size in sized) / _POINTS + 0.4:.2f}"


def _html(lines: list[str], small: list[str] | None = None) -> str:
    """Return an HTML-like label with escaped text; `small` lines follow in a smaller size."""
    text = "<br/>".join(map(_escaped, lines))
    if small and small != [""]:
        below = "<br/>".join(map(_escaped, small))
        text += f'<br/><font point-size="{_SUBTITLE_SIZE}">{below}</font>'
    return f"<{text}>"


def _escaped(text: str) -> str:
    # A backslash would begin an escape such as the node's name even here. A space keeps an empty
    # line from being an empty label, which Graphviz refuses.
    return escape(text, quote=True).replace("\\", "\\\\") or " "
