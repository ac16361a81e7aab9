"""Excalidraw: a scene with bound arrows, bound text, and zones as frames.

Ids, seeds and versions are counted, so that the same design gives the same scene. The drawing
tool places the text of an arrow in its middle by itself.
"""

import json
from functools import partial
from math import dist
from typing import Any

from designs.drawing import Design, Edge, EdgeMode, Node, Zone
from designs.drawing_draft import Row
from designs.exporters.captions import (
    ZONE_TITLES,
    by_zone,
    edge_caption,
    node_subtitle,
    node_title,
    shape_of,
    short_ids,
    text_width,
    wrapped,
)
from designs.exporters.facts import facts
from designs.exporters.geometry import Box, Point, Route
from designs.exporters.layout import Layout, laid_out
from designs.exporters.theme import THEMES
from designs.node_kind import Palette

Element = dict[str, Any]
CUSTOM = "dryrun"
"""The name under which an element's ``customData`` holds the fields of the design."""
_SCALE = 1.3
"""All lines of a text have one size there; the layout has room for a smaller second line."""
_FONT, _LINE_HEIGHT = 2, 1.15
"""Excalidraw's number for its plain sans-serif font, as wide as Helvetica."""
_NODE_SIZE, _EDGE_SIZE = 13, 11
_NAME = 24
"""Excalidraw writes a frame's name above it; the layout has this much room for it inside."""
_NEAR = 40
"""A point so close to the end of a smoothed arrow bends its head aside."""
MODES = {EdgeMode.SYNC: "solid", EdgeMode.ASYNC: "dashed", EdgeMode.BATCH: "dotted"}
_HEADS = {
    EdgeMode.SYNC: "triangle",
    EdgeMode.ASYNC: "arrow",
    EdgeMode.BATCH: "triangle_outline",
}
_PLAIN: Element = {
    "angle": 0,
    "strokeColor": "#000000",
    "backgroundColor": "transparent",
    "fillStyle": "solid",
    "strokeWidth": 1,
    "strokeStyle": "solid",
    "roughness": 0,
    "opacity": 100,
    "frameId": None,
    "index": None,
    "roundness": None,
    "version": 1,
    "isDeleted": False,
    "updated": 1,
    "link": None,
    "locked": False,
}
"""What the scene's schema asks for and no element of ours needs otherwise."""
_SHARP = ("folder", "note", "component", "parallelogram")


def excalidraw_source(design: Design, palette: Palette, title: str = "") -> str:
    """Return the design as an Excalidraw scene in JSON.

    Args:
        design: What is drawn; an empty one gives an empty scene.
        palette: Label, shape, group and usual zone of each kind.
        title: Kept beside the scene; the tool does not show it.

    Raises:
        RenderError: If the design cannot be laid out.
    """
    writer = _Writer(laid_out(design, palette, _SCALE), palette)
    node_facts, edge_facts = facts(design)
    rows = {row["id"]: row for row in node_facts}
    for zone, nodes in by_zone(design, palette).items():
        for short, node in nodes:
            writer.node(short, node, rows[node.id], zone)
        writer.frame(zone)  # a frame stands behind what it holds
    ids = short_ids(design)
    for number, edge in enumerate(design.edges):
        writer.edge(number, edge, edge_facts[number], ids)
    scene = {
        "type": "excalidraw",
        "version": 2,
        "source": "dryrun",
        "elements": writer.elements,
        "appState": {"viewBackgroundColor": THEMES["light"].paper, "name": title},
        "files": {},
    }
    return json.dumps(scene, ensure_ascii=False, indent=1) + "\n"


