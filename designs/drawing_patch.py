"""What an edit on the canvas changes in a design, as a short message.

A patch names the revision of the drawing that it was made on and holds a few operations. They
are applied in their order, all or none. Positions are not part of it: where a node stands is
how somebody looks at a design, not what it is.
"""

from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from designs.drawing import MAX_EDGES, MAX_NODES, Design, Edge, EdgeMode, Node, NodeOverrides, Zone
from designs.identifiers import Slug
from designs.node_kind import Palette
from designs.record import Record

MAX_PATCH_CHARACTERS = 100_000
"""Pasting half of the largest drawing takes less; one edit of a field takes about 100."""
MAX_OPERATIONS = 2 * (MAX_NODES + MAX_EDGES)


class PatchError(ValueError):
    """A patch that cannot be applied; the message is written for the person who draws."""


class NodeChange(NodeOverrides):
    """The fields of a node that get another value; null takes an optional one away."""

    label: str = Field(default="", max_length=120)
    replicas: int = Field(default=1, ge=1, le=10_000)
    zone: Zone | None = None
    note: str = Field(default="", max_length=500)


class EdgeChange(Record):
    """The fields of an edge that get another value; null takes an optional one away."""

    mode: EdgeMode = EdgeMode.SYNC
    calls_per_request: float = Field(default=1, gt=0, le=100_000)
    timeout_ms: float | None = Field(default=None, gt=0, le=3.6e6)
    fallback: str = Field(default="", max_length=120)
    note: str = Field(default="", max_length=120)
    step: int | None = Field(default=None, ge=0, le=100)
    max_retries: int = Field(default=0, ge=0, le=10)
    backoff_ms: float = Field(default=0, ge=0, le=3.6e6)
    cancel_on_timeout: bool = False
    quality_loss: str = Field(default="", max_length=120)


Place = Annotated[int, Field(ge=0, lt=MAX_NODES + MAX_EDGES)]
"""A position in the design's list of nodes or edges."""


class AddNode(Record):
    """Puts a node before the one at `at`, or at the end."""

    op: Literal["add-node"]
    node: Node
    at: Place | None = None


class UpdateNode(Record):
    """Changes fields of a node."""

    op: Literal["update-node"]
    id: Slug
    set: NodeChange


class RemoveNode(Record):
    """Takes a node away, and every edge that begins or ends there."""

    op: Literal["remove-node"]
    id: Slug


class AddEdge(Record):
    """Puts an edge before the one at `at`, or at the end."""

    op: Literal["add-edge"]
    edge: Edge
    at: Place | None = None


class UpdateEdge(Record):
    """Changes fields of the edge at a position; edges have no ids."""

    op: Literal["update-edge"]
    at: Place
    set: EdgeChange


class RemoveEdge(Record):
    """Takes the edge at a position away."""

    op: Literal["remove-edge"]
    at: Place


Operation = AddNode | UpdateNode | RemoveNode | AddEdge | UpdateEdge | RemoveEdge


class DrawingPatch(Record):
    """One message of the canvas."""

    base: int = Field(ge=0)
    """The revision that the operations were made on; 0 before anything was saved."""
    seq: str = Field(pattern=r"^[a-z0-9-]{1,40}$")
    """The message's own number, which comes back in the receipt."""
    ops: tuple[Annotated[Operation, Field(discriminator="op")], ...] = Field(
        min_length=1, max_length=MAX_OPERATIONS
    )


