"""Excalidraw scenes: shapes with bound text, bound arrows, frames and boxes around boxes."""

import math
import re
from collections.abc import Iterator
from typing import Any

from designs.exporters.excalidraw import CUSTOM, MODES
from designs.importers.facts import from_custom_data
from designs.importers.html_lines import plain_lines
from designs.importers.importer import MAX_BYTES, MAX_SHAPES, hold_to_limit, refuse
from designs.importers.interpretation import interpret
from designs.importers.read_design import ReadDesign, Remarks
from designs.importers.sketch import Sketch, SketchArrow, SketchBox
from designs.node_kind import Palette
from designs.strict_document import Limits, parse_document

LIMITS = Limits(max_bytes=MAX_BYTES, max_events=400_000)
"""An element has some forty values, and each stroke of a pen two for every point."""
_SHAPES = ("rectangle", "ellipse", "diamond")
_FRAMES = ("frame", "magicframe")
_MODE_OF = {style: mode for mode, style in MODES.items()}
_OUR_NUMBER = re.compile(r"n(\d{1,4})")

Element = dict[str, Any]


def read_excalidraw(raw: bytes, name: str, palette: Palette) -> ReadDesign:
    """Read an Excalidraw scene.

    Args:
        raw: The file, as the tool saves it.
        name: What to call it in messages.
        palette: The kinds that nodes may have.

    Raises:
        ContentError: If it is no such file, is broken, or holds more than a design may.
    """
    data = parse_document(raw, name, LIMITS).data
    elements = data.get("elements") if isinstance(data, dict) else None
    if not isinstance(elements, list):
        refuse(name, "IMP005", "is JSON without a list of elements; save the scene again")
    state = data.get("appState")
    title = _text(state, "name") if isinstance(state, dict) else ""
    ignored = Remarks()
    return interpret(_Scene(elements, name, ignored).sketch(title), name, palette, ignored)


class _Scene:
    """The elements that are there, by id and by what they are."""

    def __init__(self, elements: list[Any], name: str, ignored: Remarks) -> None:
        self._ignored = ignored
        self._by_id: dict[str, Element] = {}
        for number, one in enumerate(elements):
            if not isinstance(one, dict):
                refuse(name, "IMP005", f"has an element (number {number + 1}) that is no object")
            if one.get("isDeleted") is True:
                continue
            key = _text(one, "id") or f"unnamed {number}"
            if key in self._by_id:
                message = f"has two elements with the id {key[:60]!r}; duplicate one of them anew"
                refuse(name, "IMP006", message)
            self._by_id[key] = one
        self._texts = self._bound_texts()
        shapes = [*self._of(*_SHAPES)]
        hold_to_limit(MAX_SHAPES, len(shapes), "shapes", "shapes", name)
        self._around = _Around(shapes, self._arrows_end_at())

    def sketch(self, title: str) -> Sketch:
        boxes = tuple(
            self._box(key, one) for key, one in self._of(*_SHAPES) if not self._around.holds(key)
        )
        arrows = tuple(self._arrow(key, one) for key, one in self._of("arrow"))
        self._note_the_rest()
        return Sketch(title=title, boxes=boxes, arrows=arrows)

    def _of(self, *kinds: str) -> Iterator[tuple[str, Element]]:
        return ((key, one) for key, one in self._by_id.items() if _text(one, "type") in kinds)

    def _bound_texts(self) -> dict[str, tuple[str, ...]]:
        """Return the text of each holder; one that was edited is as it was typed, not as broken."""
        return {
            _text(one, "containerId"): plain_lines(
                _text(one, "originalText") or _text(one, "text") or ""
            )
            for _, one in self._of("text")
            if _text(one, "containerId")
        }

    def _arrows_end_at(self) -> set[str]:
        return {end for _, one in self._of("arrow") for end in _ends(one)}

    def _box(self, key: str, one: Element) -> SketchBox:
        facts = from_custom_data(_custom(one))
        ours = _OUR_NUMBER.fullmatch(key) if facts else None
        return SketchBox(
            key=key,
            lines=self._texts.get(key, ()),
            places=self._places(key, one),
            facts=facts,
            order=int(ours[1]) if ours else None,
        )

    def _places(self, key: str, one: Element) -> tuple[str, ...]:
        frame = self._by_id.get(_text(one, "frameId"))
        outer = (_text(frame, "name"),) if frame and _text(frame, "type") in _FRAMES else ()
        return (*outer, *(" ".join(self._texts.get(one, ())) for one in self._around.of(key)))

    def _arrow(self, key: str, one: Element) -> SketchArrow:
        source, target = _ends(one)
        if one.get("startArrowhead") and not one.get("endArrowhead"):
            source, target = target, source
        return SketchArrow(
            source=source,
            target=target,
            lines=self._texts.get(key, ()),
            mode=_MODE_OF.get(_text(one, "strokeStyle")),
            facts=from_custom_data(_custom(one)),
        )

    def _note_the_rest(self) -> None:
        for one in self._by_id.values():
            kind = _text(one, "type")
            if kind == "text" and _text(one, "containerId") not in self._by_id:
                self._ignored.add("Texts that stand alone", _text(one, "text"))
            elif kind not in (*_SHAPES, *_FRAMES, "text", "arrow"):
                self._ignored.add("Elements that are neither boxes nor arrows", kind[:40])


class _Around:
    """Boxes that lie around other boxes and at which no arrow ends: groups, not nodes."""

    def __init__(self, shapes: list[tuple[str, Element]], ends: set[str]) -> None:
        areas = {key: _area(one) for key, one in shapes if _text(one, "type") in _SHAPES}
        groups = [
            (key, areas[key])
            for key, one in shapes
            if key not in ends and from_custom_data(_custom(one)) is None
        ]
        self._of: dict[str, tuple[str, ...]] = {}
        for key, area in areas.items():
            inside = [(outer, at) for outer, at in groups if outer != key and _contains(at, area)]
            inside.sort(key=lambda one: -(one[1][2] - one[1][0]))
            self._of[key] = tuple(outer for outer, _ in inside)
        self._groups = {outer for outers in self._of.values() for outer in outers}

    def holds(self, key: str) -> bool:
        """Tell whether a box has others in it."""
        return key in self._groups

    def of(self, key: str) -> tuple[str, ...]:
        """Return the groups around a box, the widest first."""
        return self._of.get(key, ())


Area = tuple[float, float, float, float]


def _area(one: Element) -> Area:
    x, y, width, height = (_number(one, name) for name in ("x", "y", "width", "height"))
    return x, y, x + width, y + height


def _contains(outer: Area, inner: Area) -> bool:
    around = outer[0] <= inner[0] and outer[1] <= inner[1]
    return around and outer[2] >= inner[2] and outer[3] >= inner[3] and outer != inner


def _ends(one: Element) -> tuple[str, str]:
    bonds = (one.get("startBinding"), one.get("endBinding"))
    source, target = (_text(bond, "elementId") if isinstance(bond, dict) else "" for bond in bonds)
    return source, target


def _custom(one: Element) -> object:
    data = one.get("customData")
    return data.get(CUSTOM) if isinstance(data, dict) else None


def _text(one: Element, key: str) -> str:
    value = one.get(key)
    return value if isinstance(value, str) else ""


def _number(one: Element, key: str) -> float:
    value = one.get(key)
    number = float(value) if isinstance(value, int | float) and abs(value) < 1e9 else 0.0
    return number if math.isfinite(number) else 0.0
