"""Where the renderer puts things: positions for notations that keep their own.

Lengths are in points, from the top left corner down, as drawing tools have it.
"""

import json
from collections import defaultdict
from itertools import pairwise
from math import hypot
from typing import Any

from designs.drawing import Design, Zone
from designs.exporters.captions import short_ids
from designs.exporters.dot import dot_source
from designs.exporters.geometry import Box, Point, Route
from designs.exporters.renderer import RenderError, render
from designs.node_kind import Palette
from designs.record import Record

_POINTS = 72
_STRAIGHT = 3.0
"""A line bends if it leaves the straight way by more than this."""
_NEAR = 24.0
"""Points closer together than this make a smoothed line wriggle."""


class Layout(Record):
    """Positions of everything that is drawn."""

    nodes: dict[str, Box]
    """By the short id of `captions.short_ids`."""
    zones: dict[Zone, Box]
    routes: tuple[Route, ...]
    """One for each edge, in the order of the design."""


def laid_out(design: Design, palette: Palette, scale: float = 1) -> Layout:
    """Place nodes, zones and edges as the SVG does.

    Args:
        design: What is drawn; an empty one has an empty layout.
        palette: Gives label, shape and usual zone of each kind.
        scale: Multiplies every length, for tools whose text is larger.

    Raises:
        RenderError: If the design cannot be laid out.
    """
    if not design.nodes:
        return Layout(nodes={}, zones={}, routes=())
    raw = render(dot_source(design, palette), "json", edges=len(design.edges))
    return _Reader(json.loads(raw), scale).layout(design)


class _Reader:
    """Reads the renderer's JSON, whose y axis points up."""

    def __init__(self, drawn: dict[str, Any], scale: float) -> None:
        self._objects = {one["_gvid"]: one for one in drawn["objects"]}
        self._edges = drawn.get("edges", [])
        self._top = float(drawn["bb"].split(",")[3])
        self._scale = scale

    def layout(self, design: Design) -> Layout:
        zones = {f"cluster_{zone.value}": zone for zone in Zone}
        objects = self._objects.values()
        return Layout(
            nodes={one["name"]: self._node(one) for one in objects if "pos" in one},
            zones={zones[one["name"]]: self._zone(one) for one in objects if "bb" in one},
            routes=self._routes(design),
        )

    def _routes(self, design: Design) -> tuple[Route, ...]:
        """Give each edge its route; those between the same two nodes in their own order."""
        numbers = short_ids(design)
        routes: defaultdict[tuple[str, str], list[Route]] = defaultdict(list)
        for edge in sorted(self._edges, key=lambda one: int(one["_gvid"])):
            ends = self._objects[edge["tail"]]["name"], self._objects[edge["head"]]["name"]
            routes[ends].append(self._route(edge))
        try:
            return tuple(
                routes[numbers[edge.source], numbers[edge.target]].pop(0) for edge in design.edges
            )
        except (IndexError, KeyError):
            raise RenderError(
                "Not every edge of this drawing could be laid out. Simplify it."
            ) from None

    def _route(self, edge: dict[str, Any]) -> Route:
        """Take points on the curve: where its pieces meet, and where each bends."""
        curve: list[Point] = []
        first = last = None
        for word in edge["pos"].split():  # "s,1,2" and "e,1,2" are the tips of arrows, "1,2" not
            *mark, x, y = word.split(",")
            point = self._point(float(x), float(y))
            if mark == ["s"]:
                first = point
            elif mark == ["e"]:
                last = point
            else:
                curve.append(point)
        label = edge.get("lp")
        return Route(
            points=_bent([first or curve[0], *_on_curve(curve)[1:-1], last or curve[-1]]),
            label=self._point(*map(float, label.split(","))) if label else None,
        )

    def _node(self, one: dict[str, Any]) -> Box:
        x, y = self._point(*map(float, one["pos"].split(",")))
        width = float(one["width"]) * _POINTS * self._scale
        height = float(one["height"]) * _POINTS * self._scale
        return self._box(x - width / 2, y - height / 2, width, height)

    def _zone(self, one: dict[str, Any]) -> Box:
        left, bottom, right, top = map(float, one["bb"].split(","))
        x, y = self._point(left, top)
        return self._box(x, y, (right - left) * self._scale, (top - bottom) * self._scale)

    def _point(self, x: float, y: float) -> Point:
        return round(x * self._scale, 1), round((self._top - y) * self._scale, 1)

    @staticmethod
    def _box(x: float, y: float, width: float, height: float) -> Box:
        return Box(x=round(x, 1), y=round(y, 1), width=round(width, 1), height=round(height, 1))


def _on_curve(controls: list[Point]) -> list[Point]:
    """Return the ends and the middle of each cubic piece of a curve."""
    points = controls[:1]
    for number in range(0, len(controls) - 3, 3):
        (x0, y0), (x1, y1), (x2, y2), end = controls[number : number + 4]
        middle = (x0 + 3 * x1 + 3 * x2 + end[0]) / 8, (y0 + 3 * y1 + 3 * y2 + end[1]) / 8
        points += [(round(middle[0], 1), round(middle[1], 1)), end]
    return points


def _bent(points: list[Point]) -> tuple[Point, ...]:
    """Leave out inner points at which a line hardly bends; fewer are easier to move by hand."""
    kept = points[:1]
    for point, after in pairwise(points[1:]):
        (x, y), (to_x, to_y) = kept[-1], after
        length = hypot(to_x - x, to_y - y) or 1.0
        away = abs((to_x - x) * (y - point[1]) - (x - point[0]) * (to_y - y)) / length
        near = min(hypot(point[0] - one[0], point[1] - one[1]) for one in (kept[-1], points[-1]))
        if away > _STRAIGHT and near > _NEAR:
            kept.append(point)
    return (*kept, points[-1])
