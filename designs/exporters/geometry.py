"""Rectangles and lines, in points from the top left corner down."""

from itertools import pairwise
from math import hypot

from designs.record import Record

Point = tuple[float, float]


class Box(Record):
    """A rectangle."""

    x: float
    y: float
    """Its top left corner."""
    width: float
    height: float

    def border(self, inside: Point, outside: Point) -> Point:
        """Return where the way from a point inside to one outside leaves the rectangle.

        The first point comes back if it is not inside, or if the other one is too.
        """
        if not self.holds(inside) or self.holds(outside):
            return inside
        (x, y), (to_x, to_y) = inside, outside
        shares = [1.0]
        for here, there, low, size in (
            (x, to_x, self.x, self.width),
            (y, to_y, self.y, self.height),
        ):
            if there != here:
                shares.append(((low + size if there > here else low) - here) / (there - here))
        share = min(shares)
        return round(x + (to_x - x) * share, 1), round(y + (to_y - y) * share, 1)

    def left_by(self, points: list[Point]) -> list[Point]:
        """Return a line without its beginning inside the rectangle."""
        while len(points) > 2 and self.holds(points[1]):
            points = points[1:]
        return [self.border(points[0], points[1]), *points[1:]]

    def overlaps(self, other: "Box") -> bool:
        """Tell whether two rectangles have more than a border in common."""
        across = self.x < other.x + other.width and other.x < self.x + self.width
        return across and self.y < other.y + other.height and other.y < self.y + self.height

    def holds(self, point: Point) -> bool:
        """Tell whether a point lies inside or on the border."""
        inside_x = self.x <= point[0] <= self.x + self.width
        return inside_x and self.y <= point[1] <= self.y + self.height


class Route(Record):
    """The way of an edge."""

    points: tuple[Point, ...]
    """Points on its line, from the border of the source to that of the target; at least two."""
    label: Point | None
    """The middle of its caption; None where it has none."""

    @property
    def middle(self) -> Point:
        """The point half-way along the line, where drawing tools put a label."""
        return self.at(0.5)

    def at(self, share: float) -> Point:
        """Return the point at a share of the line's length, from 0 to 1."""
        pieces = list(pairwise(self.points))
        lengths = [hypot(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pieces]
        left = sum(lengths) * share
        for length, ((x1, y1), (x2, y2)) in zip(lengths, pieces, strict=True):
            if length and left <= length:
                part = left / length
                return x1 + (x2 - x1) * part, y1 + (y2 - y1) * part
            left -= length
        return self.points[-1]

    @property
    def nearest(self) -> Point:
        """The point of the line that is nearest to its caption, or the middle without one."""
        if self.label is None:
            return self.middle
        places = [_nearest(self.label, *piece) for piece in pairwise(self.points)]
        return min(places, key=lambda one: _distance(self.label, one))

    def through_label(self) -> "Route":
        """Return the same way with its caption's place as the middle one of its points.

        Excalidraw writes the caption at that point, whatever is near the middle of the line.
        """
        if self.label is None:
            return self
        pieces = list(pairwise(self.points))
        places = [_nearest(self.label, *piece) for piece in pieces]
        best = min(range(len(places)), key=lambda one: _distance(self.label, places[one]))
        before, after = list(self.points[: best + 1]), list(self.points[best + 1 :])
        while len(before) < len(after):
            before = _split(before, places[best])
        while len(after) < len(before):
            after = _split([*reversed(after)], places[best])[::-1]
        return Route(points=(*before, places[best], *after), label=self.label)


def _distance(one: Point | None, other: Point) -> float:
    return hypot(one[0] - other[0], one[1] - other[1]) if one else 0.0


def _nearest(point: Point, start: Point, end: Point) -> Point:
    """Return the point of a piece of line that is nearest, but not at its very ends."""
    along = end[0] - start[0], end[1] - start[1]
    square = along[0] ** 2 + along[1] ** 2 or 1.0
    share = ((point[0] - start[0]) * along[0] + (point[1] - start[1]) * along[1]) / square
    share = min(0.9, max(0.1, share))
    return round(start[0] + share * along[0], 1), round(start[1] + share * along[1], 1)


def _split(points: list[Point], goal: Point) -> list[Point]:
    """Add a point in the middle of the longest piece on the way to a goal."""
    pieces = list(pairwise([*points, goal]))
    number = max(range(len(pieces)), key=lambda one: _distance(*pieces[one]))
    (x1, y1), (x2, y2) = pieces[number]
    middle = round((x1 + x2) / 2, 1), round((y1 + y2) / 2, 1)
    return [*points[: number + 1], middle, *points[number + 1 :]]