def read_patch(message: object) -> DrawingPatch:
    """Read a message as it came from the browser.

    Args:
        message: JSON text; anything else is refused.

    Raises:
        PatchError: If it is not a patch in every detail. What was sent is not quoted.
    """
    if not isinstance(message, str):
        raise PatchError("The canvas sent a message that is not text.")
    if len(message) > MAX_PATCH_CHARACTERS:
        raise PatchError(
            f"The canvas sent {len(message):,} characters at once; it may send "
            f"{MAX_PATCH_CHARACTERS:,}. Make the change in smaller steps."
        )
    try:
        return DrawingPatch.model_validate_json(message, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"][:6])[:80] or "message"
        raise PatchError(f"The canvas sent a change that is not valid, at {where}.") from None


def apply_patch(design: Design, patch: DrawingPatch, palette: Palette) -> Design:
    """Return the design after all operations of a patch.

    Args:
        design: What the patch was made on.
        patch: Its operations, in order.
        palette: Known kinds.

    Raises:
        PatchError: If one of them does not fit; then none counts.
    """
    work = _Workpiece(design, palette)
    for number, operation in enumerate(patch.ops, 1):
        try:
            work.apply(operation)
        except PatchError as error:
            raise PatchError(f"Change {number} of {len(patch.ops)}: {error}") from None
    return Design(nodes=tuple(work.nodes.values()), edges=tuple(work.edges))


class _Workpiece:
    """A design that is being changed."""

    def __init__(self, design: Design, palette: Palette) -> None:
        self.nodes = {node.id: node for node in design.nodes}
        self.edges = list(design.edges)
        self._kinds = {kind.id for kind in palette.kinds}

    def apply(self, operation: Operation) -> None:
        steps: dict[str, Callable[[Any], None]] = {
            "add-node": self._add_node,
            "update-node": self._update_node,
            "remove-node": self._remove_node,
            "add-edge": self._add_edge,
            "update-edge": self._update_edge,
            "remove-edge": self._remove_edge,
        }
        steps[operation.op](operation)

    def _add_node(self, operation: AddNode) -> None:
        node = operation.node
        if node.kind not in self._kinds:
            raise PatchError(f"the palette has no kind {node.kind!r}.")
        if node.id in self.nodes:
            raise PatchError(f"there is a node {node.id} already.")
        if len(self.nodes) >= MAX_NODES:
            raise PatchError(f"a drawing has at most {MAX_NODES} nodes; merge some.")
        items = list(self.nodes.items())
        items.insert(len(items) if operation.at is None else operation.at, (node.id, node))
        self.nodes = dict(items)

    def _update_node(self, operation: UpdateNode) -> None:
        node = self._node(operation.id)
        changed = operation.set.model_fields_set
        new = {name: getattr(operation.set, name) for name in changed}
        own = {name: value for name, value in new.items() if name in Node.model_fields}
        rest = {name: value for name, value in new.items() if name not in own}
        overrides = node.overrides.model_copy(update=rest)
        self.nodes[node.id] = node.model_copy(update=own | {"overrides": overrides})

    def _remove_node(self, operation: RemoveNode) -> None:
        del self.nodes[self._node(operation.id).id]
        self.edges = [e for e in self.edges if operation.id not in (e.source, e.target)]

    def _add_edge(self, operation: AddEdge) -> None:
        edge = operation.edge
        for end in (edge.source, edge.target):
            self._node(end)
        if edge.source == edge.target:
            raise PatchError("a node cannot call itself.")
        if len(self.edges) >= MAX_EDGES:
            raise PatchError(f"a drawing has at most {MAX_EDGES} edges; merge some.")
        at = len(self.edges) if operation.at is None else operation.at
        self.edges.insert(at, edge)

    def _update_edge(self, operation: UpdateEdge) -> None:
        edge = self._edge(operation.at)
        changed = operation.set.model_fields_set
        new = {name: getattr(operation.set, name) for name in changed}
        self.edges[operation.at] = edge.model_copy(update=new)

    def _remove_edge(self, operation: RemoveEdge) -> None:
        self._edge(operation.at)
        del self.edges[operation.at]

    def _node(self, node_id: str) -> Node:
        if node_id not in self.nodes:
            raise PatchError(f"there is no node {node_id}.")
        return self.nodes[node_id]

    def _edge(self, at: int) -> Edge:
        if at >= len(self.edges):
            raise PatchError(f"there is no edge number {at + 1}.")
        return self.edges[at]
