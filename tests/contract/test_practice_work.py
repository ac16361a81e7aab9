"""Answers and drawings of a session are kept as they were sent, from any tab, at any time."""

from dataclasses import replace
from typing import Any

import pytest
from desks import FRAUD, Clock
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from practised import DRAFT, FINISHED, UNFINISHED, kinds

from designs.drawing_draft import MAX_EDGE_ROWS, MAX_NODE_ROWS, DrawingDraft
from designs.stage import STAGES, StageId
from designs.submission import MAX_ANSWER_CHARS
from workbench.desk import Desk
from workbench.edits import MAX_DRAWING_CHARS, TooLongError
from workbench.practice import Practice
from workbench.store import (
    Store,
    StoreError,
)

# --- answers ----------------------------------------------------------------------------


def test_saving_returns_the_revision_that_is_kept(
    practice: Practice, clock: Clock, attempt: str
) -> None:
    first = practice.save_answer(attempt, StageId.DATA, "one", 0, "tab")
    clock.forward(1)
    second = practice.save_answer(attempt, StageId.DATA, "two", 1, "tab")
    again = practice.save_answer(attempt, StageId.DATA, "two", 2, "tab")
    assert (first.number, second.number, again) == (1, 2, second)
    part = practice.open(attempt).answers[StageId.DATA]
    assert (part.text, part.revision, part.saved_at, part.other) == ("two", 2, clock(), None)


def test_a_stale_second_tab_is_flagged_and_both_versions_are_kept(
    practice: Practice, attempt: str
) -> None:
    practice.save_answer(attempt, StageId.DATA, "start", 0, "left")
    left = practice.save_answer(attempt, StageId.DATA, "left", 1, "left")
    right = practice.save_answer(attempt, StageId.DATA, "right", 1, "right")
    assert (left.stale, right.stale) == (False, True)
    part = practice.open(attempt).answers[StageId.DATA]
    assert (part.text, part.revision, part.other) == ("right", 3, left)
    practice.save_answer(attempt, StageId.DATA, "left", 3, "")  # "take the other one"
    part = practice.open(attempt).answers[StageId.DATA]
    assert (part.text, part.other) == ("left", None)


def test_tabs_on_different_stages_do_not_disagree(practice: Practice, attempt: str) -> None:
    practice.save_answer(attempt, StageId.DATA, "left", 0, "left")
    practice.save_answer(attempt, StageId.MODEL, "right", 0, "right")
    view = practice.open(attempt)
    assert [part.other for part in view.answers.values()] == [None] * 7


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("é" * 100_000, "é" * 100_000),
        ("a" * MAX_ANSWER_CHARS, "a" * MAX_ANSWER_CHARS),
        ("😀 👩\u200d💻 🇩🇪", "😀 👩\u200d💻 🇩🇪"),
        ("\u202eשלום\u202c مرحبا", "\u202eשלום\u202c مرحبا"),
        ("a\x00b", "a\ufffdb"),
        ("half \ud83d", "half \ufffd"),
        ("<script>alert(1)</script> & 'x' \\ %s {y}", "<script>alert(1)</script> & 'x' \\ %s {y}"),
        (" \r\n\t ", " \r\n\t "),
    ],
    ids=["100,000 accents", "longest", "emoji", "right to left", "NUL", "half", "markup", "blank"],
)
def test_odd_answers_are_kept(practice: Practice, attempt: str, sent: str, kept: str) -> None:
    revision = practice.save_answer(attempt, StageId.SERVING, sent, 0, "tab")
    assert revision.body == kept
    assert practice.open(attempt).answers[StageId.SERVING].text == kept
    assert practice.submit(attempt).answers[StageId.SERVING] == kept


def test_a_text_too_long_is_refused_and_the_saved_one_untouched(
    practice: Practice, desk: Desk, attempt: str
) -> None:
    practice.save_answer(attempt, StageId.DATA, "kept", 0, "tab")
    before = desk.store.load("me", attempt)
    with pytest.raises(TooLongError, match=r"200,001 characters; at most 200,000 .* nothing was"):
        practice.save_answer(attempt, StageId.DATA, "x" * (MAX_ANSWER_CHARS + 1), 1, "tab")
    assert desk.store.load("me", attempt) == before


@pytest.mark.parametrize("parent", [-1, 7, 2**31, 10**30])
@pytest.mark.parametrize("client", ["", "x" * 1000, "\ud83d tab", "😀", "'; --\x00"])
def test_whatever_a_browser_claims_the_text_is_kept(
    practice: Practice, attempt: str, parent: int, client: str
) -> None:
    assert practice.save_answer(attempt, StageId.DATA, "text", parent, client).body == "text"
    assert practice.open(attempt).answers[StageId.DATA].text == "text"


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.dictionaries(st.sampled_from(STAGES), st.text(max_size=60), max_size=7))
def test_what_is_submitted_is_what_was_saved(practice: Practice, answers: dict[Any, str]) -> None:
    attempt = practice.start(FRAUD, 45)
    saved = {
        stage: practice.save_answer(attempt, stage, text, 0, "tab").body
        for stage, text in answers.items()
    }
    submitted = practice.submit(attempt)
    assert submitted.answers == dict.fromkeys(STAGES, "") | saved


