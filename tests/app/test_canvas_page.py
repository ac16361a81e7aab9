"""The canvas on its page, and what becomes of the messages that it sends."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from app_pages import ROOT, OpenPage
from streamlit.testing.v1 import AppTest

from designs.drawing import Design, Edge, Node
from designs.drawing_draft import DrawingDraft, draft_of
from workbench.exchange import import_attempt
from workbench.store import StoreError
from workbench.workbench import Workbench

FRAUD = "fraud-detection"
ADD = {"op": "add-node", "node": {"id": "gateway", "kind": "api-gateway"}}
Send = Callable[..., dict[str, Any]]


def started(workbench: Workbench) -> str:
    return workbench.practice.start(FRAUD, 45)


def design_of(workbench: Workbench, attempt: str) -> Design:
    return workbench.practice.open(attempt).drawing_reading.design


def canvas_data(app: AppTest) -> list[dict[str, Any]]:
    """Return what each component of the canvas was given."""
    found = [one.proto for one in app.get("bidi_component")]
    return [json.loads(one.json) for one in found if "dryrun_canvas" in one.component_name]


@pytest.fixture
def send(workbench: Workbench) -> Send:
    """Let a message arrive in a browser session and return what the canvas is told then."""

    def script(attempt, messages, workbench):  # type: ignore[no-untyped-def]
        import streamlit as st

        from components import state
        from components.practice.drawing_canvas import _edit, current_sync

        state.put_workbench(workbench)
        for message in messages:
            _edit(attempt, message)
        st.session_state["told"] = current_sync(workbench.practice.open(attempt)).model_dump()

    def sent(attempt: str, *messages: object) -> dict[str, Any]:
        app = AppTest.from_function(script, args=(attempt, list(messages), workbench)).run()
        assert not app.exception
        told: dict[str, Any] = app.session_state["told"]
        return told

    return sent


def message(*ops: dict[str, Any], base: int = 0, seq: str = "t-1") -> str:
    return json.dumps({"base": base, "seq": seq, "ops": ops})


def test_the_drawing_opens_with_the_canvas(open_page: OpenPage, workbench: Workbench) -> None:
    path = ROOT / "designs" / "prompts" / FRAUD / "exemplar.yaml"
    attempt = import_attempt(workbench.desk, path.read_bytes(), path.name)
    app = open_page("practice", attempt=attempt, stage="drawing")
    assert not app.exception
    code, post, canvas = canvas_data(app)
    assert code["code"] == canvas["code"]
    assert post["attempt"] == canvas["attempt"] == attempt
    assert len(code["palette"]["kinds"]) == len(workbench.content.palette.kinds)
    drawn = design_of(workbench, attempt)
    assert Design.model_validate(canvas["doc"]) == drawn
    app.button_group(key=f"way-to-draw-{attempt}").set_value("Tables").run()
    assert not app.exception
    assert canvas_data(app) == []


def test_an_edit_is_saved_and_answered_without_the_drawing(
    send: Send, workbench: Workbench
) -> None:
    attempt = started(workbench)
    told = send(attempt, message(ADD))
    assert [node.id for node in design_of(workbench, attempt).nodes] == ["gateway"]
    revision = workbench.practice.open(attempt).drawing_revision
    assert (told["seq"], told["revision"], told["whole"], told["error"]) == (
        "t-1",
        revision,
        False,
        "",
    )


def test_what_follows_from_an_edit_waits_unless_the_page_around_changes(
    send: Send, workbench: Workbench
) -> None:
    attempt = started(workbench)
    first = send(attempt, message(ADD))
    assert not first["follows"]  # there is something to run now, and a link that says so
    label = {"op": "update-node", "id": "gateway", "set": {"label": "Door"}}
    second = send(attempt, message(label, base=first["revision"], seq="t-2"))
    assert second["follows"]
    assert design_of(workbench, attempt).nodes[0].label == "Door"
    stale = send(attempt, message(label, base=first["revision"], seq="t-3"))
    assert stale["error"]
    assert not stale["follows"]


@pytest.mark.parametrize("bad", [7, "", "{", message(ADD, ADD), message(ADD | {"x": 1})])
def test_a_bad_message_changes_nothing_and_says_so(
    send: Send, workbench: Workbench, bad: object
) -> None:
    attempt = started(workbench)
    design = Design(nodes=(Node(id="ranker", kind="ranker"),))
    revision = workbench.practice.save_drawing(attempt, draft_of(design), 0, "test")
    told = send(attempt, bad)
    assert told["whole"]
    assert told["error"]
    assert "\n" not in told["error"]
    assert design_of(workbench, attempt) == design
    assert workbench.practice.open(attempt).drawing_revision == revision.number


def test_an_edit_of_an_older_revision_is_refused(send: Send, workbench: Workbench) -> None:
    attempt = started(workbench)
    design = Design(nodes=(Node(id="ranker", kind="ranker"),))
    workbench.practice.save_drawing(attempt, draft_of(design), 0, "another tab")
    told = send(attempt, message(ADD))
    assert told["whole"]
    assert "another tab" in told["error"]
    assert design_of(workbench, attempt) == design


def test_unfinished_rows_stay_and_may_become_finished(send: Send, workbench: Workbench) -> None:
    attempt = started(workbench)
    draft = DrawingDraft(
        nodes=({"id": "ranker", "kind": "ranker"}, {"kind": "cache"}),
        edges=({"source": "gateway", "target": "ranker"},),
    )
    revision = workbench.practice.save_drawing(attempt, draft, 0, "test")
    told = send(attempt, message(ADD, base=revision.number))
    view = workbench.practice.open(attempt)
    assert view.drawing_reading.design.edges == (Edge(source="gateway", target="ranker"),)
    assert view.drawing_reading.unfinished.nodes == ({"kind": "cache"},)
    assert told["whole"]  # the canvas does not know of the edge
    assert not told["error"]


def test_a_store_that_fails_is_tried_again(
    send: Send, workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt = started(workbench)

    def full(*_: object) -> None:
        raise StoreError("The disk is full.")

    monkeypatch.setattr(workbench.practice, "save_drawing", full)
    told = send(attempt, message(ADD))
    assert told["retry"]
    assert not told["whole"]
    assert "The disk is full." in told["error"]


def test_nothing_is_drawn_after_submission(send: Send, workbench: Workbench) -> None:
    attempt = started(workbench)
    workbench.practice.submit(attempt)
    told = send(attempt, message(ADD))
    assert told["whole"]
    assert "submitted" in told["error"]
    assert design_of(workbench, attempt) == Design()
