"""Readers of what the exporters write: what is drawn, and that nothing else is.

Each returns how many nodes and edges there are, or fails at the first thing that it does not
expect: a reader knows what may be there, not what may not.
"""

import io
import json
import re
import xml.etree.ElementTree as ET  # only ever reads what the product wrote itself
import zlib
from collections.abc import Callable
from typing import Any

from PIL import Image

from designs.drawing import DesignDocument
from designs.exporters.renderer import render
from designs.strict_document import parse_record

Image.MAX_IMAGE_PIXELS = None  # a drawing at the limits is large, and is our own

Counts = tuple[int, int]
SVG = "{http://www.w3.org/2000/svg}"
_TAGS = {"svg", "g", "title", "text", "path", "polygon", "polyline", "ellipse"}
_ATTRIBUTES = {
    *("role", "width", "height", "viewBox", "id", "class", "transform", "fill", "fill-opacity"),
    *("stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "points", "d", "cx", "cy"),
    *("rx", "ry", "x", "y", "text-anchor", "font-family", "font-size", "font-weight"),
    "{http://www.w3.org/XML/1998/namespace}space",
}


def read_svg(raw: bytes) -> Counts:
    text = raw.decode("utf-8")
    assert text.startswith("<svg ")
    assert "<!" not in text
    assert "<?" not in text
    root = ET.fromstring(text)
    groups = []
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in _TAGS, element.tag
        strangers = set(element.attrib) - _ATTRIBUTES
        assert not strangers, strangers
        for value in element.attrib.values():
            assert "url(" not in value
            assert "script" not in value
        groups.append(element.get("class"))
    assert len(root.findall(f".//{SVG}title")) == 1
    return groups.count("node"), groups.count("edge")


def svg_captions(raw: bytes, kind: str) -> list[str]:
    """Return what is written in each group of that class, without blanks."""
    root = ET.fromstring(raw)
    groups = [one for one in root.iter(f"{SVG}g") if one.get("class") == kind]
    return [
        "".join("".join(text.itertext()) for text in group.iter(f"{SVG}text")) for group in groups
    ]


def read_dot(raw: bytes) -> Counts:
    """Draw the source again; the renderer says which nodes and edges it found in it."""
    text = raw.decode("utf-8")
    for word in ("URL", "href", "image=", "shapefile", "tooltip", "target="):
        outside = re.sub(r"<[^\n]*>", "<>", text)  # a label is one line between angle brackets
        outside = re.sub(r"^//.*$", "", outside, flags=re.MULTILINE)
        assert word not in outside
    declared = re.findall(r"^\t+(n\d+) \[", text, re.MULTILINE)
    joined = re.findall(r"^\t+(n\d+) -> (n\d+) ?\[?", text, re.MULTILINE)
    svg = render(text, "svg", edges=len(joined))
    titles = [one.text or "" for one in ET.fromstring(svg).iter(f"{SVG}title")]
    drawn = [one for one in titles if re.fullmatch(r"n\d+", one)]
    edges = [one for one in titles if re.fullmatch(r"n\d+->n\d+", one)]
    others = set(titles) - set(drawn) - set(edges)
    assert all(one == "design" or one.startswith("cluster_") for one in others), others
    assert sorted(drawn) == sorted(declared)
    assert sorted(edges) == sorted(f"{one}->{other}" for one, other in joined)
    return len(drawn), len(edges)


_HARMLESS = r'(?:[^"#<>&\[\]{}|;`\\%\n\r]|#\d+;|<br/>)*'
_MERMAID = {
    "node": r"    n\d+(?:\[|\[\(|\{\{|\(\[|\[\[|>|\[/)\""
    + _HARMLESS
    + r"\"(?:\]|\)\]|\}\}|\]\)|\]\]|/\])",
    "edge": r"  n\d+ (?:-->|-\.->|==>)(?:\|\"" + _HARMLESS + r"\"\|)? n\d+",
    "zone": r'  subgraph (?:client|online|stream|offline|human)\["[A-Z][a-z: ]+[a-z]"\]',
    "end": r"  end",
    "head": r"flowchart LR",
    "title": r"  accTitle: [^;{}%#\n]+",
    "legend": r"  %% --> sync: [^{}]+",
    "note": r"  %% Captions are cut to \d+ characters, since Mermaid draws no more than [^{}]+",
    "fact": r"  %% dryrun-(?:node n|edge )\d+(?: [a-z_0-9]+=[A-Za-z0-9%._~-]+)+",
}  # fmt: skip


def read_mermaid(raw: bytes) -> Counts:
    lines = raw.decode("utf-8").removesuffix("\n").split("\n")
    assert lines[:5] == ["---", "config:", "  flowchart:", "    wrappingWidth: 240", "---"]
    kinds = []
    for line in lines[5:]:
        found = [kind for kind, pattern in _MERMAID.items() if re.fullmatch(pattern, line)]
        assert len(found) == 1, line
        kinds += found
    assert kinds[:3] == ["head", "title", "legend"]
    assert kinds.count("zone") == kinds.count("end")
    assert sum(len(one) + 1 for one in lines if not one.startswith("  %%")) <= 50_000
    assert kinds.count("fact") == kinds.count("node") + kinds.count("edge")
    return kinds.count("node"), kinds.count("edge")


def read_drawio(raw: bytes) -> Counts:
    """Hold every cell to what a page of ours may have; no label is HTML, nothing is a link."""
    text = raw.decode("utf-8")
    assert "<!" not in text
    root = ET.fromstring(text).find("./diagram/mxGraphModel/root")
    assert root is not None
    ids = [one.get("id") for one in root]
    assert len(set(ids)) == len(ids)
    kinds = []
    for holder in root.findall("object"):
        strangers = {
            name for name in holder.attrib if not re.fullmatch("label|id|dryrun-[a-z0-9_]+", name)
        }
        assert not strangers, strangers
        (cell,) = holder
        assert cell.get("parent") in ids
        style = cell.get("style", "")
        assert "html=1" not in style
        assert re.fullmatch(r"[A-Za-z0-9#=;. ]+", style)
        if cell.get("edge"):
            assert {cell.get("source"), cell.get("target")} <= set(ids)
            kinds.append("edge")
        else:
            kinds.append("zone" if "container=1" in style else "node")
    assert len(kinds) + 2 == len(ids)
    return kinds.count("node"), kinds.count("edge")


def read_excalidraw(raw: bytes) -> Counts:
    """Hold every element to its neighbours: both ends of a bond know of it."""
    scene = json.loads(raw)
    assert (scene["type"], scene["version"], scene["files"]) == ("excalidraw", 2, {})
    elements: dict[str, dict[str, Any]] = {one["id"]: one for one in scene["elements"]}
    assert len(elements) == len(scene["elements"])
    kinds = []
    for one in elements.values():
        kinds.append(one["type"])
        assert one["link"] is None
        for bond in one["boundElements"]:
            other = elements[bond["id"]]
            ends = [other.get(end) or {} for end in ("startBinding", "endBinding")]
            assert one["id"] in (other.get("containerId"), *(end.get("elementId") for end in ends))
        for holder in (one["frameId"], one.get("containerId")):
            assert holder is None or holder in elements
        if one["type"] == "arrow":
            assert one["points"][0] == [0, 0]
            assert {one[end]["elementId"] for end in ("startBinding", "endBinding")} <= {*elements}
    assert set(kinds) <= {"rectangle", "ellipse", "text", "arrow", "frame"}
    return kinds.count("rectangle") + kinds.count("ellipse"), kinds.count("arrow")


def read_pdf(raw: bytes) -> None:
    """Check that it is one page with embedded fonts and the text behind their glyphs."""
    assert raw.startswith(b"%PDF-1.")
    assert raw.rstrip().endswith(b"%%EOF")
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", raw, re.DOTALL)
    whole = raw
    for stream in streams:
        try:
            whole += zlib.decompressobj().decompress(stream)
        except zlib.error:
            continue  # not compressed: it is in `raw`
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", whole)) == 1
    for word in (b"/JavaScript", b"/URI", b"/Launch", b"/OpenAction", b"/EmbeddedFile"):
        assert word not in whole
    sizes = re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", whole)
    assert sizes
    assert max(map(float, sizes.groups())) <= 14_400
    if b"/Font" in whole:
        assert b"/FontFile" in whole
        assert b"/ToUnicode" in whole


def read_json(raw: bytes) -> Counts:
    document = parse_record(raw, DesignDocument, "export.json")
    return len(document.design.nodes), len(document.design.edges)


def read_png(raw: bytes) -> None:
    """Check that it is a picture; what is in it cannot be counted."""
    picture = Image.open(io.BytesIO(raw))
    picture.load()
    assert picture.format == "PNG"
    assert min(picture.size) > 100
    colours = picture.convert("RGB").getcolors(picture.width * picture.height)
    assert colours
    assert len(colours) > 3  # paper, ink and at least two more: not blank


READERS: dict[str, Callable[[bytes], Counts | None]] = {
    "svg": read_svg,
    "png": read_png,
    "dot": read_dot,
    "mermaid": read_mermaid,
    "pdf": read_pdf,
    "drawio": read_drawio,
    "excalidraw": read_excalidraw,
    "json": read_json,
}
