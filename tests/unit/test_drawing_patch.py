"""Edits of the canvas: all or none, as if the record was changed, and nothing unknown gets in."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_designs import KINDS, designs, prose, slugs

from designs.drawing import MAX_NODES, Design, Edge, EdgeMode, Node, NodeOverrides, Zone
from designs.drawing_draft import draft_of, read_draft
from designs.drawing_patch import (
    MAX_PATCH_CHARACTERS,
    DrawingPatch,
    EdgeChange,
    NodeChange,
    PatchError,
    apply_patch,
    read_patch,
)
from designs.library import shipped_palette

PALETTE = shipped_palette()
SMALL = Design(
    nodes=(
        Node(id="a", kind="api-gateway"),
        Node(id="b", kind="cache"),
        Node(id="c", kind="cache"),
    ),
    edges=(Edge(source="a", target="b"), Edge(source="b", target="c", timeout_ms=5)),
)


def message(*ops: dict[str, Any], base: int = 0, seq: str = "t-1", **more: Any) -> str:
    return json.dumps({"base": base, "seq": seq, "ops": ops} | more)


def patched(design: Design, *ops: dict[str, Any]) -> Design:
    return apply_patch(design, read_patch(message(*ops)), PALETTE)


def test_what_can_be_changed_is_what_the_records_hold() -> None:
    node = {*Node.model_fields, *NodeOverrides.model_fields} - {"id", "kind", "overrides"}
    assert set(NodeChange.model_fields) == node
    assert set(EdgeChange.model_fields) == set(Edge.model_fields) - {"source", "target"}
    for change, records in ((NodeChange, (Node, NodeOverrides)), (EdgeChange, (Edge,))):
        for name, field in change.model_fields.items():
            (same,) = [r.model_fields[name] for r in records if name in r.model_fields]
            assert (field.annotation, field.metadata, field.default) == (
                same.annotation,
                same.metadata,
                same.default,
            )


def test_each_operation_does_what_it_says() -> None:
    design = patched(
        SMALL,
        {"op": "update-edge", "at": 1, "set": {"timeout_ms": None, "mode": "async"}},
        {"op": "remove-edge", "at": 0},
        {"op": "remove-node", "id": "a"},
        {"op": "update-node", "id": "b", "set": {"label": "B", "cache_hit_ratio": 0.5}},
        {"op": "add-node", "node": {"id": "d", "kind": "ranker"}, "at": 0},
        {"op": "add-edge", "edge": {"source": "d", "target": "c", "mode": "batch"}},
    )
    assert design == Design(
        nodes=(
            Node(id="d", kind="ranker"),
            Node(id="b", kind="cache", label="B", overrides=NodeOverrides(cache_hit_ratio=0.5)),
            Node(id="c", kind="cache"),
        ),
        edges=(
            Edge(source="b", target="c", mode=EdgeMode.ASYNC),
            Edge(source="d", target="c", mode=EdgeMode.BATCH),
        ),
    )


def test_a_node_takes_its_edges_along() -> None:
    assert patched(SMALL, {"op": "remove-node", "id": "b"}).edges == ()


def test_null_takes_an_override_away_and_absent_leaves_it() -> None:
    design = patched(
        SMALL,
        {"op": "update-node", "id": "a", "set": {"service_p50_ms": 2, "concurrency": 3}},
        {"op": "update-node", "id": "a", "set": {"service_p50_ms": None}},
    )
    assert design.nodes[0].overrides == NodeOverrides(concurrency=3)


def test_what_the_canvas_does_not_show_outlives_its_edits() -> None:
    times = {"cache_hit_ratio": 0.5, "items_per_call": 300, "usd_per_replica_hour": 0.2}
    start = patched(
        SMALL,
        {"op": "update-node", "id": "a", "set": times},
        {"op": "update-edge", "at": 0, "set": {"step": 2, "max_retries": 1}},
    )
    after = patched(
        start,
        {"op": "update-node", "id": "a", "set": {"label": "renamed", "cache_hit_ratio": None}},
        {"op": "update-edge", "at": 0, "set": {"timeout_ms": 20}},
    )
    assert after.nodes[0].overrides == NodeOverrides(items_per_call=300, usd_per_replica_hour=0.2)
    assert after.edges[0] == start.edges[0].model_copy(update={"timeout_ms": 20})
    assert (after.edges[0].step, after.edges[0].max_retries) == (2, 1)


@st.composite
def steps(draw: st.DrawFn) -> tuple[Design, list[dict[str, Any]], Design]:
    """A design, operations, and what comes of changing the record by hand in the same way."""
    start = draw(designs())
    nodes, edges, ops = list(start.nodes), list(start.edges), []
    for _ in range(draw(st.integers(1, 6))):
        op = draw(
            st.sampled_from(("add-node", "update-node", "remove-node", "edge", "remove-edge"))
        )
        if op == "add-node":
            free = slugs.filter(lambda one: one not in {node.id for node in nodes})
            node = Node(id=draw(free), kind=draw(st.sampled_from(KINDS)), label=draw(prose))
            at = draw(st.integers(0, len(nodes)))
            nodes.insert(at, node)
            ops.append({"op": op, "at": at, "node": node.model_dump(mode="json")})
        elif op == "update-node" and nodes:
            at = draw(st.integers(0, len(nodes) - 1))
            zone, p50 = draw(st.none() | st.sampled_from(Zone)), draw(st.none() | st.just(2.5))
            new = {"note": draw(prose), "zone": zone}
            overrides = nodes[at].overrides.model_dump() | {"service_p50_ms": p50}
            ops.append({"op": op, "id": nodes[at].id, "set": new | {"service_p50_ms": p50}})
            fields = nodes[at].model_dump() | new | {"overrides": overrides}
            nodes[at] = Node.model_validate(fields)
        elif op == "remove-node" and nodes:
            gone = nodes.pop(draw(st.integers(0, len(nodes) - 1)))
            edges = [edge for edge in edges if gone.id not in (edge.source, edge.target)]
            ops.append({"op": op, "id": gone.id})
        elif op == "edge" and len(nodes) > 1:
            source, target = draw(st.permutations(nodes))[:2]
            edges.append(Edge(source=source.id, target=target.id, fallback=draw(prose)))
            ops.append({"op": "add-edge", "edge": edges[-1].model_dump(mode="json")})
        elif op == "remove-edge" and edges:
            at = draw(st.integers(0, len(edges) - 1))
            del edges[at]
            ops.append({"op": op, "at": at})
    return start, ops, Design(nodes=tuple(nodes), edges=tuple(edges))


@given(steps())
def test_a_patch_is_the_same_as_changing_the_record(
    case: tuple[Design, list[dict[str, Any]], Design],
) -> None:
    start, ops, wanted = case
    if not ops:
        return
    got = patched(start, *ops)
    assert got == wanted
    assert read_draft(draft_of(got), PALETTE).design == wanted


@given(steps())
def test_patches_one_by_one_are_the_same_as_one_patch(
    case: tuple[Design, list[dict[str, Any]], Design],
) -> None:
    design, ops, wanted = case
    for op in ops:
        design = patched(design, op)
    assert design == wanted


ADD = {"op": "add-node", "node": {"id": "x", "kind": "cache"}}
HOSTILE = {
    "not text": {"base": 0},
    "nothing": "",
    "no JSON": "{",
    "a list": "[]",
    "null": "null",
    "no operations": message(),
    "unknown field": message(ADD, admin=True),
    "unknown operation": message({"op": "drop-table"}),
    "operation without a name": message({"id": "a"}),
    "unknown field of an operation": message(ADD | {"x": 1}),
    "position in a node": message({"op": "add-node", "node": {"id": "x", "kind": "cache", "x": 3}}),
    "id changed": message({"op": "update-node", "id": "a", "set": {"id": "b"}}),
    "kind changed": message({"op": "update-node", "id": "a", "set": {"kind": "ranker"}}),
    "prototype": message({"op": "update-node", "id": "a", "set": {"__proto__": {"x": 1}}}),
    "number as text": message({"op": "update-node", "id": "a", "set": {"replicas": "3"}}),
    "true as number": message({"op": "update-node", "id": "a", "set": {"replicas": True}}),
    "too many replicas": message({"op": "update-node", "id": "a", "set": {"replicas": 10**9}}),
    "half a replica": message({"op": "update-node", "id": "a", "set": {"replicas": 1.5}}),
    "null replicas": message({"op": "update-node", "id": "a", "set": {"replicas": None}}),
    "infinite time": message({"op": "update-node", "id": "a", "set": {}}).replace(
        "{}", '{"service_p50_ms": 1e999}'
    ),
    "not a number": message(
        {"op": "update-node", "id": "a", "set": {"cache_hit_ratio": 1}}
    ).replace("1}", "NaN}"),
    "long label": message({"op": "update-node", "id": "a", "set": {"label": "l" * 121}}),
    "unknown zone": message({"op": "update-node", "id": "a", "set": {"zone": "moon"}}),
    "path as id": message({"op": "add-node", "node": {"id": "../etc", "kind": "cache"}}),
    "negative place": message({"op": "remove-edge", "at": -1}),
    "huge place": message({"op": "remove-edge", "at": 10**6}),
    "negative revision": message(ADD, base=-1),
    "odd number": message(ADD, seq="<script>"),
    "half a character": '{"base":0,"seq":"t","ops":[{"op":"remove-node","id":"\\ud800"}]}',
    "too many operations": message(*[ADD] * 1_000),
    "too long": message(ADD) + " " * MAX_PATCH_CHARACTERS,
    "deep": "[" * 5_000 + "]" * 5_000,
}
UNFIT = {
    "unknown kind": ({"op": "add-node", "node": {"id": "x", "kind": "spaceship"}}, "spaceship"),
    "id taken": ({"op": "add-node", "node": {"id": "a", "kind": "cache"}}, "already"),
    "no such node": ({"op": "update-node", "id": "z", "set": {}}, "no node z"),
    "removed twice": ({"op": "remove-node", "id": "z"}, "no node z"),
    "edge to nowhere": ({"op": "add-edge", "edge": {"source": "a", "target": "z"}}, "no node z"),
    "edge to itself": ({"op": "add-edge", "edge": {"source": "a", "target": "a"}}, "itself"),
    "no such edge": ({"op": "update-edge", "at": 2, "set": {}}, "no edge number 3"),
}


@pytest.mark.parametrize("sent", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_message_is_refused_in_one_line(sent: object) -> None:
    with pytest.raises(PatchError) as refused:
        read_patch(sent)
    said = str(refused.value)
    assert said.startswith("The canvas sent ")
    assert "\n" not in said
    assert len(said) < 200
    assert "script" not in said


@pytest.mark.parametrize(("op", "reason"), UNFIT.values(), ids=UNFIT)
def test_what_does_not_fit_is_refused_as_a_whole(op: dict[str, Any], reason: str) -> None:
    with pytest.raises(PatchError, match=reason):
        patched(SMALL, {"op": "update-node", "id": "a", "set": {"label": "new"}}, op)


def test_a_full_drawing_takes_no_more() -> None:
    full = Design(nodes=tuple(Node(id=f"n-{i}", kind="cache") for i in range(MAX_NODES)))
    with pytest.raises(PatchError, match=f"at most {MAX_NODES} nodes"):
        patched(full, ADD)


@given(st.text(max_size=200) | st.binary(max_size=50) | st.none() | st.integers())
def test_any_message_is_read_or_refused(sent: object) -> None:
    try:
        read = read_patch(sent)
    except PatchError:
        return
    assert isinstance(read, DrawingPatch)
