"""Rows of a drawing: what each needs, one sentence for what is unfinished, nothing lost."""

from typing import Any

import pytest
from drawing_rows import PALETTE, Row
from made_designs import a_node

from designs.drawing import MAX_EDGES, MAX_NODES, Design, Edge, EdgeMode, Zone
from designs.drawing_draft import (
    EDGE_COLUMNS,
    MAX_EDGE_ROWS,
    MAX_NODE_ROWS,
    NODE_COLUMNS,
    DraftReading,
    DrawingDraft,
    add_node,
    draft_of,
    read_draft,
)
from designs.node_kind import Palette


def _read(nodes: list[Row], edges: list[Row] | None = None) -> DraftReading:
    return read_draft(DrawingDraft(nodes=tuple(nodes), edges=tuple(edges or [])), PALETTE)


def _complaint(row: Row) -> str:
    """Read a node row that is wrong and return what is said about it."""
    reading = _read([row])
    assert reading.design == Design()
    assert reading.unfinished.nodes == (row,)
    (problem,) = reading.problems
    return problem


def _edge_complaint(row: Row) -> str:
    reading = _read([{"id": "a", "kind": "cache"}, {"id": "b", "kind": "cache"}], [row])
    assert reading.design.edges == ()
    assert reading.unfinished.edges == (row,)
    (problem,) = reading.problems
    return problem


# --- one row ----------------------------------------------------------------------------


def test_a_row_holds_every_field_of_a_node_and_an_edge() -> None:
    row = {
        "id": " memory ",
        "kind": "cache",
        "label": " kept as typed ",
        "replicas": " 3 ",
        "zone": "stream",
        "note": " hot ",
        "service_p50_ms": "0.4",
        "service_p99_ms": "2",
        "concurrency": "8",
        "cache_hit_ratio": "0.9",
        "items_per_call": "300",
        "per_item_ms": "0.03",
        "max_batch_size": "32",
        "batch_delay_ms": "0",
        "tokens_in": "500",
        "tokens_out": "80",
        "max_queue": "0",
        "load_balancing": "round_robin",
        "usd_per_replica_hour": "0.17",
    }
    assert set(row) == set(NODE_COLUMNS)
    edge = {"source": "memory", "target": "b", "mode": "async", "calls_per_request": "2.5"}
    edge |= {"timeout_ms": "15", "fallback": "defaults", "note": "batched"}
    edge |= {"step": "0", "max_retries": "2", "backoff_ms": "5", "cancel_on_timeout": "yes"}
    edge |= {"quality_loss": "no novelty"}
    assert set(edge) == set(EDGE_COLUMNS)
    reading = _read([row, {"id": "b", "kind": "ranker"}], [edge])
    assert reading.problems == ()
    node = reading.design.nodes[0]
    assert (node.label, node.note, node.replicas) == (" kept as typed ", " hot ", 3)
    assert node.zone is Zone.STREAM
    assert node.overrides.model_dump() == {
        "service_p50_ms": 0.4,
        "service_p99_ms": 2,
        "concurrency": 8,
        "cache_hit_ratio": 0.9,
        "items_per_call": 300,
        "per_item_ms": 0.03,
        "max_batch_size": 32,
        "batch_delay_ms": 0,
        "tokens_in": 500,
        "tokens_out": 80,
        "max_queue": 0,
        "load_balancing": "round_robin",
        "usd_per_replica_hour": 0.17,
    }
    assert reading.design.edges == (
        Edge(
            source="memory",
            target="b",
            mode=EdgeMode.ASYNC,
            calls_per_request=2.5,
            timeout_ms=15,
            fallback="defaults",
            note="batched",
            step=0,
            max_retries=2,
            backoff_ms=5,
            cancel_on_timeout=True,
            quality_loss="no novelty",
        ),
    )


def test_defaults_are_left_out_of_rows() -> None:
    design = Design(nodes=(a_node(), a_node("b")), edges=(Edge(source="a", target="b"),))
    draft = draft_of(design)
    assert draft.nodes[0] == {"id": "a", "kind": "cache"}
    assert draft.edges[0] == {"source": "a", "target": "b", "mode": "sync"}


