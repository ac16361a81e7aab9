"""The drawing as it is typed: rows of text, some of them not finished yet.

Tables and imports hold what a person wrote, not what a design allows. Reading a draft takes every
row that is valid into a `Design` and keeps the others as they are, with a sentence on what each
needs. No row is ever dropped.
"""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, TypeVar

from pydantic import ValidationError

from designs.attempt_document import DraftRows
from designs.characters import storable
from designs.drawing import (
    MAX_EDGES,
    MAX_NODES,
    Balancing,
    Design,
    Edge,
    EdgeMode,
    Node,
    NodeOverrides,
    Zone,
)
from designs.identifiers import unused_slug
from designs.node_kind import NodeKind, Palette
from designs.record import Record

R = TypeVar("R", bound=Record)
Row = dict[str, str]
"""Column to text; a column that is empty is left out."""

MAX_NODE_ROWS, MAX_EDGE_ROWS = 200, 400
"""Rows that are kept; a few more than a design may have, so that nothing typed is refused early."""

_OVERRIDES = tuple(NodeOverrides.model_fields)
NODE_COLUMNS = ("id", "kind", "label", "replicas", "zone", "note", *_OVERRIDES)
EDGE_COLUMNS = tuple(Edge.model_fields)
_EXACT = frozenset({"label", "note", "fallback", "quality_loss"})
"""Prose is kept to the letter; everything else is read without blanks around it."""

_SLUG = "lower-case letters, digits and single hyphens, such as feature-store"
_SHOULD_BE = {
    "id": _SLUG,
    "kind": "a kind of the palette",
    "label": "at most 120 characters",
    "replicas": "a whole number from 1 to 10,000",
    "zone": f"one of {', '.join(Zone)}, or empty",
    "note": "at most 500 characters for a node, 120 for an edge",
    "source": "the id of a node",
    "target": "the id of a node",
    "mode": f"one of {', '.join(EdgeMode)}",
    "calls_per_request": "a number above 0, up to 100,000",
    "timeout_ms": "a number above 0, in milliseconds",
    "fallback": "at most 120 characters",
    "service_p50_ms": "a number above 0, in milliseconds",
    "service_p99_ms": "a number above 0, in milliseconds",
    "concurrency": "a whole number from 1 to 100,000",
    "cache_hit_ratio": "a number from 0 to 1",
    "items_per_call": "a whole number from 1 to 1,000,000",
    "per_item_ms": "a number above 0, in milliseconds",
    "max_batch_size": "a whole number from 1 to 4,096",
    "batch_delay_ms": "a number from 0, in milliseconds",
    "tokens_in": "a whole number from 0 to 2,000,000",
    "tokens_out": "a whole number from 1 to 200,000",
    "max_queue": "a whole number from 0 to 10,000,000",
    "load_balancing": f"one of {', '.join(Balancing)}",
    "usd_per_replica_hour": "US dollars from 0 to 10,000",
    "step": "a whole number from 0 to 100",
    "max_retries": "a whole number from 0 to 10",
    "backoff_ms": "a number from 0, in milliseconds",
    "cancel_on_timeout": "yes, or empty for no",
    "quality_loss": "at most 120 characters",
}


class DrawingDraft(Record):
    """Both tables of the drawing, row by row."""

    nodes: tuple[Row, ...] = ()
    edges: tuple[Row, ...] = ()


class DraftReading(Record):
    """What a draft says."""

    design: Design
    unfinished: DraftRows
    """The rows that are not part of the design."""
    problems: tuple[str, ...]
    """One sentence for each unfinished row: where it is and what it needs."""


def encode(draft: DrawingDraft) -> str:
    """Return a draft as the text that the store keeps.

    Characters that no store can hold become U+FFFD.
    """
    rows = {"nodes": [*map(_storable, draft.nodes)], "edges": [*map(_storable, draft.edges)]}
    return json.dumps(rows, separators=(",", ":"))


def _storable(row: Row) -> Row:
    return {storable(name): storable(cell) for name, cell in row.items()}


def decode(text: str) -> DrawingDraft:
    """Return the draft that `encode` wrote.

    Raises:
        ValueError: If it is not such a text.
    """
    return DrawingDraft.model_validate_json(text)


def add_node(draft: DrawingDraft, kind: NodeKind) -> DrawingDraft:
    """Return the draft with one more node of a kind, under an id that is free."""
    taken = {row.get("id", "").strip() for row in draft.nodes}
    row = {"id": unused_slug(kind.id, taken), "kind": kind.id}
    return DrawingDraft(nodes=(*draft.nodes, row), edges=draft.edges)


def draft_of(design: Design, unfinished: DraftRows | None = None) -> DrawingDraft:
    """Return the rows of a design, followed by those that are not part of it.

    Reading the result gives the design and the unfinished rows again.
    """
    rest = unfinished or DraftRows()
    return DrawingDraft(
        nodes=(*map(_node_row, design.nodes), *rest.nodes),
        edges=(*map(_edge_row, design.edges), *rest.edges),
    )


