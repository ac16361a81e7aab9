"""Drawings that come in: ours unchanged, others understood, and every guess said."""

import base64
import json
import zlib
from urllib.parse import quote

import pytest
from any_designs import any_design
from drawn_designs import HOSTILE, PALETTE, a_node, at_the_limits, every_kind, labelled, tangled
from golden.regenerate import PROMPTS
from hypothesis import HealthCheck, example, given, settings

from designs.characters import storable
from designs.drawing import Design, Edge, EdgeMode, Zone
from designs.exporters import EXPORTERS
from designs.importers import IMPORTERS, ReadDesign, read_drawing
from designs.importers.words import KIND_WORDS
from designs.library import shipped_pack

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


def out_and_in(notation: str, design: Design, title: str = "A drawing") -> ReadDesign:
    return read_drawing(EXPORTERS[notation].export(design, PALETTE, title), "a file", PALETTE)


def known(design: Design) -> Design:
    """Leave out what the palette does not know, which no import takes."""
    gone = {node.id for node in design.nodes if PALETTE.kind(node.kind) is None}
    return Design(
        nodes=tuple(node for node in design.nodes if node.id not in gone),
        edges=tuple(edge for edge in design.edges if not {edge.source, edge.target} & gone),
    )


# --- ours -------------------------------------------------------------------------------


@pytest.mark.parametrize("notation", IMPORTERS)
@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(any_design())
@example(Design())
@example(labelled(*map(storable, HOSTILE.values())))
@example(known(every_kind()))
@example(tangled())
def test_what_goes_out_comes_in_again(notation: str, design: Design) -> None:
    read = out_and_in(notation, design)
    assert read.design == design
    assert read.title == "A drawing" or notation == "json" or not design.nodes
    assert not read.inferred


@pytest.mark.parametrize("notation", IMPORTERS)
@pytest.mark.parametrize("prompt", PROMPTS)
def test_an_exemplar_comes_in_again(notation: str, prompt: str) -> None:
    exemplar = shipped_pack(prompt).exemplar
    read = out_and_in(notation, exemplar.design, exemplar.title)
    assert read == ReadDesign(design=exemplar.design, title=exemplar.title)


@pytest.mark.parametrize("notation", IMPORTERS)
def test_a_drawing_at_the_limits_comes_in_again(notation: str) -> None:
    design = at_the_limits(3)
    assert out_and_in(notation, design).design == design


def packed(raw: bytes) -> bytes:
    """Pack a page as the tool does by default."""
    text = raw.decode()
    start, end = text.index("<mxGraphModel"), text.index("</diagram>")
    deflater = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    page = deflater.compress(quote(text[start:end]).encode()) + deflater.flush()
    return (text[:start] + base64.b64encode(page).decode() + text[end:]).encode()


@settings(max_examples=30, deadline=None, suppress_health_check=SLOW)
@given(any_design())
def test_a_packed_page_is_the_same_page(design: Design) -> None:
    raw = packed(EXPORTERS["drawio"].export(design, PALETTE, "A drawing"))
    assert read_drawing(raw, "packed.drawio", PALETTE).design == design


# --- ours, edited elsewhere ---------------------------------------------------------------

PAIR = Design(
    nodes=(a_node("a", label="Features", replicas=3), a_node("b", label="Model")),
    edges=(Edge(source="a", target="b", timeout_ms=15, fallback="defaults", note="kept"),),
)
EDITS = {"mermaid": "Features<br/>", "drawio": "Features&#10;", "excalidraw": "Features\\n"}


@pytest.mark.parametrize("notation", EDITS)
def test_a_label_that_was_edited_there_is_taken(notation: str) -> None:
    text = EXPORTERS[notation].export(PAIR, PALETTE, "").decode()
    edited = EDITS[notation].replace("Features", "Counters")
    read = read_drawing(text.replace(EDITS[notation], edited).encode(), "edited", PALETTE)
    first = PAIR.nodes[0].model_copy(update={"label": "Counters"})
    assert read.design == PAIR.model_copy(update={"nodes": (first, PAIR.nodes[1])})
    assert [one.subjects for one in read.inferred] == [("Counters",)]


