"""draw.io (diagrams.net) files: plain, or with the page packed as the tool does by default."""

import base64
import binascii
import re
import zlib
from collections.abc import Mapping

from designs.drawing import EdgeMode
from designs.exporters.facts import PREFIX
from designs.importers.facts import from_attributes
from designs.importers.html_lines import html_lines, plain_lines
from designs.importers.importer import MAX_BYTES, MAX_SHAPES, hold_to_limit, refuse
from designs.importers.interpretation import interpret
from designs.importers.plain_xml import MAX_DEPTH, Element, read_xml
from designs.importers.read_design import ReadDesign, Remarks
from designs.importers.sketch import Sketch, SketchArrow, SketchBox
from designs.node_kind import Palette
from designs.percent_encoding import percent_decoded

_STORES = ("cylinder", "cylinder2", "cylinder3", "datastore", "mxgraph.flowchart.database")
_OUR_NUMBER = re.compile(r"n(\d{1,4})")
_DOTTED = 2
"""Dashes up to this long are dots."""


def read_drawio(raw: bytes, name: str, palette: Palette) -> ReadDesign:
    """Read the first page of a draw.io file.

    Args:
        raw: The file.
        name: What to call it in messages.
        palette: The kinds that nodes may have.

    Raises:
        ContentError: If it is no such file, is broken, or holds more than a design may.
    """
    ignored = Remarks()
    root = read_xml(raw, name)
    if root.tag == "mxfile":
        pages = [child for child in root.children if child.tag == "diagram"]
        if not pages:
            refuse(name, "IMP005", "is a draw.io file without a page; save it again", root.line)
        if len(pages) > 1:
            ignored.add("Pages after the first", count=len(pages) - 1)
        title = pages[0].attributes.get("name", "")
        model = pages[0].first("mxGraphModel") or _unpacked(pages[0], name)
    else:
        title, model = "", root
    cells = model.first("root") if model.tag == "mxGraphModel" else None
    if cells is None:
        refuse(name, "IMP005", f"is XML, but no draw.io drawing: it begins with {root.tag[:40]!r}")
    return interpret(_Page(cells, name, ignored).sketch(title), name, palette, ignored)


def _unpacked(page: Element, name: str) -> Element:
    """Read a page that is packed: deflated, then in base64, then escaped as in an address."""
    try:
        packed = base64.b64decode("".join(page.text).strip(), validate=True)
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        text = inflater.decompress(packed, MAX_BYTES + 1)
    except (binascii.Error, ValueError, zlib.error):
        text = b""
    if len(text) > MAX_BYTES:
        message = f"unpacks to more than {MAX_BYTES:,} bytes; save only this page"
        refuse(name, "IMP002", message, page.line)
    if not text or not inflater.eof:
        message = "holds a packed page that is cut off or broken; save it again, uncompressed"
        refuse(name, "IMP001", message, page.line)
    inside = percent_decoded(text).encode("utf-8")
    if len(inside) > MAX_BYTES:
        refuse(name, "IMP002", f"unpacks to more than {MAX_BYTES:,} bytes", page.line)
    return read_xml(inside, f"{name} (unpacked page)")


class _Cell:
    """A shape or a line, with the attributes of the element around it."""

    def __init__(self, element: Element) -> None:
        inner = element.first("mxCell") if element.tag != "mxCell" else element
        self.line = element.line
        self.own = inner.attributes if inner else {}
        self.outer: Mapping[str, str] = element.attributes
        self.id = self.outer.get("id", "")
        self.style = _style(self.own.get("style", ""))
        self.parent = self.own.get("parent", "")
        self.is_edge = self.own.get("edge") == "1"
        self.is_vertex = self.own.get("vertex") == "1"

    @property
    def lines(self) -> tuple[str, ...]:
        label = self.outer.get("label", self.own.get("value", ""))
        return html_lines(label) if self.style.get("html") == "1" else plain_lines(label)


