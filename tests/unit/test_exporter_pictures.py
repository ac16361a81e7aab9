"""What a reader chooses about a picture: collapsed zones, the critical path, the legend."""

import re
from xml.etree import ElementTree  # reads what the product wrote itself

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_designs import a_node, designs

from designs.drawing import Design, Edge, EdgeMode, Zone
from designs.exporters import EXPORTERS, PictureOptions, render_svg
from designs.exporters.captions import by_zone, zone_of
from designs.exporters.collapsing import picture
from designs.exporters.dot import dot_source
from designs.exporters.legend import CRITICAL, OUTLINES, legend
from designs.exporters.picture_options import AS_DRAWN
from designs.exporters.png import FINE_PPI, MOST_PIXELS, resolution
from designs.exporters.svg import picture_size
from designs.exporters.theme import THEMES, ThemeName
from designs.library import shipped_palette
from workbench.pictures import path_caption, picture_options

PALETTE = shipped_palette()
SVG = "{http://www.w3.org/2000/svg}"


def small_system() -> Design:
    """A service that reads two stores and tells a stream, from which two jobs learn."""
    nodes = (
        a_node("app", "client-app"),
        a_node("service", "model-server"),
        a_node("cache", "cache"),
        a_node("store", "online-feature-store"),
        a_node("stream", "event-stream"),
        a_node("lake", "data-lake"),
        a_node("training", "training-pipeline"),
    )
    edges = (
        Edge(source="app", target="service"),
        Edge(source="service", target="cache", timeout_ms=5),
        Edge(source="service", target="store", timeout_ms=9),
        Edge(source="service", target="stream", mode=EdgeMode.ASYNC),
        Edge(source="stream", target="lake", mode=EdgeMode.BATCH),
        Edge(source="stream", target="training", mode=EdgeMode.BATCH),
        Edge(source="lake", target="training", mode=EdgeMode.BATCH),
    )
    return Design(nodes=nodes, edges=edges)


def lines(design: Design, *collapsed: Zone) -> list[tuple[str, str, list[str]]]:
    drawn = picture(design, PALETTE, PictureOptions(collapsed=collapsed))
    return [(edge.source, edge.target, edge.caption) for edge in drawn.edges]


def test_edges_into_a_collapsed_zone_are_merged_and_those_within_it_go() -> None:
    whole = lines(small_system())
    assert len(whole) == 7
    assert lines(small_system(), Zone.OFFLINE) == [
        *whole[:4],
        ("n5", "zone_offline", ["2 transfers"]),
    ]
    assert lines(small_system(), Zone.ONLINE) == [
        ("n1", "zone_online", []),
        ("zone_online", "n5", []),
        *whole[4:],
    ]


def test_only_edges_of_one_mode_are_merged_and_one_edge_keeps_what_it_says() -> None:
    nodes = (a_node("app", "client-app"), a_node("one", "ranker"), a_node("other", "ranker"))
    calls = tuple(Edge(source="app", target=one, timeout_ms=9) for one in ("one", "other", "one"))
    edges = (*calls, Edge(source="app", target="one", mode=EdgeMode.ASYNC, fallback="none"))
    design = Design(nodes=nodes, edges=edges)
    assert lines(design, Zone.ONLINE) == [
        ("n1", "zone_online", ["3 calls"]),
        ("n1", "zone_online", ["else none"]),
    ]
    assert len(lines(design)) == 4  # two calls of the same part stay two


@given(designs(), st.frozensets(st.sampled_from(Zone)))
def test_every_edge_is_drawn_once_or_lies_within_a_collapsed_zone(
    design: Design, zones: frozenset[Zone]
) -> None:
    drawn = picture(design, PALETTE, PictureOptions(collapsed=tuple(zones)))
    zone = {node.id: zone_of(node, PALETTE) for node in design.nodes}
    hidden = [edge for edge in design.edges if zone[edge.source] == zone[edge.target] in zones]
    shown = [edge for line in drawn.edges for edge in line.edges]
    assert len(shown) + len(hidden) == len(design.edges)
    assert all(edge.mode == line.mode for line in drawn.edges for edge in line.edges)
    for node in design.nodes:
        assert drawn.ids[node.id].startswith("zone_") == (zone[node.id] in zones)