DASHED = {
    "mermaid": ("n1 -->", "n1 -.->"),
    "drawio": ("endArrow=block;endFill=1", "dashed=1;endArrow=block"),
    "excalidraw": ('"strokeStyle": "solid"', '"strokeStyle": "dashed"'),
}


@pytest.mark.parametrize("notation", DASHED)
def test_a_line_that_was_dashed_there_is_async(notation: str) -> None:
    before, after = DASHED[notation]
    text = EXPORTERS[notation].export(PAIR, PALETTE, "").decode()
    assert before in text
    read = read_drawing(text.replace(before, after).encode(), "edited", PALETTE)
    assert read.design.edges == (PAIR.edges[0].model_copy(update={"mode": EdgeMode.ASYNC}),)
    assert [one.message for one in read.inferred] == ["Mode async, from the style of the line"]


# --- others -----------------------------------------------------------------------------

FLOWCHART = """---
title: Feed
---
flowchart TB
  subgraph serving [Serving path]
    U([Mobile app]) -- 200 ms --> G[API Gateway x4]
    G -->|≤ 15 ms, else defaults| F[(Redis)]
    G --> R{{Ranking model}} & C["Thing #35;1"]
  end
  subgraph batch
    T[Weekly training] ==> M[MLflow]
  end
  F -.- Q
  G ~~~ T
  M --> M
  classDef red fill:#f00
  class F red; click G "javascript:alert(1)"
"""


def test_a_flowchart_of_somebody_else_is_understood() -> None:
    read = read_drawing(FLOWCHART.encode(), "feed.mmd", PALETTE)
    kinds = {node.id: node.kind for node in read.design.nodes}
    assert read.title == "Feed"
    assert kinds == {
        "mobile-app": "client-app",
        "api-gateway": "api-gateway",
        "redis": "cache",
        "ranking-model": "ranker",
        "thing-1": "decision-service",
        "weekly-training": "training-pipeline",
        "mlflow": "model-registry",
        "q": "decision-service",
    }
    gateway = read.design.node("api-gateway")
    assert gateway is not None
    assert (gateway.replicas, gateway.zone) == (4, None)
    edges = {(edge.source, edge.target): edge for edge in read.design.edges}
    assert edges["api-gateway", "redis"].timeout_ms == 15
    assert edges["api-gateway", "redis"].fallback == "defaults"
    assert edges["weekly-training", "mlflow"].mode is EdgeMode.BATCH
    assert edges["redis", "q"].mode is EdgeMode.ASYNC
    assert len(edges) == 6
    said = "\n".join(map(str, read.inferred))
    for words in ('"redis"', "4 replicas", "Mode batch", "for want of a better word"):
        assert words in said
    left_out = "\n".join(map(str, read.ignored))
    for words in ("~~~", "cannot call itself", "Styles, links to pages", "Missing heads"):
        assert words in left_out


CELL = '<mxCell id="{id}" value="{value}" style="{style}" vertex="1" parent="{parent}"/>'
LINE = '<mxCell id="{id}" style="{style}" edge="1" parent="1" {ends}/>'


def drawio(*cells: str) -> bytes:
    head = '<mxGraphModel><root><mxCell id="0"/><mxCell id="1" parent="0"/>'
    return (head + "".join(cells) + "</root></mxGraphModel>").encode()


def cell(cell_id: str, value: str, style: str = "html=1", parent: str = "1") -> str:
    return CELL.format(id=cell_id, value=value, style=style, parent=parent)


def line(cell_id: str, ends: str, style: str = "") -> str:
    return LINE.format(id=cell_id, ends=ends, style=style)