def read_draft(draft: DrawingDraft, palette: Palette) -> DraftReading:
    """Take the valid rows of a draft into a design.

    Args:
        draft: Rows as typed. The first of two nodes with the same id is the valid one.
        palette: Known kinds.

    Returns:
        The design, the rows that are left, and what each of those needs.
    """
    reader = _Reader(palette)
    for number, row in enumerate(draft.nodes, 1):
        reader.read_node(number, row)
    for number, row in enumerate(draft.edges, 1):
        reader.read_edge(number, row)
    return DraftReading(
        design=Design(nodes=tuple(reader.nodes.values()), edges=tuple(reader.edges)),
        unfinished=DraftRows(
            nodes=tuple(reader.open_nodes[:MAX_NODE_ROWS]),
            edges=tuple(reader.open_edges[:MAX_EDGE_ROWS]),
        ),
        problems=tuple(reader.problems),
    )


class _Reader:
    """Reads row after row and keeps what it found."""

    def __init__(self, palette: Palette) -> None:
        self.kinds = {kind.id for kind in palette.kinds}
        self.nodes: dict[str, Node] = {}
        self.edges: list[Edge] = []
        self.open_nodes: list[Row] = []
        self.open_edges: list[Row] = []
        self.problems: list[str] = []

    def read_node(self, number: int, row: Row) -> None:
        node, needs = _record(Node, _node_fields(row))
        if node is not None:
            needs = self._node_needs(node)
        needs = _unknown_columns(row, NODE_COLUMNS) or needs
        if node is None or needs:
            self.open_nodes.append(row)
            self.problems.append(f"Nodes, row {number}: {needs}")
        else:
            self.nodes[node.id] = node

    def read_edge(self, number: int, row: Row) -> None:
        edge, needs = _record(Edge, _stripped(row))
        if edge is not None:
            needs = self._edge_needs(edge)
        needs = _unknown_columns(row, EDGE_COLUMNS) or needs
        if edge is None or needs:
            self.open_edges.append(row)
            self.problems.append(f"Edges, row {number}: {needs}")
        else:
            self.edges.append(edge)

    def _node_needs(self, node: Node) -> str:
        if node.kind not in self.kinds:
            return f"the palette has no kind {node.kind!r}; choose one from the list."
        if node.id in self.nodes:
            return f"the id {node.id!r} is taken by a row above; give this node another one."
        if len(self.nodes) >= MAX_NODES:
            return f"a drawing has at most {MAX_NODES} nodes; merge some."
        return ""

    def _edge_needs(self, edge: Edge) -> str:
        for end in (edge.source, edge.target):
            if end not in self.nodes:
                return f"there is no finished node {end!r}; add it above or choose another."
        if edge.source == edge.target:
            return "a node cannot call itself; choose another target."
        if len(self.edges) >= MAX_EDGES:
            return f"a drawing has at most {MAX_EDGES} edges; merge some."
        return ""


def _record(kind: type[R], fields: dict[str, Any]) -> tuple[R | None, str]:
    try:
        return kind.model_validate(fields), ""
    except ValidationError as error:
        return None, " ".join(dict.fromkeys(_sentences(error)))


def _sentences(error: ValidationError) -> Iterator[str]:
    for found in error.errors(include_url=False, include_context=False, include_input=False):
        column = str(found["loc"][-1]) if found["loc"] else ""
        wanted = _SHOULD_BE.get(column, "left out")
        if found["type"] == "missing":
            yield f"{column} is missing; it is {wanted}."
        else:
            yield f"{column} is not {wanted}."


def _unknown_columns(row: Row, columns: tuple[str, ...]) -> str:
    strangers = sorted(set(row) - set(columns))
    return f"there is no column {', '.join(map(repr, strangers))}; remove it." if strangers else ""


def _node_fields(row: Row) -> dict[str, Any]:
    fields: dict[str, Any] = dict(_stripped(row))
    overrides = {name: fields.pop(name) for name in _OVERRIDES if name in fields}
    return fields | ({"overrides": overrides} if overrides else {})


def _stripped(row: Row) -> Row:
    """Leave out what is empty and the blanks around ids and numbers."""
    read = {key: text if key in _EXACT else text.strip() for key, text in row.items()}
    return {key: text for key, text in read.items() if text}


def _node_row(node: Node) -> Row:
    row = {"id": node.id, "kind": node.kind}
    row |= {"label": node.label, "note": node.note}
    row |= {"replicas": "" if node.replicas == 1 else str(node.replicas)}
    row |= {"zone": node.zone.value if node.zone else ""}
    row |= {name: _cell(getattr(node.overrides, name)) for name in _OVERRIDES}
    return {column: row[column] for column in NODE_COLUMNS if row.get(column)}


def _edge_row(edge: Edge) -> Row:
    calls = "" if edge.calls_per_request == 1 else _number(edge.calls_per_request)
    row = {
        "source": edge.source,
        "target": edge.target,
        "mode": edge.mode.value,
        "calls_per_request": calls,
        "timeout_ms": _number(edge.timeout_ms),
        "fallback": edge.fallback,
        "note": edge.note,
        "step": _cell(edge.step),
        "max_retries": _cell(edge.max_retries or None),
        "backoff_ms": _cell(edge.backoff_ms or None),
        "cancel_on_timeout": "yes" if edge.cancel_on_timeout else "",
        "quality_loss": edge.quality_loss,
    }
    return {column: text for column, text in row.items() if text}


def _cell(value: float | str | None) -> str:
    return value if isinstance(value, str) else _number(value)


def _number(value: float | None) -> str:
    """Spell a number so that reading it gives the very same one."""
    return "" if value is None else f"{Decimal(repr(value)):f}".removesuffix(".0")
