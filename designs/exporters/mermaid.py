"""Mermaid: the design as a flowchart that documentation sites draw themselves."""

from designs.drawing import Design, Edge, EdgeMode, Node
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
_WIDE = ("---", "config:", "  flowchart:", "    wrappingWidth: 240", "---")
"""Mermaid would break captions after 120 pixels, which leaves a word to a line."""
_LEGEND = "%% --> sync: the caller waits; -.-> async: it does not; ==> batch: moved in bulk"


MOST_CHARACTERS = 50_000
"""What Mermaid draws unless a page allows more (its ``maxTextSize``), comments left out."""
_HEAD = 3_000
"""Room for the first lines, of which the title may have 400 characters."""
_CAPTIONS = (None, 60, 25, 4)
"""How long a caption may be, in characters, from whole ones down to what always fits."""
_NOTE = (
    "%% Captions are cut to {most} characters, since Mermaid draws no more than 50,000 in all; "
    "the comments below keep every word"
)


def mermaid_source(design: Design, palette: Palette, title: str = "") -> str:
    """Return the design as a Mermaid flowchart, one subgraph per zone.

    Args:
        design: What is drawn.
        palette: Label, shape and usual zone of each kind.
        title: Shown to screen readers.

    Returns:
        The source. Where it would be longer than Mermaid draws, captions are shortened, and a
        comment says so; the fields behind them stay whole.
    """
    for most in _CAPTIONS:
        body = _body(design, palette, most)
        if _drawn_length(body) <= MOST_CHARACTERS - _HEAD:
            break
    note = [] if most is None else [f"  {_NOTE.format(most=most)}"]
    head = [*_WIDE, "flowchart LR", f"  accTitle: {_title(title)}", f"  {_LEGEND}", *note]
    return "\n".join([*head, *body, *_facts(design)]) + "\n"


def _body(design: Design, palette: Palette, most: int | None) -> list[str]:
    """Return nodes by zone, and edges, with captions of so many characters; None means whole."""
    lines = []
    for zone, nodes in by_zone(design, palette).items():
        lines.append(f'  subgraph {zone.value}["{ZONE_TITLES[zone]}"]')
        lines += [f"    {short}{_node(node, palette, most)}" for short, node in nodes]
        lines.append("  end")
    ids = short_ids(design)
    for edge in design.edges:
        caption = "<br/>".join(map(_escaped, _edge_lines(edge, most)))
        label = f'|"{caption}"|' if caption else ""
        lines.append(f"  {ids[edge.source]} {_ARROWS[edge.mode]}{label} {ids[edge.target]}")
    return lines


def _edge_lines(edge: Edge, most: int | None) -> list[str]:
    lines = edge_caption(edge)
    whole = " ".join(lines)
    return lines if most is None or len(whole) <= most else [_cut(whole, most)]


def _cut(text: str, most: int | None) -> str:
    """Shorten a text so that it says that it was."""
    return text if most is None or len(text) <= most else text[: most - 1].rstrip() + "…"


def _drawn_length(lines: list[str]) -> int:
    """Count as Mermaid does, in the code units of JavaScript; it leaves comments out first."""
    return sum(len(line.encode("utf-16-le")) // 2 + 1 for line in lines)


def _facts(design: Design) -> list[str]:
    """Return the fields of the design as comments, which Mermaid skips and our importer reads."""
    nodes, edges = facts(design)
    return [
        *(f"  %% {PREFIX}node n{number} {percent(row)}" for number, row in enumerate(nodes, 1)),
        *(f"  %% {PREFIX}edge {number} {percent(row)}" for number, row in enumerate(edges, 1)),
    ]


def _node(node: Node, palette: Palette, most: int | None) -> str:
    left, right = _SHAPES[shape_of(palette.kind(node.kind))]
    text = _escaped(_cut(node_title(node, palette), most))
    subtitle = _cut(node_subtitle(node, palette), most)
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
