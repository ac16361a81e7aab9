"""The canvas and the server mean the same by a patch: the browser's own code, run by Node.js."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_designs import designs

from designs.drawing import Design, Edge, EdgeMode, Node
from designs.drawing_patch import apply_patch, read_patch
from designs.library import shipped_palette

PATCH_JS = Path(__file__).parents[2] / "components" / "canvas" / "frontend" / "src" / "patch.js"
SCRIPT = """
import { readFileSync } from "node:fs";
const { patchOps } = await import(process.argv[1]);
const cases = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(cases.map(([from, to]) => patchOps(from, to))));
"""
Keyed = tuple[Design, list[str]]
"""A design, and the key of each edge, as the canvas keeps them."""


def as_canvas_keeps_it(design: Design, keys: list[str]) -> dict[str, Any]:
    doc = design.model_dump(mode="json", exclude_defaults=True)
    edges = [edge | {"key": key} for edge, key in zip(doc.get("edges", []), keys, strict=True)]
    return {"nodes": doc.get("nodes", []), "edges": edges}


@st.composite
def edited(draw: st.DrawFn) -> tuple[Keyed, Keyed]:
    """A design and what a few edits of the canvas made of it."""
    start = draw(designs(max_nodes=8))
    keys = [f"edge-{number}" for number in range(len(start.edges))]
    nodes = [node for node in start.nodes if draw(st.integers(0, 4))]
    kept = {node.id for node in nodes}
    edges = [
        (key, edge)
        for key, edge in zip(keys, start.edges, strict=True)
        if {edge.source, edge.target} <= kept and draw(st.integers(0, 3))
    ]
    nodes = [draw(_changed_node(node)) for node in nodes]
    edges = [(key, draw(_changed_edge(edge))) for key, edge in edges]
    for number in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(nodes)))
        nodes.insert(place, Node(id=f"new-node-{number}", kind="ranker"))
    if len(nodes) > 1:
        for number in range(draw(st.integers(0, 3))):
            source, target = draw(st.permutations(nodes))[:2]
            place = draw(st.integers(0, len(edges)))
            edges.insert(place, (f"new-{number}", Edge(source=source.id, target=target.id)))
    after = Design(nodes=tuple(nodes), edges=tuple(edge for _, edge in edges))
    return (start, keys), (after, [key for key, _ in edges])


def _changed_node(node: Node) -> st.SearchStrategy[Node]:
    other = node.model_copy(update={"label": "", "replicas": 4, "zone": None})
    plain = other.model_copy(update={"overrides": type(node.overrides)(concurrency=7)})
    return st.sampled_from((node, node, other, plain))


def _changed_edge(edge: Edge) -> st.SearchStrategy[Edge]:
    other = edge.model_copy(update={"mode": EdgeMode.BATCH, "timeout_ms": None, "fallback": "x"})
    return st.sampled_from((edge, edge, other))


@pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is not installed")
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(edited(), min_size=5, max_size=20))
def test_what_the_canvas_sends_makes_what_it_shows(cases: list[tuple[Keyed, Keyed]]) -> None:
    sent = [(as_canvas_keeps_it(*before), as_canvas_keeps_it(*after)) for before, after in cases]
    answer = subprocess.run(
        ["node", "--input-type=module", "-e", SCRIPT, PATCH_JS.as_uri()],
        input=json.dumps(sent),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    for ((before, _), (after, _)), ops in zip(cases, json.loads(answer.stdout), strict=True):
        if ops:
            patch = read_patch(json.dumps({"base": 1, "seq": "t", "ops": ops}))
            assert apply_patch(before, patch, shipped_palette()) == after
        else:
            assert before == after