def test_a_drawio_file_of_somebody_else_is_understood() -> None:
    raw = drawio(
        cell("z", "Offline", "swimlane"),
        cell("a", "&lt;b&gt;Data&lt;/b&gt;&lt;br&gt;warehouse", parent="z"),
        cell("b", "Feature store", "shape=cylinder3", parent="z"),
        cell("t", "a note to myself", "text;html=1"),
        cell("s", ""),
        line("e", 'source="a" target="b"', "dashed=1;dashPattern=1 3"),
        cell("l", "nightly", "edgeLabel", parent="e"),
        line("loose", 'source="a"'),
        line("group", 'source="z" target="a"'),
    )
    read = read_drawing(raw, "x.drawio", PALETTE)
    assert [(n.kind, n.label, n.zone) for n in read.design.nodes] == [
        ("data-warehouse", "", None),
        ("online-feature-store", "Feature store", Zone.OFFLINE),
    ]
    (edge,) = read.design.edges
    assert (edge.mode, edge.note) == (EdgeMode.BATCH, "nightly")
    left_out = {one.message: one.count for one in read.ignored}
    assert left_out == {
        "Texts that stand alone": 1,
        "Shapes without words that no arrow leads to": 1,
        "Arrows that do not lead from a box to a box": 2,
    }


def test_an_excalidraw_scene_of_somebody_else_is_understood() -> None:
    def shape(key: str, kind: str, box: list[int], **rest: object) -> dict[str, object]:
        x, y, width, height = box
        return {"id": key, "type": kind, "x": x, "y": y, "width": width, "height": height, **rest}

    def text(key: str, holder: str | None, words: str) -> dict[str, object]:
        return shape(key, "text", [0, 0, 9, 9], containerId=holder, text=words)

    elements = [
        shape("zone", "rectangle", [0, 0, 900, 400]),
        text("zone-text", "zone", "Training (offline)"),
        shape("a", "rectangle", [10, 50, 100, 50]),
        text("a-text", "a", "Kafka"),
        shape("b", "ellipse", [300, 50, 100, 50]),
        text("b-text", "b", "Flux capacitor"),
        shape("arrow", "arrow", [0, 0, 9, 9], strokeStyle="dashed",
              startBinding={"elementId": "b"}, endBinding={"elementId": "a"},
              startArrowhead="arrow", endArrowhead=None),
        shape("pen", "freedraw", [0, 0, 9, 9]),
        text("alone", None, "some words"),
        {**shape("gone", "rectangle", [0, 0, 9, 9]), "isDeleted": True},
    ]  # fmt: skip
    raw = json.dumps({"type": "excalidraw", "version": 2, "elements": elements}).encode()
    read = read_drawing(raw, "x.excalidraw", PALETTE)
    assert [(n.kind, n.label, n.zone) for n in read.design.nodes] == [
        ("event-stream", "Kafka", Zone.OFFLINE),
        ("batch-pipeline", "Flux capacitor", None),
    ]
    (edge,) = read.design.edges
    assert (edge.source, edge.target, edge.mode) == ("kafka", "flux-capacitor", EdgeMode.ASYNC)
    assert {one.message for one in read.ignored} == {
        "Texts that stand alone",
        "Elements that are neither boxes nor arrows",
    }


def test_the_design_of_a_session_can_be_taken_alone() -> None:
    design = {"nodes": [{"id": "a", "kind": "cache"}]}
    document = {"schema_version": 1, "prompt": "fraud-detection", "design": design}
    raw = json.dumps(document).encode()
    read = read_drawing(raw, "attempt.json", PALETTE)
    assert read.design == Design(nodes=(a_node("a"),))
    assert read.ignored


def test_every_synonym_means_a_kind_of_the_palette() -> None:
    kinds = {kind.id for kind in PALETTE.kinds}
    assert {one.means for one in KIND_WORDS} <= kinds
    words = [word for one in KIND_WORDS for word in one.words]
    assert len(set(words)) == len(words)
    assert all(one.why for one in KIND_WORDS)
