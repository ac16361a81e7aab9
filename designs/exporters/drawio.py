"""draw.io (diagrams.net): zones as containers, kinds as shapes, modes as line styles.

Labels are plain text, never HTML (no ``html=1``), so that the tool shows them as they are. The
file is not compressed: it can be read and compared.
"""

import xml.etree.ElementTree as ET  # only writes

from designs.drawing import Design, Edge, EdgeMode, Node, Zone
from designs.drawing_draft import Row
from designs.exporters.captions import (
    ZONE_TITLES,
    by_zone,
    clean,
    edge_caption,
    node_subtitle,
    node_title,
    shape_of,
    short_ids,
    wrapped,
)
from designs.exporters.facts import PREFIX, facts, xml_safe
from designs.exporters.geometry import Box, Route
from designs.exporters.layout import Layout, laid_out
from designs.exporters.theme import THEMES
from designs.node_kind import Palette

_SCALE = 1.15
"""All lines of a label have one size there; the layout has room for a smaller second line."""
SHAPES = {
    "box": "rounded=1;arcSize=8",
    "cylinder": "shape=cylinder3;boundedLbl=1;size=6",
    "hexagon": "shape=hexagon;perimeter=hexagonPerimeter2;fixedSize=1;size=14",
    "ellipse": "ellipse",
    "folder": "shape=folder;tabWidth=36;tabHeight=8;tabPosition=left;spacingTop=8",
    "note": "shape=note;size=10",
    "component": "shape=process;size=0.04",
    "parallelogram": "shape=parallelogram;perimeter=parallelogramPerimeter;fixedSize=1;size=14",
}
MODES = {
    EdgeMode.SYNC: "endArrow=block;endFill=1",
    EdgeMode.ASYNC: "dashed=1;dashPattern=8 6;endArrow=open;endFill=0",
    EdgeMode.BATCH: "dashed=1;dashPattern=1 4;endArrow=block;endFill=0;strokeWidth=2",
}


def drawio_source(design: Design, palette: Palette, title: str = "") -> str:
    """Return the design as a draw.io file with one page.

    Args:
        design: What is drawn; an empty one gives an empty page.
        palette: Label, shape, group and usual zone of each kind.
        title: The page's name.

    Raises:
        RenderError: If the design cannot be laid out.
    """
    writer = _Writer(laid_out(design, palette, _SCALE), palette)
    file = ET.Element("mxfile", host="dryrun")
    name = clean(title)[:400] or "Architecture diagram"
    page = ET.SubElement(file, "diagram", id="design", name=name)
    grid = {"grid": "1", "gridSize": "10", "arrows": "1", "connect": "1", "page": "0"}
    model = ET.SubElement(page, "mxGraphModel", grid)
    writer.root = ET.SubElement(model, "root")
    ET.SubElement(writer.root, "mxCell", {"id": "0"})
    ET.SubElement(writer.root, "mxCell", {"id": "1", "parent": "0"})
    node_facts, edge_facts = facts(design)
    rows = {row["id"]: row for row in node_facts}
    for zone, nodes in by_zone(design, palette).items():
        writer.zone(zone)
        for short, node in nodes:
            writer.node(short, node, rows[node.id], zone)
    ids = short_ids(design)
    for number, edge in enumerate(design.edges):
        writer.edge(number, edge, edge_facts[number], ids)
    ET.indent(file)
    return ET.tostring(file, encoding="unicode") + "\n"


class _Writer:
    """Adds cells to the root of the page."""

    root: ET.Element

    def __init__(self, layout: Layout, palette: Palette) -> None:
        self._layout, self._palette = layout, palette
        self._colours = THEMES["light"]

    def zone(self, zone: Zone) -> None:
        colours = self._colours
        style = (
            "rounded=1;absoluteArcSize=1;arcSize=16;container=1;collapsible=0;align=left;verticalAlign=top;"
            f"spacingLeft=6;fillColor={colours.zone};strokeColor={colours.soft};"
            f"fontColor={colours.soft};fontSize=12"
        )
        data = {"label": ZONE_TITLES[zone], "id": _zone_id(zone), f"{PREFIX}zone": zone.value}
        self._box(data, style, "1", self._layout.zones[zone])

    def node(self, short: str, node: Node, row: Row, zone: Zone) -> None:
        kind = self._palette.kind(node.kind)
        lines = wrapped(node_title(node, self._palette))
        lines += wrapped(subtitle, 30) if (subtitle := node_subtitle(node, self._palette)) else []
        style = (
            f"{SHAPES[shape_of(kind)]};fillColor={self._colours.fill(kind.group if kind else None)}"
            f";strokeColor={self._colours.soft};fontColor={self._colours.ink};fontSize=12"
        )
        outer, inner = self._layout.zones[zone], self._layout.nodes[short]
        place = inner.model_copy(
            update={"x": round(inner.x - outer.x, 1), "y": round(inner.y - outer.y, 1)}
        )
        data = {"label": "\n".join(lines), "id": short, **_attributes(row)}
        self._box(data, style, _zone_id(zone), place)

    def edge(self, number: int, edge: Edge, row: Row, ids: dict[str, str]) -> None:
        colours, route = self._colours, self._layout.routes[number]
        within = route.label and any(box.holds(route.label) for box in self._layout.zones.values())
        style = (
            f"curved=1;{MODES[edge.mode]};strokeColor={colours.soft};fontColor={colours.soft};"
            f"fontSize=11;labelBackgroundColor={colours.zone if within else colours.paper}"
        )
        caption = "\n".join(edge_caption(edge))
        # Edges have no place in the short ids; the number keeps two of the same ends apart.
        data = {"label": caption, "id": f"e{number + 1}", **_attributes(row)}
        cell = {"style": style, "edge": "1", "parent": "1"}
        cell |= {"source": ids[edge.source], "target": ids[edge.target]}
        _geometry(ET.SubElement(self._object(data), "mxCell", cell), route)

    def _box(self, data: dict[str, str], style: str, parent: str, box: Box) -> None:
        cell = {"style": style, "vertex": "1", "parent": parent}
        place = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
        texts = {name: f"{value:g}" for name, value in place.items()}
        element = ET.SubElement(self._object(data), "mxCell", cell)
        ET.SubElement(element, "mxGeometry", {**texts, "as": "geometry"})

    def _object(self, data: dict[str, str]) -> ET.Element:
        return ET.SubElement(self.root, "object", data)


def _geometry(cell: ET.Element, route: Route) -> None:
    geometry = ET.SubElement(cell, "mxGeometry", {"relative": "1", "as": "geometry"})
    if len(route.points) > 2:
        array = ET.SubElement(geometry, "Array", {"as": "points"})
        for x, y in route.points[1:-1]:
            ET.SubElement(array, "mxPoint", x=f"{x:g}", y=f"{y:g}")
    if route.label:
        x, y = (
            round(there - here, 1) for there, here in zip(route.label, route.middle, strict=True)
        )
        ET.SubElement(geometry, "mxPoint", {"x": f"{x:g}", "y": f"{y:g}", "as": "offset"})


def _attributes(row: Row) -> dict[str, str]:
    return {f"{PREFIX}{name}": xml_safe(value) for name, value in row.items()}


def _zone_id(zone: Zone) -> str:
    return f"zone-{zone.value}"
