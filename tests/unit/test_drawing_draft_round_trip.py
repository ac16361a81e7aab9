"""A draft is written and read again without a loss, whatever its rows hold."""

import json

import pytest
from drawing_rows import PALETTE, Row, drafts
from hypothesis import given
from made_designs import designs

from designs.attempt_document import DraftRows
from designs.drawing import Design
from designs.drawing_draft import (
    DraftReading,
    DrawingDraft,
    decode,
    draft_of,
    encode,
    read_draft,
)


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


def test_the_encoded_form_is_small_and_plain() -> None:
    assert json.loads(encode(DrawingDraft(nodes=({"id": "a"},)))) == {
        "nodes": [{"id": "a"}],
        "edges": [],
    }
