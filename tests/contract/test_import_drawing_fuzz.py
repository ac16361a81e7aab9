"""Broken and hostile drawings: a design or one clear error, never anything else."""

import base64
import json
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from drawn_designs import HOSTILE, PALETTE, labelled
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_import_drawings import FLOWCHART, cell, drawio, line, packed

from designs.characters import storable
from designs.exporters import EXPORTERS
from designs.importers import IMPORTERS, ReadDesign, read_drawing
from designs.problem import ContentError

VALID = {
    name: EXPORTERS[name].export(labelled("Redis", "a > b"), PALETTE, "T") for name in IMPORTERS
}
VALID |= {"packed": packed(VALID["drawio"]), "flowchart": FLOWCHART.encode()}
SNIPPETS = [
    *(b'"', b"<", b">", b"&", b"{", b"}", b"[", b"]", b";", b"|", b"%%", b"-->", b"\\", b"#35;"),
    *(b"NaN", b"1e999", b"-1", b"null", b"true", b"[]", b"{}", b'""', b"9" * 400, b"\x00", b"\xff"),
    *(b"&#0;", b"&x;", b"<!DOCTYPE a>", b"<![CDATA[", b"subgraph x\n", b"end\n", b"\\u0000", b"\r"),
    *(b"\\ud800", "\u202e\u2028".encode(), "\U0001f600".encode(), b"\\u{110000}", b"#9999999;"),
]


def read(raw: bytes) -> ReadDesign | None:
    """Read a file; a refusal has to say where and what, in one line for each problem."""
    try:
        found = read_drawing(raw, "a file", PALETTE)
    except ContentError as error:
        for problem in error.problems:
            assert str(problem).isprintable()
            assert problem.line >= 1
            assert problem.column >= 1
            assert len(problem.message) > 8
        return None
    assert ReadDesign.model_validate_json(found.model_dump_json()) == found
    assert all(str(one).isprintable() for one in (*found.inferred, *found.ignored))
    assert PALETTE.unknown_kinds(found.design) == ()
    return found


def refusal(raw: bytes) -> str:
    with pytest.raises(ContentError) as caught:
        read_drawing(raw, "a file", PALETTE)
    (problem,) = caught.value.problems
    return str(problem)


@st.composite
def mutated(draw: st.DrawFn, raw: bytes) -> bytes:
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(raw)))
        end = draw(st.integers(start, min(len(raw), start + draw(st.sampled_from([0, 1, 8, 200])))))
        piece = draw(st.sampled_from([*SNIPPETS, b"", raw[start:end] * 2]))
        raw = raw[:start] + piece + raw[end:]
    return raw[: draw(st.one_of(st.just(len(raw)), st.integers(0, len(raw))))]


@pytest.mark.parametrize("name", VALID)
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_mutated_file_is_read_or_refused(name: str, data: st.DataObject) -> None:
    read(data.draw(mutated(VALID[name])))


def _values(one: Any) -> st.SearchStrategy[Any]:
    """Return a scene with any of its values replaced by any other."""
    strange = st.sampled_from([None, True, -1, 1e300, 10**30, "", "n1", "x" * 300, [], {}, [[]]])
    if isinstance(one, dict):
        return st.fixed_dictionaries({}, optional={key: _values(v) for key, v in one.items()})
    if isinstance(one, list) and one:
        return st.tuples(*map(_values, one)).map(list) | strange
    return st.just(one) | strange


SCENE = json.loads(EXPORTERS["excalidraw"].export(labelled("Redis"), PALETTE, "T"))


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(SCENE["elements"]).flatmap(_values), max_size=6))
def test_elements_with_strange_values_are_read_or_refused(elements: list[Any]) -> None:
    read(json.dumps({"type": "excalidraw", "elements": elements}).encode())


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from(list('abn1 -=.>|[](){}<"&;%@:~ox\n/\\#')), max_size=60))
def test_any_line_of_a_flowchart_is_read_or_refused(text: str) -> None:
    read(f"flowchart LR\n{text}\n".encode())


