"""Positions from the renderer, and the geometry of rectangles and lines."""

import pytest

from designs.drawing import Design, Edge, EdgeMode, Node
from designs.exporters.geometry import Box, Route
from designs.exporters.layout import laid_out
from designs.library import shipped_pack, shipped_palette

PALETTE = shipped_palette()
BOX = Box(x=10, y=10, width=20, height=10)


def test_nodes_lie_in_their_zones_and_edges_end_at_their_nodes() -> None:
    design = shipped_pack("fraud-detection").exemplar.design
    layout = laid_out(design, PALETTE, 1.5)
    assert len(layout.nodes) == len(design.nodes)
    assert len(layout.routes) == len(design.edges)
    short = {node.id: f"n{number}" for number, node in enumerate(design.nodes, 1)}
    for edge, route in zip(design.edges, layout.routes, strict=True):
        ends = ((edge.source, route.points[0]), (edge.target, route.points[-1]))
        for node_id, (x, y) in ends:
            box = layout.nodes[short[node_id]]
            assert box.x - 3 <= x <= box.x + box.width + 3
            assert box.y - 3 <= y <= box.y + box.height + 3
    for box in layout.nodes.values():
        assert any(
            zone.x <= box.x
            and zone.y <= box.y
            and box.x + box.width <= zone.x + zone.width
            and box.y + box.height <= zone.y + zone.height
            for zone in layout.zones.values()
        )


def test_parallel_edges_have_a_route_each() -> None:
    nodes = tuple(Node(id=one, kind="cache") for one in "ab")
    edges = tuple(Edge(source="a", target="b", mode=mode) for mode in EdgeMode)
    routes = laid_out(Design(nodes=nodes, edges=edges), PALETTE).routes
    assert len({route.points for route in routes}) == 3


def test_scale_multiplies_every_length() -> None:
    design = Design(nodes=(Node(id="a", kind="cache"),))
    one, two = (laid_out(design, PALETTE, scale).nodes["n1"] for scale in (1, 2))
    assert two.width == pytest.approx(2 * one.width, abs=0.2)


def test_an_empty_design_has_an_empty_layout() -> None:
    assert laid_out(Design(), PALETTE).nodes == {}


@pytest.mark.parametrize(
    ("inside", "outside", "at"),
    [
        ((20, 15), (40, 15), (30, 15)),
        ((20, 15), (20, 0), (20, 10)),
        ((20, 15), (0, 5), (10, 10)),
        ((40, 15), (50, 15), (40, 15)),
        ((20, 15), (21, 16), (20, 15)),
    ],
)
def test_a_line_leaves_a_rectangle_at_its_border(
    inside: tuple[float, float], outside: tuple[float, float], at: tuple[float, float]
) -> None:
    assert BOX.border(inside, outside) == at


def test_the_middle_of_a_line_is_half_way_along_it() -> None:
    assert Route(points=((0, 0), (10, 0), (10, 30)), label=None).middle == (10, 10)
    assert Route(points=((5, 5), (5, 5)), label=None).middle == (5, 5)


def test_a_caption_can_be_the_middle_point_of_a_line() -> None:
    route = Route(points=((0, 0), (100, 0), (100, 90), (200, 90)), label=(20, 5)).through_label()
    middle = len(route.points) // 2
    assert len(route.points) % 2 == 1
    assert route.points[middle] == (20, 0)
    assert (route.points[0], route.points[-1]) == ((0, 0), (200, 90))
    bare = Route(points=((0, 0), (1, 1)), label=None)
    assert bare.through_label() == bare


def test_a_line_loses_its_beginning_inside_a_rectangle() -> None:
    assert BOX.left_by([(12, 15), (20, 15), (40, 15)]) == [(30, 15), (40, 15)]