@pytest.mark.parametrize(
    ("row", "needs"),
    [
        ({}, "id is missing; it is lower-case letters, digits and single hyphens, such as "
         "feature-store. kind is missing; it is a kind of the palette."),
        ({"kind": "cache"}, "id is missing; it is lower-case letters, digits and single hyphens, "
         "such as feature-store."),
        ({"id": "   ", "kind": "cache"}, "id is missing; it is lower-case letters, digits and "
         "single hyphens, such as feature-store."),
        ({"id": "Big Cache", "kind": "cache"}, "id is not lower-case letters, digits and single "
         "hyphens, such as feature-store."),
        ({"id": "a", "kind": "warp-drive"}, "the palette has no kind 'warp-drive'; choose one from "
         "the list."),
        ({"id": "a", "kind": "cache", "label": "l" * 121}, "label is not at most 120 characters."),
        ({"id": "a", "kind": "cache", "replicas": "two"}, "replicas is not a whole number from 1 "
         "to 10,000."),
        ({"id": "a", "kind": "cache", "replicas": "1.5"}, "replicas is not a whole number from 1 "
         "to 10,000."),
        ({"id": "a", "kind": "cache", "replicas": "0", "zone": "moon"}, "replicas is not a whole "
         "number from 1 to 10,000. zone is not one of client, online, stream, offline, human, or "
         "empty."),
        ({"id": "a", "kind": "cache", "service_p50_ms": "0"}, "service_p50_ms is not a number "
         "above 0, in milliseconds."),
        ({"id": "a", "kind": "cache", "service_p99_ms": "nan"}, "service_p99_ms is not a number "
         "above 0, in milliseconds."),
        ({"id": "a", "kind": "cache", "concurrency": "0"}, "concurrency is not a whole number from "
         "1 to 100,000."),
        ({"id": "a", "kind": "cache", "cache_hit_ratio": "90%"}, "cache_hit_ratio is not a number "
         "from 0 to 1."),
        ({"id": "a", "kind": "cache", "colour": "red", "": "x"}, "there is no column '', 'colour'; "
         "remove it."),
    ],
)  # fmt: skip
def test_what_a_node_row_needs(row: Row, needs: str) -> None:
    assert _complaint(row) == f"Nodes, row 1: {needs}"


@pytest.mark.parametrize(
    ("row", "needs"),
    [
        ({"source": "a"}, "target is missing; it is the id of a node."),
        ({"source": "a", "target": "B!"}, "target is not the id of a node."),
        ({"source": "a", "target": "c"}, "there is no finished node 'c'; add it above or choose "
         "another."),
        ({"source": "a", "target": "a"}, "a node cannot call itself; choose another target."),
        ({"source": "a", "target": "b", "mode": "later"}, "mode is not one of sync, async, batch."),
        ({"source": "a", "target": "b", "calls_per_request": "0"}, "calls_per_request is not a "
         "number above 0, up to 100,000."),
        ({"source": "a", "target": "b", "timeout_ms": "15 ms"}, "timeout_ms is not a number above "
         "0, in milliseconds."),
        ({"source": "a", "target": "b", "fallback": "f" * 121}, "fallback is not at most 120 "
         "characters."),
        ({"source": "a", "target": "b", "weight": "1"}, "there is no column 'weight'; remove it."),
    ],
)  # fmt: skip
def test_what_an_edge_row_needs(row: Row, needs: str) -> None:
    assert _edge_complaint(row) == f"Edges, row 1: {needs}"


def test_the_first_of_two_nodes_with_an_id_counts() -> None:
    first, second = {"id": "a", "kind": "cache"}, {"id": "a", "kind": "ranker"}
    reading = _read([first, second])
    assert [node.kind for node in reading.design.nodes] == ["cache"]
    assert reading.unfinished.nodes == (second,)
    assert reading.problems == (
        "Nodes, row 2: the id 'a' is taken by a row above; give this node another one.",
    )


