"""From a sketch to a design: what our own export wrote is taken, everything else is guessed.

What a person can see in the other tool wins over the fields that came along: a label that was
edited there, a box that was moved to another zone, a line that was made dashed.
"""

import re

from designs.characters import storable
from designs.drawing import MAX_EDGES, MAX_NODES, Design, Edge, Node, Zone
from designs.drawing_draft import Row
from designs.exporters.captions import clean, edge_caption, node_subtitle, node_title, zone_of
from designs.identifiers import slugify, unused_slug
from designs.importers.captions import edge_row, replicas_in
from designs.importers.facts import edge_of, node_of
from designs.importers.importer import hold_to_limit
from designs.importers.read_design import ReadDesign, Remarks
from designs.importers.sketch import Sketch, SketchArrow, SketchBox
from designs.importers.words import kind_meaning, zone_meaning
from designs.node_kind import Palette

_MAX_LABEL, _MAX_NOTE, _MAX_EDGE_NOTE = 120, 500, 120
_MOST_CUTS = 2
"""A box has two captions that may be cut, an arrow has one."""
_PLAIN_KINDS = {
    Zone.CLIENT: "client-app",
    Zone.ONLINE: "decision-service",
    Zone.STREAM: "stream-processor",
    Zone.OFFLINE: "batch-pipeline",
    Zone.HUMAN: "review-team",
}
"""The plainest kind of each zone, for boxes whose words say nothing."""
_PLAIN_STORE = "operational-database"


def interpret(sketch: Sketch, name: str, palette: Palette, ignored: Remarks) -> ReadDesign:
    """Turn a sketch into a design.

    Args:
        sketch: What the file holds.
        name: What to call the file in messages.
        palette: The kinds that nodes may have.
        ignored: What the reader of the file left out already; more is added.

    Raises:
        ContentError: If there are more nodes or edges than a design may have.
    """
    reader = _Interpreter(palette, ignored)
    boxes = reader.kept(sketch)
    hold_to_limit(MAX_NODES, len(boxes), "boxes", "nodes", name)
    for box in boxes:
        reader.read_box(box)
    for arrow in sketch.arrows:
        reader.read_arrow(arrow)
    hold_to_limit(MAX_EDGES, len(reader.edges), "arrows", "edges", name)
    if not boxes:
        ignored.add("Nothing in it is a box with words, so there is nothing to take over")
    return ReadDesign(
        design=Design(nodes=tuple(reader.nodes.values()), edges=tuple(reader.edges)),
        title=clean(storable(sketch.title))[:400],
        inferred=reader.inferred.all(),
        ignored=ignored.all(),
    )


