"""Mermaid: the design as a flowchart that documentation sites draw themselves."""

from designs.drawing import Design, EdgeMode, Node
from designs.exporters.captions import (
    ZONE_TITLES,
    by_zone,
    clean,
    edge_caption,
    node_subtitle,
    node_title,
    shape_of,
    short_ids,
)
from designs.exporters.facts import PREFIX, facts, percent
from designs.node_kind import Palette

_SHAPES = {
    "box": ("[", "]"),
    "cylinder": ("[(", ")]"),
    "hexagon": ("{{", "}}"),
    "ellipse": ("([", "])"),
    "folder": ("[[", "]]"),
    "note": (">", "]"),
    "component": ("[[", "]]"),
    "parallelogram": ("[/", "/]"),
}
_ARROWS = {EdgeMode.SYNC: "-->", EdgeMode.ASYNC: "-.->", EdgeMode.BATCH: "==>"}
_LEGEND = "%% --> sync: the caller waits; -.-> async: it does not; ==> batch: moved in bulk"


def mermaid_source(design: Design, palette: Palette, title: str = "") -> str:
    """Return the design as a Mermaid flowchart, one subgraph per zone.

    Args:
        design: What is drawn.
        palette: Label, shape and usual zone of each kind.
        title: Shown to screen readers.
    """
    lines = ["flowchart LR", f"  accTitle: {_title(title)}", f"  {_LEGEND}"]
    for zone, nodes in by_zone(design, palette).items():
        lines.append(f'  subgraph {zone.value}["{ZONE_TITLES[zone]}"]')
        lines += [f"    {short}{_node(node, palette)}" for short, node in nodes]
        lines.append("  end")
    ids = short_ids(design)
    for edge in design.edges:
        caption = "<br/>".join(map(_escaped, edge_caption(edge)))
        label = f'|"{caption}"|' if caption else ""
        lines.append(f"  {ids[edge.source]} {_ARROWS[edge.mode]}{label} {ids[edge.target]}")
    lines += _facts(design)
    return "\n".join(lines) + "\n"


def _facts(design: Design) -> list[str]:
    """Return the fields of the design as comments, which Mermaid skips and our importer reads."""
    nodes, edges = facts(design)
    return [
        *(f"  %% {PREFIX}node n{number} {percent(row)}" for number, row in enumerate(nodes, 1)),
        *(f"  %% {PREFIX}edge {number} {percent(row)}" for number, row in enumerate(edges, 1)),
    ]


def _node(node: Node, palette: Palette) -> str:
    left, right = _SHAPES[shape_of(palette.kind(node.kind))]
    text = _escaped(node_title(node, palette))
    subtitle = node_subtitle(node, palette)
    if subtitle:
        text += f"<br/>{_escaped(subtitle)}"
    return f'{left}"{text}"{right}'


def _title(text: str) -> str:
    """Return a text for a directive, which ends with its line and knows no quotes."""
    return "".join(one for one in clean(text) if one not in ";{}%#") or "Architecture diagram"


def _escaped(text: str) -> str:
    """Spell everything but letters, digits and harmless signs as Mermaid's numeric entities."""
    return "".join(one if _harmless(one) else f"#{ord(one)};" for one in text)


def _harmless(one: str) -> bool:
    return one.isalnum() or one in " .,:-+/()×≤·'!?=" or ord(one) > 0x2E7F
