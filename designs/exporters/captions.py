"""What a drawing says in words: captions of nodes and edges, the same in every notation."""

import textwrap
import unicodedata

from designs.drawing import Design, Edge, Node, Zone
from designs.node_kind import NodeKind, Palette

ZONE_TITLES = {
    Zone.CLIENT: "Client",
    Zone.ONLINE: "Online: on the request path",
    Zone.STREAM: "Stream: within seconds",
    Zone.OFFLINE: "Offline: batch",
    Zone.HUMAN: "People",
}
_LINE = 24
"""Characters on a line of a node's caption."""


def clean(text: str) -> str:
    """Return a text on one line, without control or other characters that XML cannot hold."""
    if not (text.isascii() and text.isprintable()):  # as most labels are
        text = "".join(" " if unicodedata.category(one) in _UNPRINTABLE else one for one in text)
    return " ".join(text.split())


_UNPRINTABLE = frozenset({"Cc", "Cs", "Cn", "Zl", "Zp"})


def wrapped(text: str, width: int = _LINE) -> list[str]:
    """Return a cleaned text broken into lines; wide scripts take half as many characters."""
    cleaned = clean(text)
    if not cleaned.isascii() and any(map(_is_wide, cleaned)):
        width //= 2
    if len(cleaned) <= width:  # as most are
        return [cleaned]
    return textwrap.wrap(cleaned, width, break_on_hyphens=False) or [""]


def text_width(line: str) -> float:
    """Estimate the width of a line in multiples of the font size."""
    wide = 0 if line.isascii() else sum(map(_is_wide, line))
    return 1.05 * wide + 0.58 * (len(line) - wide)


def _is_wide(one: str) -> bool:
    return unicodedata.east_asian_width(one) in ("W", "F")


def node_title(node: Node, palette: Palette) -> str:
    """Return what the node is called: its label, or else its kind's."""
    kind = palette.kind(node.kind)
    return clean(node.label) or (kind.label if kind else node.kind)


def node_subtitle(node: Node, palette: Palette) -> str:
    """Return kind (where the label does not say it) and number of replicas."""
    kind = palette.kind(node.kind)
    parts = []
    if clean(node.label):
        parts.append(kind.label if kind else node.kind)
    if node.replicas > 1:
        parts.append(f"×{node.replicas:,}")
    return " · ".join(parts)


def edge_caption(edge: Edge) -> list[str]:
    """Return the lines beside an edge: calls, timeout and fallback, as far as given."""
    facts = []
    if edge.calls_per_request != 1:
        facts.append(_calls(edge.calls_per_request))
    if edge.timeout_ms is not None:
        facts.append(f"≤ {edge.timeout_ms:,.6g} ms")
    lines = [" · ".join(facts)] if facts else []
    if clean(edge.fallback):
        lines += wrapped(f"else {edge.fallback}")
    return lines


def _calls(per_request: float) -> str:
    """Several calls are a multiple; less than one is a share of the requests."""
    return f"×{per_request:,.6g}" if per_request > 1 else f"{100 * per_request:.3g} %"


def zone_of(node: Node, palette: Palette) -> Zone:
    """Return where a node runs: what it says, or else what its kind usually does."""
    kind = palette.kind(node.kind)
    return node.zone or (kind.zone if kind else Zone.ONLINE)


def by_zone(design: Design, palette: Palette) -> dict[Zone, list[tuple[str, Node]]]:
    """Return the nodes of each zone that has any, with the ids n1, n2 ... that notations use.

    A learner's own ids never become part of a notation's syntax.
    """
    zones: dict[Zone, list[tuple[str, Node]]] = {}
    for number, node in enumerate(design.nodes, 1):
        zones.setdefault(zone_of(node, palette), []).append((f"n{number}", node))
    return {zone: zones[zone] for zone in Zone if zone in zones}


def short_ids(design: Design) -> dict[str, str]:
    """Return the notation's id of each node: n1, n2 ... in the order of the design."""
    return {node.id: f"n{number}" for number, node in enumerate(design.nodes, 1)}


def shape_of(kind: NodeKind | None) -> str:
    """Return the shape of a kind; a box where the palette does not know it."""
    return kind.shape if kind else "box"
