"""The critical path: the chain of waiting calls with the most service time."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_designs import a_node

from designs.critical_path import CriticalPath, critical_path, service_p50_ms
from designs.drawing import Design, Edge
from designs.inspections.drawn_graph import DrawnGraph
from designs.library import prompt_slugs, shipped_pack, shipped_palette

PALETTE = shipped_palette()


def drawn(times: dict[str, float | None], *edges: str) -> DrawnGraph:
    """A client `c` and servers with a time each; an edge is `a>b`, with a mode behind a blank."""
    nodes = [a_node("c", "client-app")]
    for name, time in times.items():
        kind = "data-lake" if time is None else "model-server"
        nodes.append(a_node(name, kind, overrides={"service_p50_ms": time}))
    calls = []
    for text in edges:
        ends, _, mode = text.partition(" ")
        source, target = ends.split(">")
        calls.append(
            Edge.model_validate({"source": source, "target": target, "mode": mode or "sync"})
        )
    return DrawnGraph(Design(nodes=tuple(nodes), edges=tuple(calls)), PALETTE)


@pytest.mark.parametrize(
    ("graph", "way", "service_ms"),
    [
        (drawn({"a": 5}, "c>a"), "c a", 5),
        (drawn({"a": 5, "b": 2, "d": 9}, "c>a", "a>b", "a>d"), "c a d", 14),
        (drawn({"a": 5, "b": 2, "d": 9}, "c>a", "a>b", "a>d async"), "c a b", 7),
        (drawn({"a": 1, "b": 1, "d": 9}, "c>a", "a>b", "c>d"), "c d", 9),
        # one long call may matter less than several short ones behind each other
        (drawn({"a": 4, "b": 4, "d": 4, "e": 9}, "c>a", "a>b", "b>d", "c>e"), "c a b d", 12),
        # of equal sums: more parts, then the first that is drawn
        (drawn({"a": 5, "b": None}, "c>a", "a>b"), "c a b", 5),
        (drawn({"a": 5, "b": 2, "d": 2}, "c>a", "a>b", "a>d"), "c a b", 7),
        # a circle is walked through once
        (drawn({"a": 5, "b": 2}, "c>a", "a>b", "b>a"), "c a b", 7),
    ],
)  # fmt: skip
def test_the_path(graph: DrawnGraph, way: str, service_ms: float) -> None:
    found = critical_path(graph)
    assert found is not None
    assert (" ".join(found.nodes), found.service_ms) == (way, service_ms)


@pytest.mark.parametrize(
    "graph",
    [
        DrawnGraph(Design(), PALETTE),
        drawn({}),
        drawn({"a": 5}),  # nobody waits for it
        drawn({"a": 5}, "c>a batch"),
        drawn({"a": None}, "c>a"),  # nothing is known of it
    ],
)
def test_no_path(graph: DrawnGraph) -> None:
    assert critical_path(graph) is None


def test_what_has_no_time_is_named_but_for_the_client() -> None:
    found = critical_path(drawn({"a": 5, "b": None}, "c>a", "a>b"))
    assert found == CriticalPath(nodes=("c", "a", "b"), service_ms=5, untimed=("b",))


def test_the_drawing_knows_better_than_the_palette() -> None:
    usual = a_node("usual", "model-server")
    own = a_node("own", "model-server", overrides={"service_p50_ms": 77})
    graph = DrawnGraph(Design(nodes=(usual, own, a_node("odd", "flux-capacitor"))), PALETTE)
    kind = PALETTE.kind("model-server")
    assert kind is not None
    assert kind.service_time is not None
    times = [service_p50_ms(graph, one) for one in ("usual", "own", "odd")]
    assert times == [kind.service_time.p50_ms, 77, None]


def _ways(graph: DrawnGraph, one: str, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    way = (*before, one)
    yield way
    for edge in graph.out[one]:
        if edge.mode == "sync":
            yield from _ways(graph, edge.target, way)


@given(
    st.lists(st.integers(1, 50), min_size=1, max_size=6),
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=12),
)
def test_no_other_way_takes_longer(times: list[int], pairs: list[tuple[int, int]]) -> None:
    names = ["c", *(f"n{number}" for number in range(len(times)))]
    edges = [
        f"{names[one]}>{names[other]}" for one, other in pairs if one < other < len(names)
    ]  # without circles, where there are finitely many ways
    graph = drawn(dict(zip(names[1:], map(float, times), strict=True)), *edges)
    longest = max(sum(service_p50_ms(graph, one) or 0 for one in way) for way in _ways(graph, "c"))
    found = critical_path(graph)
    assert (found.service_ms if found else 0) == longest
    if found:
        assert found.nodes in set(_ways(graph, "c"))


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=15))
def test_any_circles_leave_a_way_without_repeats(pairs: list[tuple[int, int]]) -> None:
    names = ["c", "v", "w", "x", "y", "z"]
    edges = [f"{names[one]}>{names[other]}" for one, other in pairs if one != other]
    graph = drawn(dict.fromkeys(names[1:], 3.0), *edges)
    found = critical_path(graph)
    if found is None:
        assert not graph.out["c"]
        return
    assert len(set(found.nodes)) == len(found.nodes)
    calls = {(edge.source, edge.target) for edge in graph.design.edges}
    assert set(zip(found.nodes, found.nodes[1:], strict=False)) <= calls


@pytest.mark.parametrize("slug", prompt_slugs())
def test_every_exemplar_has_one(slug: str) -> None:
    found = critical_path(DrawnGraph(shipped_pack(slug).exemplar.design, PALETTE))
    assert found is not None
    assert found.untimed == ()