class _Writer:
    """Adds elements to the scene."""

    def __init__(self, layout: Layout, palette: Palette) -> None:
        self.elements: list[Element] = []
        self._layout, self._palette = layout, palette
        self._colours = THEMES["light"]
        self._shapes: dict[str, Element] = {}

    def node(self, short: str, node: Node, row: Row, zone: Zone) -> None:
        kind = self._palette.kind(node.kind)
        shape = shape_of(kind)
        rectangle = self._element(
            "ellipse" if shape == "ellipse" else "rectangle",
            short,
            self._layout.nodes[short],
            strokeColor=self._colours.ink,
            backgroundColor=self._colours.fill(kind.group if kind else None),
            roundness=None if shape in (*_SHARP, "ellipse") else {"type": 3},
            frameId=_frame_id(zone),
            customData={CUSTOM: row},
        )
        self._shapes[short] = rectangle
        title, subtitle = node_title(node, self._palette), node_subtitle(node, self._palette)
        lines = wrapped(title) + (wrapped(subtitle, 30) if subtitle else [])
        middle = _centre(self._layout.nodes[short])
        text = self._text(rectangle, lines, middle, _NODE_SIZE, self._colours.ink)
        text["originalText"] = f"{title}\n{subtitle}" if subtitle else title

    def frame(self, zone: Zone) -> None:
        box = self._layout.zones[zone]
        below = {"y": round(box.y + _NAME, 1), "height": round(box.height - _NAME, 1)}
        self._element(
            "frame",
            _frame_id(zone),
            box.model_copy(update=below),
            strokeColor=self._colours.soft,
            name=ZONE_TITLES[zone],
            customData={CUSTOM: {"zone": zone.value}},
        )

    def edge(self, number: int, edge: Edge, row: Row, ids: dict[str, str]) -> None:
        lines = edge_caption(edge)
        route = self._clipped(self._layout.routes[number], ids[edge.source], ids[edge.target])
        route = self._beside_parts(route, lines).through_label()
        (left, top), points = route.points[0], _from_first(route)
        xs, ys = zip(*points, strict=True)
        source, target = self._shapes[ids[edge.source]], self._shapes[ids[edge.target]]
        size = round(max(xs) - min(xs), 1), round(max(ys) - min(ys), 1)
        arrow = self._element(
            "arrow",
            f"e{number + 1}",
            Box(x=left, y=top, width=size[0], height=size[1]),
            strokeColor=self._colours.soft,
            strokeStyle=MODES[edge.mode],
            strokeWidth=2 if edge.mode is EdgeMode.BATCH else 1,
            roundness={"type": 2},
            points=points,
            lastCommittedPoint=None,
            startBinding={"elementId": source["id"], "focus": 0, "gap": 1},
            endBinding={"elementId": target["id"], "focus": 0, "gap": 1},
            startArrowhead=None,
            endArrowhead=_HEADS[edge.mode],
            elbowed=False,
            customData={CUSTOM: row},
        )
        for end in (source, target):
            end["boundElements"].append({"id": arrow["id"], "type": "arrow"})
        if lines:
            self._text(
                arrow, lines, route.points[len(route.points) // 2], _EDGE_SIZE, self._colours.soft
            )

    def _clipped(self, route: Route, source: str, target: str) -> Route:
        """End a route at the border of the rectangle that stands for a slanted shape."""
        points = list(route.points)
        for short in (target, source):
            points.reverse()  # first the target's end is at the front, then the source's
            if self._shapes[short]["type"] == "rectangle":
                points = self._layout.nodes[short].left_by(points)
                while len(points) > 2 and dist(points[0], points[1]) < _NEAR:
                    del points[1]
        return Route(points=tuple(points), label=route.label)

    def _beside_parts(self, route: Route, lines: list[str]) -> Route:
        """Move a caption, which lies on its line here, along it to where no part is covered."""
        if route.label is None:
            return route
        width, height = _text_size(lines, _EDGE_SIZE)
        places = (route.at(step / 10) for step in range(1, 10))
        for x, y in (route.nearest, *sorted(places, key=partial(dist, route.label))):
            caption = Box(x=x - width / 2, y=y - height / 2, width=width, height=height)
            if not any(map(caption.overlaps, self._layout.nodes.values())):
                return Route(points=route.points, label=(x, y))
        return route

    def _text(
        self, holder: Element, lines: list[str], middle: Point, size: int, colour: str
    ) -> Element:
        width, height = _text_size(lines, size)
        x, y = round(middle[0] - width / 2, 1), round(middle[1] - height / 2, 1)
        text = "\n".join(lines)
        holder["boundElements"].append({"id": f"{holder['id']}-text", "type": "text"})
        return self._element(
            "text",
            f"{holder['id']}-text",
            Box(x=x, y=y, width=width, height=height),
            strokeColor=colour,
            frameId=holder["frameId"],
            text=text,
            originalText=text,
            fontSize=size,
            fontFamily=_FONT,
            textAlign="center",
            verticalAlign="middle",
            containerId=holder["id"],
            autoResize=True,
            lineHeight=_LINE_HEIGHT,
        )

    def _element(self, kind: str, element_id: str, box: Box, **rest: Any) -> Element:
        """Add an element with every field that the scene's schema asks for."""
        number = len(self.elements) + 1
        element = {
            "id": element_id,
            "type": kind,
            **box.model_dump(),
            **_PLAIN,
            "seed": number,
            "versionNonce": number,
            "groupIds": [],
            "boundElements": [],
            **rest,
        }
        self.elements.append(element)
        return element


def _text_size(lines: list[str], size: int) -> tuple[float, float]:
    width = max(map(text_width, lines)) * size
    return round(width, 1), round(len(lines) * size * _LINE_HEIGHT, 1)


def _from_first(route: Route) -> list[list[float]]:
    """Return a route's points relative to its first."""
    left, top = route.points[0]
    return [[round(x - left, 1), round(y - top, 1)] for x, y in route.points]


def _centre(box: Box) -> Point:
    return box.x + box.width / 2, box.y + box.height / 2


def _frame_id(zone: Zone) -> str:
    return f"zone-{zone.value}"
