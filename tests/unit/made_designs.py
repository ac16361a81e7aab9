"""Designs and drafts for tests: small ones by hand, any others by hypothesis."""

from typing import Any

from hypothesis import strategies as st

from designs.drawing import Design, Edge, EdgeMode, Node, NodeOverrides, Zone
from designs.library import shipped_palette

KINDS = [kind.id for kind in shipped_palette().kinds]

prose = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
slugs = st.from_regex(r"[a-z0-9]{1,4}(-[a-z0-9]{1,3})?", fullmatch=True)
_times = st.none() | st.floats(0, 3.6e6, exclude_min=True)


def _overrides() -> st.SearchStrategy[NodeOverrides]:
    return st.builds(
        NodeOverrides,
        service_p50_ms=_times,
        service_p99_ms=_times,
        concurrency=st.none() | st.integers(1, 100_000),
        cache_hit_ratio=st.none() | st.floats(0, 1),
    )


def _node(node_id: str) -> st.SearchStrategy[Node]:
    return st.builds(
        Node,
        id=st.just(node_id),
        kind=st.sampled_from(KINDS),
        label=prose,
        replicas=st.just(1) | st.integers(1, 10_000),
        zone=st.none() | st.sampled_from(Zone),
        note=prose,
        overrides=st.just(NodeOverrides()) | _overrides(),
    )


def _edge(ids: list[str]) -> st.SearchStrategy[Edge]:
    pairs = st.permutations(ids).map(lambda mixed: (mixed[0], mixed[1]))
    return st.builds(
        lambda ends, **rest: Edge(source=ends[0], target=ends[1], **rest),
        pairs,
        mode=st.sampled_from(EdgeMode),
        calls_per_request=st.just(1) | st.floats(0, 100_000, exclude_min=True),
        timeout_ms=_times,
        fallback=prose,
        note=prose,
    )


@st.composite
def designs(draw: st.DrawFn, max_nodes: int = 6) -> Design:
    ids = draw(st.lists(slugs, max_size=max_nodes, unique=True))
    nodes = [draw(_node(one)) for one in ids]
    edges = draw(st.lists(_edge(ids), max_size=6)) if len(ids) > 1 else []
    return Design(nodes=tuple(nodes), edges=tuple(edges))


def a_node(node_id: str = "a", kind: str = "cache", **rest: Any) -> Node:
    return Node.model_validate({"id": node_id, "kind": kind, **rest})


def a_design(*labels: str) -> Design:
    """A chain of caches with these labels; each edge carries the label as its fallback."""
    nodes = tuple(a_node(f"n-{n}", label=label) for n, label in enumerate(labels))
    edges = tuple(
        Edge(source=f"n-{n - 1}", target=f"n-{n}", fallback=label, note=label)
        for n, label in enumerate(labels)
        if n
    )
    return Design(nodes=nodes, edges=edges)