@pytest.mark.parametrize("name", VALID)
def test_a_truncated_file_is_refused_or_says_less(name: str) -> None:
    raw = VALID[name]
    for end in range(0, len(raw), max(1, len(raw) // 60)):
        read(raw[:end])


# --- one by one ---------------------------------------------------------------------------

BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
EXTERNAL = '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def deep_xml(depth: int) -> bytes:
    return b"<mxGraphModel>" * depth + b"</mxGraphModel>" * depth


def inflating(size: int) -> bytes:
    deflater = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    page = deflater.compress(b" " * size) + deflater.flush()
    return b"<mxfile><diagram>" + base64.b64encode(page) + b"</diagram></mxfile>"


def boxes(count: int) -> bytes:
    return drawio(*(cell(f"c{n}", f"Redis {n}") for n in range(count)))


def scene(*elements: dict[str, Any]) -> bytes:
    return json.dumps({"type": "excalidraw", "elements": elements}).encode()


def shapes(count: int) -> bytes:
    return scene(*({"id": f"s{n}", "type": "rectangle", "x": n} for n in range(count)))


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "an entity bomb": (f"<!DOCTYPE a [{BOMB}]><a>&e11;</a>".encode, "remove the DOCTYPE"),
    "an external entity": (f"{EXTERNAL}<mxfile>&e;</mxfile>".encode, "IMP004"),
    "an entity of its own": (lambda: b"<mxfile>&e;</mxfile>", "undefined entity"),
    "another encoding": (lambda: b'<?xml version="1.0" encoding="klingon"?><a/>', "encoding"),
    "deep XML": (lambda: deep_xml(100_000), "nested deeper than 40"),
    "deep JSON": (lambda: b'{"type": "excalidraw", "elements": ' + b"[" * 100_000, "nested"),
    "deep subgraphs": (lambda: b"flowchart LR\n" + b"subgraph a\n" * 50, "nested deeper than 40"),
    "an inflating page": (lambda: inflating(60_000_000), "unpacks to more than"),
    "a broken page": (lambda: b"<mxfile><diagram>!!!</diagram></mxfile>", "cut off or broken"),
    "no page": (lambda: b"<mxfile/>", "without a page"),
    "50 MB": (lambda: b"<" * 50_000_000, "larger than 8 MiB"),
    "many cells": (lambda: boxes(4000), "4,002 cells"),
    "500 boxes": (lambda: boxes(500), "holds 500 boxes; a drawing has at most 150 nodes"),
    "2,000 shapes": (lambda: shapes(4000), "at most 3,000 shapes"),
    "the same id twice": (lambda: drawio(cell("a", "A"), cell("a", "B")), "two cells with the id"),
    "an element twice": (lambda: scene({"id": "a"}, {"id": "a"}), "two elements with the id"),
    "NaN": (lambda: b'{"type": "excalidraw", "elements": [NaN]}', "NaN is not a number"),
    "a huge number": (lambda: b'{"type": "excalidraw", "x": 1e999}', "too large"),
    "a long number": (lambda: b'{"type": "excalidraw", "x": ' + b"9" * 5000 + b"}", "digits"),
    "a design with itself": (
        lambda: b'{"nodes": [{"id": "a", "kind": "cache"}, {"id": "a", "kind": "cache"}]}',
        "node id used twice: a",
    ),
    "a dangling edge": (
        lambda: b'{"nodes": [], "edges": [{"source": "a", "target": "b"}]}',
        "there is no node 'a'",
    ),
    "too many links": (
        lambda: b"flowchart LR\n" + b" --> ".join([b" & ".join([b"a"] * 200)] * 2),
        "more than 3,000 links",
    ),
    "a long line": (lambda: b"flowchart LR\n" + b"a" * 30_000, "line of more than 20,000"),
    "a broken line": (lambda: b"flowchart LR\na[Redis --> b", ":2:3: IMP001"),
    "an open subgraph": (lambda: b"flowchart LR\nsubgraph a\nb", "ends inside a subgraph"),
    "an end too many": (lambda: b"flowchart LR\nend", "without a subgraph"),
    "another chart": (lambda: b"pie\n a: 1", "none of the notations"),
    "no text": (lambda: b"\x89PNG\r\n\x1a\n", "none of the notations"),
    "nothing": (lambda: b" \n", "is empty"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_and_why(name: str) -> None:
    make, said = REFUSED[name]
    assert said in refusal(make())


def test_a_circle_of_parents_ends() -> None:
    found = read(drawio(cell("a", "Redis", parent="b"), cell("b", "Kafka", parent="a")))
    assert found is not None


def test_cycles_parallel_and_dangling_arrows() -> None:
    ends = ('source="a" target="b"', 'source="b" target="a"', 'source="a" target="gone"')
    arrows = (line(f"e{n}", one) for n, one in enumerate(ends + ends[:1]))
    found = read(drawio(cell("a", "Redis"), cell("b", "Kafka"), *arrows))
    assert found is not None
    assert [(edge.source, edge.target) for edge in found.design.edges] == [
        ("redis", "kafka"),
        ("kafka", "redis"),
        ("redis", "kafka"),
    ]
    assert [str(one) for one in found.ignored] == [
        'Arrows that do not lead from a box to a box: "Redis"'
    ]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_label_of_somebody_else_is_a_label(text: str) -> None:
    shown = storable(text)
    raw = scene(
        {"id": "a", "type": "rectangle", "x": 0, "y": 0, "width": 9, "height": 9},
        {"id": "t", "type": "text", "containerId": "a", "text": f"Redis {shown}"},
    )
    found = read(raw)
    assert found is not None
    (node,) = found.design.nodes
    assert node.kind in {kind.id for kind in PALETTE.kinds}
    assert node.label.startswith("Redis")
