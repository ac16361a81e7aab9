"""The drawn design: what is a graph, and what the fields allow."""

from typing import Any

import pytest
from made_designs import a_design, a_node
from pydantic import ValidationError

from designs.drawing import MAX_EDGES, MAX_NODES, Design, Edge, EdgeMode, Node, NodeOverrides

NODE: dict[str, Any] = {"id": "a", "kind": "cache"}
EDGE: dict[str, Any] = {"source": "a", "target": "b"}


def test_defaults() -> None:
    node, edge = Node.model_validate(NODE), Edge.model_validate(EDGE)
    assert (node.label, node.replicas, node.zone, node.note) == ("", 1, None, "")
    assert set(node.overrides.model_dump().values()) == {None}
    assert (edge.mode, edge.calls_per_request, edge.timeout_ms) == (EdgeMode.SYNC, 1, None)
    assert (edge.fallback, edge.note) == ("", "")
    assert Design() == Design(nodes=(), edges=())


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        ("id", ["a-1"], ["", "A", "a" * 65]),
        ("kind", ["anything-at-all"], ["Not A Slug"]),
        ("label", ["", "l" * 120], ["l" * 121, 1]),
        ("replicas", [1, 10_000], [0, -1, 10_001, 1.5, "two"]),
        ("zone", [None, "human"], ["moon", ""]),
        ("note", ["n" * 500], ["n" * 501]),
        ("overrides", [{}], [{"speed": 1}, None]),
    ],
)
def test_fields_of_a_node(field: str, good: list[object], bad: list[object]) -> None:
    for value in good:
        Node.model_validate(NODE | {field: value})
    for value in bad:
        with pytest.raises(ValidationError, match=field):
            Node.model_validate(NODE | {field: value})


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        ("service_p50_ms", [0.001, 3.6e6], [0, -1, 3.7e6, float("nan"), float("inf")]),
        ("service_p99_ms", [0.001, 3.6e6], [0, -1, 3.7e6, float("nan"), float("inf")]),
        ("concurrency", [1, 100_000], [0, 100_001, 0.5]),
        ("cache_hit_ratio", [0, 1], [-0.1, 1.1, float("nan")]),
    ],
)
def test_fields_of_overrides(field: str, good: list[object], bad: list[object]) -> None:
    for value in good:
        NodeOverrides.model_validate({field: value})
    for value in bad:
        with pytest.raises(ValidationError, match=field):
            NodeOverrides.model_validate({field: value})


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        ("mode", ["sync", "async", "batch"], ["later", "", "SYNC"]),
        ("calls_per_request", [0.001, 100_000], [0, -1, 100_001, float("nan")]),
        ("timeout_ms", [None, 1, 3.6e6], [0, -1, 3.7e6, float("inf")]),
        ("fallback", ["f" * 120], ["f" * 121]),
        ("note", ["n" * 120], ["n" * 121]),
    ],
)
def test_fields_of_an_edge(field: str, good: list[object], bad: list[object]) -> None:
    for value in good:
        Edge.model_validate(EDGE | {field: value})
    for value in bad:
        with pytest.raises(ValidationError, match=field):
            Edge.model_validate(EDGE | {field: value})


def _refused(nodes: list[str], edges: list[tuple[str, str]]) -> str:
    with pytest.raises(ValidationError) as refused:
        Design(
            nodes=tuple(a_node(one) for one in nodes),
            edges=tuple(Edge(source=one, target=other) for one, other in edges),
        )
    (error,) = refused.value.errors()
    return error["msg"].removeprefix("Value error, ")


def test_ids_are_unique() -> None:
    assert _refused(["b", "a", "b", "a", "c"], []) == "node id used twice: a, b"


def test_edges_join_nodes_that_exist() -> None:
    assert _refused(["a"], [("a", "c")]) == "edge a -> c: there is no node 'c'"
    assert _refused(["a"], [("c", "a")]) == "edge c -> a: there is no node 'c'"


def test_no_node_calls_itself() -> None:
    assert _refused(["a"], [("a", "a")]) == "edge a -> a: a node cannot call itself"


def test_two_edges_and_a_circle_are_allowed() -> None:
    nodes = (a_node("a"), a_node("b"))
    there, back = Edge(source="a", target="b"), Edge(source="b", target="a")
    assert len(Design(nodes=nodes, edges=(there, there, back)).edges) == 3


def test_a_design_has_limits() -> None:
    nodes = tuple(a_node(f"n{n}") for n in range(MAX_NODES))
    edge = Edge(source="n0", target="n1")
    full = Design(nodes=nodes, edges=(edge,) * MAX_EDGES)
    with pytest.raises(ValidationError, match="nodes"):
        Design(nodes=(*nodes, a_node("more")))
    with pytest.raises(ValidationError, match="edges"):
        Design(nodes=nodes, edges=(*full.edges, edge))


def test_a_node_is_found_by_its_id_only() -> None:
    design = a_design("one", "two")
    found = design.node("n-1")
    assert found is design.nodes[1]
    assert design.node("two") is None


def test_a_record_is_frozen_and_closed() -> None:
    node = a_node()
    with pytest.raises(ValidationError, match="frozen"):
        node.label = "other"  # type: ignore[misc]
    with pytest.raises(ValidationError, match="colour"):
        Node.model_validate(NODE | {"colour": "red"})