class _NoEvents:
    """A store that keeps texts and has no time for events."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def append_event(self, *_: Any) -> None:
        raise StoreError("The database is busy with other saves; try again in a moment.")


def test_a_kept_text_is_acknowledged_even_if_its_event_is_not(
    practice: Practice, desk: Desk, clock: Clock, attempt: str
) -> None:
    busy = Practice(replace(desk, store=_NoEvents(desk.store)))
    clock.forward(5)
    assert busy.save_answer(attempt, StageId.DATA, "text", 0, "tab").number == 1
    assert practice.open(attempt).answers[StageId.DATA].text == "text"


@pytest.mark.parametrize("part", ["answer", "drawing"])
def test_working_keeps_the_clock_alive(
    practice: Practice, desk: Desk, clock: Clock, attempt: str, part: str
) -> None:
    practice.enter(attempt, StageId.SERVING)
    for number in range(30):
        clock.forward(1)
        if part == "answer":
            practice.save_answer(attempt, StageId.SERVING, f"text {number}", number, "tab")
        else:
            row = FINISHED | {"note": str(number)}
            practice.save_drawing(attempt, DrawingDraft(nodes=(row,)), number, "tables")
    view = practice.open(attempt)
    assert view.clock.seconds[StageId.SERVING] == 30 * 60
    assert kinds(desk, attempt).count("worked") == 15  # every other minute, not every save


def test_a_clock_set_back_loses_no_text(practice: Practice, clock: Clock, attempt: str) -> None:
    practice.save_answer(attempt, StageId.DATA, "before", 0, "tab")
    clock.forward(-60)
    practice.save_answer(attempt, StageId.DATA, "after", 1, "tab")
    view = practice.open(attempt)
    assert view.answers[StageId.DATA].text == "after"
    assert view.clock.total == 0


# --- the drawing ------------------------------------------------------------------------


def test_unfinished_rows_are_kept_beside_the_finished_ones(
    practice: Practice, attempt: str
) -> None:
    practice.save_drawing(attempt, DRAFT, 0, "tables")
    view = practice.open(attempt)
    assert view.drawing == DRAFT
    reading = view.drawing_reading
    assert [node.id for node in reading.design.nodes] == ["gateway", "cache"]
    assert len(reading.design.edges) == 1
    assert reading.unfinished.nodes == (UNFINISHED,)
    assert reading.unfinished.edges == ({"source": "gateway"},)
    assert len(reading.problems) == 2
    assert practice.submit(attempt).design == reading.design


def test_a_stale_second_drawing_is_flagged(practice: Practice, attempt: str) -> None:
    empty = DrawingDraft(nodes=(UNFINISHED,))
    practice.save_drawing(attempt, DRAFT, 0, "left")
    assert practice.save_drawing(attempt, empty, 0, "right").stale
    view = practice.open(attempt)
    assert (view.drawing, view.drawing_revision) == (empty, 2)
    assert view.drawing_other is not None
    assert view.drawing_other.number == 1


@pytest.mark.parametrize(
    "draft",
    [
        DrawingDraft(nodes=(FINISHED,) * (MAX_NODE_ROWS + 1)),
        DrawingDraft(edges=({"source": "a"},) * (MAX_EDGE_ROWS + 1)),
        DrawingDraft(nodes=({"note": "x" * MAX_DRAWING_CHARS},)),
    ],
    ids=["nodes", "edges", "a long cell"],
)
def test_too_much_of_a_drawing_is_refused_and_the_saved_one_untouched(
    practice: Practice, desk: Desk, attempt: str, draft: DrawingDraft
) -> None:
    practice.save_drawing(attempt, DRAFT, 0, "tables")
    before = desk.store.load("me", attempt)
    with pytest.raises(TooLongError, match=r"at most .* and go on"):
        practice.save_drawing(attempt, draft, 1, "tables")
    assert desk.store.load("me", attempt) == before


def test_full_tables_of_long_rows_are_kept(practice: Practice, attempt: str) -> None:
    row = {"id": "i" * 64, "kind": "k" * 64, "label": "l" * 120, "note": "n" * 500}
    edge = {"source": "s" * 64, "target": "t" * 64, "fallback": "f" * 120, "note": "n" * 120}
    full = DrawingDraft(nodes=(row,) * MAX_NODE_ROWS, edges=(edge,) * MAX_EDGE_ROWS)
    practice.save_drawing(attempt, full, 0, "tables")
    assert practice.open(attempt).drawing == full


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_no_cell_keeps_a_session_from_opening(practice: Practice, data: st.DataObject) -> None:
    cells = st.text(st.characters(exclude_categories=[]), max_size=12)
    rows = st.lists(st.dictionaries(st.one_of(st.just("id"), cells), cells), max_size=3)
    draft = DrawingDraft(nodes=tuple(data.draw(rows)), edges=tuple(data.draw(rows)))
    attempt = practice.start(FRAUD, 45)
    practice.save_drawing(attempt, draft, 0, "tables")
    view = practice.open(attempt)
    assert len(view.drawing.nodes) == len(draft.nodes)
    assert len(view.drawing.edges) == len(draft.edges)
    practice.submit(attempt)
