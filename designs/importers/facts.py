"""The fields that our exports carry beside their shapes, read back."""

import re
from collections.abc import Mapping

from designs.characters import storable
from designs.drawing import Edge, Node
from designs.drawing_draft import EDGE_COLUMNS, NODE_COLUMNS, DrawingDraft, Row, read_draft
from designs.exporters.facts import PREFIX
from designs.node_kind import Palette
from designs.percent_encoding import percent_decoded

_COLUMNS = {*NODE_COLUMNS, *EDGE_COLUMNS}
_XML_ESCAPE = re.compile(r"\\u\{([0-9a-f]{1,6})\}")
_LAST_CHARACTER = 0x10FFFF


def from_percent(text: str) -> Row:
    """Read the pairs that `exporters.facts.percent` wrote; what is no such pair is left out."""
    pairs = (word.partition("=") for word in text.split())
    return {
        name: storable(percent_decoded(value.encode("utf-8", "replace")))
        for name, _, value in pairs
        if name in _COLUMNS
    }


def from_attributes(attributes: Mapping[str, str]) -> Row | None:
    """Read the attributes that the draw.io export wrote, or None where there are none."""
    row = {
        name.removeprefix(PREFIX): storable(_XML_ESCAPE.sub(_character, value))
        for name, value in attributes.items()
        if name.startswith(PREFIX) and name.removeprefix(PREFIX) in _COLUMNS
    }
    return row if len(row) > 1 else None


def from_custom_data(data: object) -> Row | None:
    """Read what the Excalidraw export put into ``customData``, or None."""
    if not isinstance(data, dict):
        return None
    row = {name: text for name, text in data.items() if name in _COLUMNS and isinstance(text, str)}
    return row if len(row) > 1 else None


def node_of(row: Row, palette: Palette) -> Node | None:
    """Return the node that a row describes, or None if it does not describe one any more."""
    nodes = read_draft(DrawingDraft(nodes=(row,)), palette).design.nodes
    return nodes[0] if nodes else None


def edge_of(row: Row, source: Node, target: Node, palette: Palette) -> Edge | None:
    """Return the edge that a row describes, between other nodes if need be, or None."""
    ends = tuple({"id": node.id, "kind": node.kind} for node in (source, target))
    moved = row | {"source": source.id, "target": target.id}
    edges = read_draft(DrawingDraft(nodes=ends, edges=(moved,)), palette).design.edges
    return edges[0] if edges else None


def _character(found: re.Match[str]) -> str:
    number = int(found[1], 16)
    return chr(number) if number <= _LAST_CHARACTER else found[0]