class _Interpreter:
    """Reads box after box, then arrow after arrow."""

    def __init__(self, palette: Palette, ignored: Remarks) -> None:
        self._palette, self.ignored, self.inferred = palette, ignored, Remarks()
        self.nodes: dict[str, Node] = {}
        """By the key of their box."""
        self.edges: list[Edge] = []
        self._taken: set[str] = set()

    def kept(self, sketch: Sketch) -> list[SketchBox]:
        """Leave out shapes without words that nothing leads to; put ours first, in their order."""
        joined = {end for arrow in sketch.arrows for end in (arrow.source, arrow.target)}
        boxes = []
        for box in sketch.boxes:
            if box.facts or _joined(box.lines) or box.key in joined:
                boxes.append(box)
            else:
                self.ignored.add("Shapes without words that no arrow leads to")
        return sorted(boxes, key=lambda box: (box.order is None, box.order or 0))

    # --- nodes ------------------------------------------------------------------------

    def read_box(self, box: SketchBox) -> None:
        node = node_of(box.facts, self._palette) if box.facts else None
        if node is None:
            if box.facts:
                self.inferred.add("The fields that came along do not fit; read anew", _one(box))
            node = self._guessed(box)
        else:
            node = self._relabelled(node, box)
            if node.id in self._taken:
                self.inferred.add("Copies of a shape, which got an id of their own", _one(box))
        node = self._moved(node, box)
        node = node.model_copy(update={"id": unused_slug(node.id, self._taken)})
        self._taken.add(node.id)
        self.nodes[box.key] = node

    def _relabelled(self, node: Node, box: SketchBox) -> Node:
        """Take the label that is shown, if it is not the one that was exported."""
        title, subtitle = node_title(node, self._palette), node_subtitle(node, self._palette)
        shown = _joined(box.lines)
        if _says(shown, title + subtitle):
            return node
        end = len(shown) - len(subtitle)
        label = shown[:end].strip() if subtitle and shown.endswith(subtitle) else shown
        self.inferred.add("The label was changed after the export; the new one is taken", label)
        return node.model_copy(update={"label": label[:_MAX_LABEL]})

    def _moved(self, node: Node, box: SketchBox) -> Node:
        """Take the zone in which the box lies, if that is not where the node would be anyway."""
        zone = self._zone_of(box)
        if zone is None or zone is zone_of(node, self._palette):
            return node
        self.inferred.add(f"Zone {zone.value}, from what the box lies in", _one(box))
        return node.model_copy(update={"zone": zone})

    def _zone_of(self, box: SketchBox) -> Zone | None:
        """Return the zone of the innermost place whose title says one."""
        for place in reversed(box.places):
            zone = zone_meaning(place)
            if zone:
                return zone
            if place.strip():
                self.ignored.add("Groups whose title names no zone", place)
        return None

    def _guessed(self, box: SketchBox) -> Node:
        replicas, label = replicas_in(_joined(box.lines))
        label, kind = self._kind_of(label, box)
        fields: Row = {"id": slugify(label or kind), "kind": kind, "label": label[:_MAX_LABEL]}
        if replicas > 1:
            fields["replicas"] = str(replicas)
            self.inferred.add(f"{replicas} replicas, from the label", label)
        if len(label) > _MAX_LABEL:
            fields["note"] = label[_MAX_LABEL:][:_MAX_NOTE]
            self.inferred.add("Labels too long for a node, whose end became the note", label)
        return Node.model_validate(fields)

    def _kind_of(self, label: str, box: SketchBox) -> tuple[str, str]:
        """Return the label without a kind that stands below it, and the kind."""
        for kind in self._palette.kinds:
            if _bare(label) == _bare(kind.label):
                return "", kind.id
            if len(box.lines) > 1 and label.endswith(f" {kind.label}"):
                return label.removesuffix(kind.label).strip(), kind.id
        meaning = kind_meaning(label, self._palette)
        if meaning:
            called = self._label_of(meaning.means)
            self.inferred.add(f'Read as {called}, from the words "{meaning.because}"', label)
            return label, meaning.means
        plain = _PLAIN_STORE if box.is_store else _PLAIN_KINDS[self._zone_of(box) or Zone.ONLINE]
        kind_id = plain if self._palette.kind(plain) else self._palette.kinds[0].id
        self.inferred.add(
            f"Read as {self._label_of(kind_id)} for want of a better word; choose the kind",
            label or "a box without words",
        )
        return label, kind_id

    def _label_of(self, kind_id: str) -> str:
        kind = self._palette.kind(kind_id)
        return kind.label if kind else kind_id

    # --- edges ------------------------------------------------------------------------

    def read_arrow(self, arrow: SketchArrow) -> None:
        source, target = self.nodes.get(arrow.source), self.nodes.get(arrow.target)
        if source is None or target is None:
            known = source or target
            about = node_title(known, self._palette) if known else ""
            self.ignored.add("Arrows that do not lead from a box to a box", about)
        elif source.id == target.id:
            self.ignored.add("Arrows from a box to itself; a node cannot call itself", source.label)
        else:
            self.edges.append(self._edge(arrow, source, target))

    def _edge(self, arrow: SketchArrow, source: Node, target: Node) -> Edge:
        edge = edge_of(arrow.facts, source, target, self._palette) if arrow.facts else None
        about = f"{source.id} -> {target.id}"
        shown = _joined(arrow.lines)
        if edge is None:
            edge = Edge(source=source.id, target=target.id)
        elif _says(shown, "".join(edge_caption(edge))):
            shown = ""
        else:
            self.inferred.add(
                "The caption was changed after the export; the new one is read", about
            )
            plain = {"calls_per_request": 1.0, "timeout_ms": None, "fallback": ""}
            edge = edge.model_copy(update=plain)
        if shown:
            edge = self._captioned(edge, arrow, (source, target), about)
        if arrow.mode and arrow.mode is not edge.mode:
            self.inferred.add(f"Mode {arrow.mode.value}, from the style of the line", about)
            edge = edge.model_copy(update={"mode": arrow.mode})
        return edge

    def _captioned(
        self, edge: Edge, arrow: SketchArrow, ends: tuple[Node, Node], about: str
    ) -> Edge:
        row, rest = edge_row(arrow.lines)
        if row:
            self.inferred.add(f"{' and '.join(row)}, from what stands beside the arrow", about)
        if rest:
            self.inferred.add("Words beside an arrow, which became its note", rest)
            row["note"] = rest[:_MAX_EDGE_NOTE]
        read = edge_of({"mode": edge.mode.value, "note": edge.note, **row}, *ends, self._palette)
        if read is None:
            self.ignored.add("Figures beside an arrow that are out of range", about)
            return edge
        return read.model_copy(update={name: getattr(edge, name) for name in _NOT_IN_CAPTIONS})


_NOT_IN_CAPTIONS = ("step", "max_retries", "backoff_ms", "cancel_on_timeout", "quality_loss")
"""What a caption does not show, and so a changed one does not change."""


def _one(box: SketchBox) -> str:
    return _joined(box.lines) or "a box without words"


def _joined(lines: tuple[str, ...]) -> str:
    return clean(storable(" ".join(lines)))


def _says(shown: str, whole: str) -> bool:
    """Return whether a caption is the one that was exported, whole or cut short with an ellipsis.

    The exporter of Mermaid cuts the captions of large drawings.
    """
    pieces = _bare(shown).split("…")
    if len(pieces) == 1 or len(pieces) > _MOST_CUTS + 1:
        return _bare(shown) == _bare(whole)
    return bool(re.fullmatch(".*".join(map(re.escape, pieces)), _bare(whole)))


def _bare(text: str) -> str:
    """Return a text without blanks, which lines are broken at."""
    return "".join(text.split())