@pytest.mark.parametrize("zones", [(), (Zone.OFFLINE,), (Zone.CLIENT, Zone.ONLINE), tuple(Zone)])
def test_a_collapsed_zone_is_one_node_that_says_how_much_it_stands_for(
    zones: tuple[Zone, ...],
) -> None:
    design = small_system()
    svg = render_svg(design, PALETTE, options=PictureOptions(collapsed=zones))
    sizes = {zone: len(nodes) for zone, nodes in by_zone(design, PALETTE).items()}
    hidden = [size for zone, size in sizes.items() if zone in zones]
    assert svg.count('class="node"') == len(design.nodes) - sum(hidden) + len(hidden)
    assert svg.count('class="cluster"') == len(sizes) - len(hidden)
    said = re.findall(r">(\d+) parts?<", svg)
    assert sorted(map(int, said)) == sorted(hidden)
    assert ("a collapsed zone" in svg) == bool(zones)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_critical_path_is_thicker_and_named_in_the_legend(theme: ThemeName) -> None:
    design = small_system()
    options = picture_options(design, PALETTE)
    assert options.critical_path == ("app", "service", "store")
    ink = THEMES[theme].critical
    dot = dot_source(design, PALETTE, theme=theme, options=options)
    marked = [line.split()[0] for line in dot.splitlines() if ink in line]
    assert marked == ["n1", "n2", "n4", "n1", "n2"]  # three nodes, two edges
    assert CRITICAL in render_svg(design, PALETTE, theme=theme, options=options)
    plain = picture_options(design, PALETTE, critical_path=False)
    without = render_svg(design, PALETTE, theme=theme, options=plain)
    assert ink not in without
    assert CRITICAL not in without


def test_the_critical_path_leads_through_a_collapsed_zone() -> None:
    options = picture_options(small_system(), PALETTE, collapsed=[Zone.ONLINE])
    drawn = picture(small_system(), PALETTE, options)
    assert drawn.critical == {"n1", "zone_online"}
    assert [edge.critical for edge in drawn.edges][:2] == [True, False]


def test_the_caption_says_what_the_path_is_measured_by() -> None:
    design = small_system()
    caption = path_caption(design, PALETTE, picture_options(design, PALETTE))
    assert "by service time without waiting: Client app → Model server → " in caption
    assert " ms" in caption
    assert path_caption(design, PALETTE, AS_DRAWN) == ""


def test_the_legend_names_what_occurs_and_nothing_else() -> None:
    svg = render_svg(small_system(), PALETTE, options=PictureOptions())
    root = ElementTree.fromstring(svg)
    (found,) = (one for one in root.iter(f"{SVG}g") if one.get("class") == "legend")
    assert [one.text for one in found.iter(f"{SVG}text")] == [
        "sync: the caller waits",
        "async: it does not wait",
        "batch: moved in bulk",
        *("sources", "streams", "storage", "features", "training", "serving", "caches"),
    ]
    bare = render_svg(small_system(), PALETTE)
    assert 'class="legend"' not in bare
    assert bare.removesuffix("</svg>\n").partition("<g id")[2] in svg  # nothing is moved by it


@given(designs(max_nodes=4), st.integers(480, 3000))
def test_a_legend_stays_within_its_width(design: Design, width: int) -> None:
    drawn = picture(design, PALETTE, PictureOptions())
    found = legend(drawn, PALETTE, PictureOptions(), THEMES["light"], width)
    assert found.width <= width
    assert ("<text" in found.svg) == bool(design.nodes)


def test_the_legend_can_show_every_shape_of_the_palette() -> None:
    assert {kind.shape for kind in PALETTE.kinds} <= set(OUTLINES)


def test_a_picture_grows_by_its_legend() -> None:
    design = small_system()
    width, height = picture_size(render_svg(design, PALETTE))
    wider, higher = picture_size(render_svg(design, PALETTE, options=PictureOptions()))
    assert wider >= width
    assert higher > height + 30


@pytest.mark.parametrize("exporter", EXPORTERS.values(), ids=EXPORTERS)
def test_only_pictures_heed_the_options(exporter: object) -> None:
    one = EXPORTERS[exporter.id]  # type: ignore[attr-defined]
    options = PictureOptions(collapsed=(Zone.OFFLINE,))
    changed = one.export(small_system(), PALETTE, "", options) != one.export(
        small_system(), PALETTE, ""
    )
    assert changed == one.is_picture


@pytest.mark.parametrize(
    ("width", "height", "fine"), [(200, 100, True), (1200, 1000, True), (14_000, 9_000, False)]
)
def test_a_large_png_has_fewer_pixels_per_inch(width: float, height: float, fine: bool) -> None:
    ppi = resolution(width, height)
    assert (ppi == FINE_PPI) == fine
    assert (ppi / 72) ** 2 * width * height <= MOST_PIXELS * 1.001
