"""Ways through a drawing: which stops in which order, and what returns to its caller."""

from itertools import pairwise

import pytest
from drawn_in_words import drawn
from hypothesis import given
from hypothesis import strategies as st

from designs.drawing import Design, EdgeMode
from designs.inspections.drawn_graph import SYNC, DrawnGraph
from designs.library import shipped_palette
from rubrics.graders.offline.drawn_path import path_through

PALETTE = shipped_palette()
ALL = frozenset(EdgeMode)
STAR = """
client-app -> api-gateway -> decision-service -> online-feature-store
decision-service -> model-server
decision-service ~> event-stream => data-lake => training-pipeline
"""
TO_MODEL = "api-gateway decision-service model-server"
THROUGH = "decision-service online-feature-store decision-service model-server"


@pytest.mark.parametrize(
    ("text", "stops", "modes", "wanted"),
    [
        (STAR, "client-app model-server", SYNC, f"client-app {TO_MODEL}"),
        (STAR, "api-gateway online-feature-store model-server", SYNC, f"api-gateway {THROUGH}"),
        (STAR, "client-app training-pipeline", SYNC, ""),
        (STAR, "training-pipeline client-app", ALL, ""),
        (STAR, "model-server online-feature-store", ALL, ""),
        ("client-app ~> cache\nclient-app ~> ranker", "client-app cache ranker", ALL, ""),
        ("cache -> cache/2 -> ranker", "cache cache ranker", ALL, "cache cache-2 ranker"),
        ("cache -> ranker", "cache cache ranker", ALL, ""),
        ("cache -> ranker -> cache", "cache cache", ALL, "cache ranker cache"),
        ("", "cache ranker", ALL, ""),
    ],
)
def test_the_way_is_cited_node_by_node(
    text: str, stops: str, modes: frozenset[EdgeMode], wanted: str
) -> None:
    graph = DrawnGraph(drawn(text), PALETTE)
    found = path_through(graph, [(stop,) for stop in stops.split()], modes)
    assert found == tuple(wanted.split())


def test_a_longer_way_is_found_where_the_nearest_stop_leads_nowhere() -> None:
    graph = DrawnGraph(
        drawn("cache ~> data-lake/2\ncache ~> ranker ~> data-lake => training-pipeline"), PALETTE
    )
    stops = [("cache",), ("data-lake",), ("training-pipeline",)]
    assert path_through(graph, stops, ALL) == ("cache", "ranker", "data-lake", "training-pipeline")


def test_what_is_to_be_avoided_is_gone_around() -> None:
    graph = DrawnGraph(
        drawn("cache ~> ranker\ncache ~> model-server ~> reranker ~> ranker"), PALETTE
    )
    stops = [("cache",), ("ranker",)]
    assert path_through(graph, stops, ALL, avoiding=("ranker",)) == ()
    ends = {("reranker", "ranker")}
    round_about = ("cache", "model-server", "reranker", "ranker")
    assert path_through(graph, stops, ALL, last_edges=ends) == round_about
    assert path_through(graph, stops, ALL, avoiding=("reranker",), last_edges=ends) == ()


_KINDS = ("client-app", "cache", "ranker", "model-server")


@st.composite
def designs(draw: st.DrawFn) -> Design:
    count = draw(st.integers(1, 7))
    kinds = draw(st.lists(st.sampled_from(_KINDS), min_size=count, max_size=count))
    ends = st.tuples(
        st.integers(0, count - 1), st.integers(0, count - 1), st.sampled_from(EdgeMode)
    )
    return Design.model_validate(
        {
            "nodes": [{"id": f"n{n}", "kind": kind} for n, kind in enumerate(kinds)],
            "edges": [
                {"source": f"n{one}", "target": f"n{other}", "mode": mode}
                for one, other, mode in draw(st.lists(ends, max_size=12))
                if one != other
            ],
        }
    )


@given(designs(), st.lists(st.sampled_from(_KINDS), min_size=2, max_size=4))
def test_a_way_passes_its_stops_in_order_along_edges_and_returning_calls(
    design: Design, stops: list[str]
) -> None:
    kinds = {node.id: node.kind for node in design.nodes}
    calls = {(one.source, one.target) for one in design.edges if one.mode is EdgeMode.SYNC}
    edges = {(one.source, one.target) for one in design.edges}
    way = path_through(DrawnGraph(design, PALETTE), [(one,) for one in stops], ALL)
    steps = pairwise(way)
    assert all((one, other) in edges or (other, one) in calls for one, other in steps)
    rest = iter(way)
    assert not way or all(any(kinds[node] == stop for node in rest) for stop in stops)
