"""Collapsed zones: one node stands for the parts of a zone; edges that become one are merged."""

from designs.drawing import Design, Edge, EdgeMode, Node, Zone
from designs.exporters.captions import by_zone, edge_caption
from designs.exporters.picture_options import PictureOptions
from designs.node_kind import Palette
from designs.record import Record

_NOUNS = {EdgeMode.SYNC: "calls", EdgeMode.ASYNC: "messages", EdgeMode.BATCH: "transfers"}


class DrawnEdge(Record):
    """A line of the picture, which stands for one edge of the design or for several."""

    source: str
    """Id of a node in the picture, and not in the design."""
    target: str
    mode: EdgeMode
    edges: tuple[Edge, ...]
    critical: bool = False
    """Whether one of its edges is on the path that is pointed out."""

    @property
    def caption(self) -> list[str]:
        """The lines beside it: what its only edge says, or how many it stands for."""
        if len(self.edges) == 1:
            return edge_caption(self.edges[0])
        return [f"{len(self.edges)} {_NOUNS[self.mode]}"]


class Picture(Record):
    """What is drawn of a design."""

    ids: dict[str, str]
    """Which node of the picture stands for each node of the design."""
    edges: tuple[DrawnEdge, ...]
    critical: frozenset[str]
    """Nodes of the picture that are pointed out."""
    zones: dict[Zone, tuple[tuple[str, Node], ...]]
    """All nodes of the design by zone, with their ids n1, n2 ... that a zone may stand for."""


def picture(design: Design, palette: Palette, options: PictureOptions) -> Picture:
    """Return what is drawn: the design, less what its collapsed zones hide.

    Edges are merged where one of their ends is a collapsed zone and source, target and mode are
    the same; those within such a zone are not drawn. Everything keeps the order of the design.

    Args:
        design: What is drawn.
        palette: Knows the usual zone of each kind.
        options: The zones to collapse and the path to point out.
    """
    zones = {zone: tuple(nodes) for zone, nodes in by_zone(design, palette).items()}
    ids = {
        node.id: zone_id(zone) if zone in options.collapsed else short
        for zone, nodes in zones.items()
        for short, node in nodes
    }
    steps = set(zip(options.critical_path, options.critical_path[1:], strict=False))
    standing_for = {zone_id(zone) for zone in options.collapsed}
    lines: dict[tuple[object, ...], list[Edge]] = {}
    for number, edge in enumerate(design.edges):
        source, target = ids[edge.source], ids[edge.target]
        if source == target:
            continue
        merged = source in standing_for or target in standing_for
        lines.setdefault((source, target, edge.mode, -1 if merged else number), []).append(edge)
    return Picture(
        ids=ids,
        edges=tuple(_line(ids, edges, steps) for edges in lines.values()),
        critical=frozenset(ids[one] for one in options.critical_path if one in ids),
        zones=zones,
    )


def _line(ids: dict[str, str], edges: list[Edge], steps: set[tuple[str, str]]) -> DrawnEdge:
    mode = edges[0].mode
    return DrawnEdge(
        source=ids[edges[0].source],
        target=ids[edges[0].target],
        mode=mode,
        edges=tuple(edges),
        critical=mode is EdgeMode.SYNC
        and any((edge.source, edge.target) in steps for edge in edges),
    )


def zone_id(zone: Zone) -> str:
    """Return the picture's id of the node that stands for a zone."""
    return f"zone_{zone.value}"