class _Page:
    """The cells of a page, by id."""

    def __init__(self, cells: Element, name: str, ignored: Remarks) -> None:
        hold_to_limit(MAX_SHAPES, len(cells.children), "cells", "shapes", name)
        self._ignored = ignored
        self._cells: dict[str, _Cell] = {}
        for number, element in enumerate(cells.children):
            if element.tag not in ("mxCell", "object", "UserObject"):
                ignored.add("Elements that are no cells", element.tag)
                continue
            cell = _Cell(element)
            cell.id = cell.id or f"unnamed {number}"
            if cell.id in self._cells:
                message = f"has two cells with the id {cell.id[:60]!r}; give one of them another"
                refuse(name, "IMP006", message, cell.line)
            self._cells[cell.id] = cell
        holders = {cell.parent for cell in self._cells.values() if cell.is_vertex}
        self._containers = {
            cell.id
            for cell in self._cells.values()
            if cell.is_vertex
            and from_attributes(cell.outer) is None
            and (cell.id in holders or f"{PREFIX}zone" in cell.outer)
        }

    def sketch(self, title: str) -> Sketch:
        captions: dict[str, list[str]] = {}
        boxes: list[SketchBox] = []
        for cell in self._cells.values():
            parent = self._cells.get(cell.parent)
            if cell.is_vertex and parent and parent.is_edge:
                captions.setdefault(parent.id, []).extend(cell.lines)
            elif cell.is_vertex and cell.id not in self._containers:
                boxes += self._box(cell)
        arrows = [
            self._arrow(cell, captions.get(cell.id, []))
            for cell in self._cells.values()
            if cell.is_edge
        ]
        return Sketch(title=title, boxes=tuple(boxes), arrows=tuple(arrows))

    def _box(self, cell: _Cell) -> list[SketchBox]:
        facts = from_attributes(cell.outer)
        if facts is None and "text" in cell.style:
            self._ignored.add("Texts that stand alone", " ".join(cell.lines))
            return []
        ours = _OUR_NUMBER.fullmatch(cell.id) if facts else None
        return [
            SketchBox(
                key=cell.id,
                lines=cell.lines,
                places=self._places(cell),
                is_store=cell.style.get("shape") in _STORES,
                facts=facts,
                order=int(ours[1]) if ours else None,
            )
        ]

    def _places(self, cell: _Cell) -> tuple[str, ...]:
        """Return the titles of what a cell lies in; a circle of parents ends at its beginning."""
        places: list[str] = []
        seen = {cell.id}
        while (cell := self._cells.get(cell.parent, cell)).id not in seen and cell.is_vertex:
            if len(places) == MAX_DEPTH:
                break
            seen.add(cell.id)
            places.insert(0, " ".join(cell.lines))
        return tuple(places)

    def _arrow(self, cell: _Cell, captions: list[str]) -> SketchArrow:
        source, target = cell.own.get("source", ""), cell.own.get("target", "")
        if cell.style.get("endArrow") == "none" and cell.style.get("startArrow", "none") != "none":
            source, target = target, source
        return SketchArrow(
            source=source,
            target=target,
            lines=(*cell.lines, *captions),
            mode=_mode(cell.style),
            facts=from_attributes(cell.outer),
        )


def _style(text: str) -> dict[str, str]:
    """Return a style's settings; a word alone, such as ``ellipse``, is a setting without value."""
    pairs = (part.partition("=") for part in text.split(";") if part)
    return {key.strip(): value.strip() for key, _, value in pairs}


def _mode(style: dict[str, str]) -> EdgeMode:
    if style.get("dashed") != "1":
        return EdgeMode.SYNC
    first = re.match(r"\d{1,3}(?:\.\d{1,3})?", style.get("dashPattern", ""))
    return EdgeMode.BATCH if first and float(first[0]) <= _DOTTED else EdgeMode.ASYNC
