"""The drawing as it is typed: nothing is lost, and every row says what it needs."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_designs import KINDS, a_node, designs, prose

from designs.attempt_document import DraftRows
from designs.drawing import MAX_EDGES, MAX_NODES, Design, Edge, EdgeMode, Zone
from designs.drawing_draft import (
    EDGE_COLUMNS,
    MAX_EDGE_ROWS,
    MAX_NODE_ROWS,
    NODE_COLUMNS,
    DraftReading,
    DrawingDraft,
    add_node,
    decode,
    draft_of,
    encode,
    read_draft,
)
from designs.library import shipped_palette
from designs.node_kind import Palette

PALETTE = shipped_palette()
Row = dict[str, str]

IDS = st.sampled_from(["a", "b", " b ", "c-2", "", "A", "no_slug", "a" * 65])
NUMBERS = st.sampled_from(
    ["", "1", " 2 ", "0", "-1", "2.5", "1e3", "many", "nan", "10001", "9" * 99]
)


def _rows(columns: dict[str, st.SearchStrategy[str]]) -> st.SearchStrategy[Row]:
    usual = st.fixed_dictionaries({}, optional=columns)
    return usual | st.dictionaries(st.sampled_from([*columns, "colour", ""]), prose, max_size=3)


node_rows = _rows(
    {
        "id": IDS,
        "kind": st.sampled_from([*KINDS, "", "spaceship", " cache "]),
        "label": prose,
        "replicas": NUMBERS,
        "zone": st.sampled_from(["", "online", "moon", " human "]),
        "note": prose | st.just("n" * 501),
        "service_p50_ms": NUMBERS,
        "cache_hit_ratio": NUMBERS,
    }
)
edge_rows = _rows(
    {
        "source": IDS,
        "target": IDS,
        "mode": st.sampled_from(["", "sync", "async", "batch", "soon"]),
        "calls_per_request": NUMBERS,
        "timeout_ms": NUMBERS,
        "fallback": prose,
        "note": prose,
    }
)
drafts = st.builds(
    DrawingDraft,
    nodes=st.lists(node_rows, max_size=6).map(tuple),
    edges=st.lists(edge_rows, max_size=6).map(tuple),
)


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


# --- what holds for every draft ---------------------------------------------------------


def _stored(row: Row) -> Row:
    return {column: cell.replace("\0", "\ufffd") for column, cell in row.items()}


@given(drafts)
def test_encoding_and_decoding_gives_the_draft_again(draft: DrawingDraft) -> None:
    kept = decode(encode(draft))
    assert kept.nodes == tuple(map(_stored, draft.nodes))
    assert kept.edges == tuple(map(_stored, draft.edges))
    assert decode(encode(kept)) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("a\0b", "a\ufffdb"), ("half \ud83d", "half \ufffd"), ("🎬 \u202e", "🎬 \u202e")],
)
def test_a_character_that_no_store_can_hold_is_replaced(typed: str, kept: str) -> None:
    draft = DrawingDraft(nodes=({"id": "a", "kind": "cache", "label": typed},))
    assert decode(encode(draft)).nodes == ({"id": "a", "kind": "cache", "label": kept},)


@given(drafts)
def test_no_row_is_lost(draft: DrawingDraft) -> None:
    reading = read_draft(draft, PALETTE)
    left = reading.unfinished
    assert len(reading.design.nodes) + len(left.nodes) == len(draft.nodes)
    assert len(reading.design.edges) + len(left.edges) == len(draft.edges)
    for open_rows, rows in ((left.nodes, draft.nodes), (left.edges, draft.edges)):
        remaining = iter(rows)
        assert all(row in remaining for row in open_rows)  # to the letter and in their order


@given(drafts)
def test_every_unfinished_row_has_one_sentence_that_names_it(draft: DrawingDraft) -> None:
    reading = read_draft(draft, PALETTE)
    open_rows = (*reading.unfinished.nodes, *reading.unfinished.edges)
    assert len(reading.problems) == len(open_rows)
    for problem, row in zip(reading.problems, open_rows, strict=True):
        table, rest = problem.split(", row ", 1)
        number = int(rest.split(":", 1)[0])
        rows = {"Nodes": draft.nodes, "Edges": draft.edges}[table]
        assert rows[number - 1] == row
        assert problem.endswith(".")


@given(drafts)
def test_a_reading_put_into_rows_reads_the_same(draft: DrawingDraft) -> None:
    once = read_draft(draft, PALETTE)
    again = read_draft(draft_of(once.design, once.unfinished), PALETTE)
    assert (again.design, again.unfinished) == (once.design, once.unfinished)


@given(designs())
def test_the_rows_of_a_design_are_the_design(design: Design) -> None:
    draft = draft_of(design)
    reading = read_draft(draft, PALETTE)
    assert reading == DraftReading(design=design, unfinished=DraftRows(), problems=())
    stored = decode(encode(draft))
    assert draft_of(read_draft(stored, PALETTE).design) == stored
    assert all(all(row.values()) for row in (*draft.nodes, *draft.edges))  # no empty cells


@given(designs(), drafts)
def test_a_design_and_what_is_left_come_back(design: Design, draft: DrawingDraft) -> None:
    nodes = tuple(row for row in draft.nodes if not row.get("id", "").strip())
    edges = tuple(row for row in draft.edges if not row.get("target", "").strip())
    unfinished = DraftRows(nodes=nodes, edges=edges)  # none of these can ever be finished
    reading = read_draft(draft_of(design, unfinished), PALETTE)
    assert (reading.design, reading.unfinished) == (design, unfinished)


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


@pytest.mark.parametrize(
    "text", ["", "null", "[]", "{", '{"nodes": 1}', '{"nodes": [{"id": 1}]}', '{"x": []}', "\x00"]
)
def test_what_encode_did_not_write_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"validation error"):
        decode(text)


def test_a_row_without_any_columns_is_still_a_row() -> None:
    reading = read_draft(DrawingDraft(nodes=({},)), PALETTE)
    assert reading.unfinished.nodes == ({},)


def test_half_a_surrogate_pair_does_not_lock_the_drawing() -> None:
    row = {"id": "a", "kind": "cache", "label": "half: \ud83d"}
    draft = decode(encode(DrawingDraft(nodes=(row, {"id": "b", "kind": "cache"}))))
    reading = read_draft(draft, PALETTE)
    assert len(reading.design.nodes) + len(reading.unfinished.nodes) == 2


def test_an_empty_palette_finishes_nothing() -> None:
    empty: Any = Palette.model_construct(schema_version=1, kinds=(), sources=())
    reading = read_draft(DrawingDraft(nodes=({"id": "a", "kind": "cache"},)), empty)
    assert reading.design == Design()
    assert "no kind 'cache'" in reading.problems[0]


def test_the_encoded_form_is_small_and_plain() -> None:
    assert json.loads(encode(DrawingDraft(nodes=({"id": "a"},)))) == {
        "nodes": [{"id": "a"}],
        "edges": [],
    }