def test_an_unfinished_node_does_not_take_an_id() -> None:
    reading = _read([{"id": "a", "kind": "?"}, {"id": "a", "kind": "ranker"}])
    assert [node.kind for node in reading.design.nodes] == ["ranker"]


def test_an_edge_waits_for_its_nodes() -> None:
    edge = {"source": "a", "target": "b"}
    waiting = _read([{"id": "a", "kind": "cache"}, {"id": "b"}], [edge])
    assert waiting.unfinished.edges == (edge,)
    assert "there is no finished node 'b'" in waiting.problems[-1]
    done = _read([{"id": "a", "kind": "cache"}, {"id": "b", "kind": "cache"}], [edge])
    assert len(done.design.edges) == 1


def test_a_drawing_that_is_full_keeps_the_rest_as_rows() -> None:
    nodes = [{"id": f"n{n}", "kind": "cache"} for n in range(MAX_NODES + 2)]
    edges = [{"source": "n0", "target": f"n{1 + n % 99}"} for n in range(MAX_EDGES + 3)]
    reading = _read(nodes, edges)
    assert (len(reading.design.nodes), len(reading.design.edges)) == (MAX_NODES, MAX_EDGES)
    assert (len(reading.unfinished.nodes), len(reading.unfinished.edges)) == (2, 3)
    assert reading.problems[0] == "Nodes, row 151: a drawing has at most 150 nodes; merge some."
    assert reading.problems[-1] == "Edges, row 303: a drawing has at most 300 edges; merge some."


def test_as_many_rows_as_the_page_keeps_are_never_cut() -> None:
    reading = _read([{"id": "?"}] * MAX_NODE_ROWS, [{"source": "?"}] * MAX_EDGE_ROWS)
    assert len(reading.unfinished.nodes) == MAX_NODE_ROWS
    assert len(reading.unfinished.edges) == MAX_EDGE_ROWS
    assert len(reading.problems) == MAX_NODE_ROWS + MAX_EDGE_ROWS


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '"; DROP TABLE attempt; --',
        "\\N\\G\\L",
        "\x00\x07\x1b[31m",
        "\u202egnp.exe",
        "é 日本 😀 עברית",
        "line\nbreak\r\n\u2028",
        "{{7*7}} ${x} %s",
    ],
)
def test_hostile_text_is_text(text: str) -> None:
    row = {"id": "a", "kind": "cache", "label": text, "note": text}
    reading = _read([row, {"id": text, "kind": "cache"}, {"id": "b", "kind": text}])
    (node,) = reading.design.nodes
    assert (node.label, node.note) == (text, text)
    assert draft_of(reading.design).nodes[0] == row
    assert len(reading.unfinished.nodes) == 2
    assert all(problem.isprintable() for problem in reading.problems)


# --- adding and decoding ----------------------------------------------------------------


def test_a_node_from_the_palette_gets_a_free_id() -> None:
    cache = next(kind for kind in PALETTE.kinds if kind.id == "cache")
    draft = DrawingDraft(nodes=({"id": " cache "},), edges=({"source": "cache"},))
    for wanted in ("cache-2", "cache-3"):
        draft = add_node(draft, cache)
        assert draft.nodes[-1] == {"id": wanted, "kind": "cache"}
    assert draft.edges == ({"source": "cache"},)
    assert draft.nodes[0] == {"id": " cache "}


def test_every_kind_of_the_palette_can_be_added_and_is_finished_at_once() -> None:
    draft = DrawingDraft()
    for kind in PALETTE.kinds:
        draft = add_node(draft, kind)
    reading = read_draft(draft, PALETTE)
    assert reading.problems == ()
    assert [node.kind for node in reading.design.nodes] == [kind.id for kind in PALETTE.kinds]


def test_an_empty_palette_finishes_nothing() -> None:
    empty: Any = Palette.model_construct(schema_version=1, kinds=(), sources=())
    reading = read_draft(DrawingDraft(nodes=({"id": "a", "kind": "cache"},)), empty)
    assert reading.design == Design()
    assert "no kind 'cache'" in reading.problems[0]
