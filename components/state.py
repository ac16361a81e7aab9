"""The one module that owns ``st.session_state``.

Widgets keep their own keys there; everything else that must outlive a rerun is read and
written through the functions below, so that it can be found in one place.
"""

import secrets
from datetime import datetime
from typing import cast

import streamlit as st

from designs.drawing_draft import DrawingDraft
from designs.problem import ContentError
from designs.record import Record
from rubrics.graders.llm.endpoint import Endpoint
from workbench.workbench import Workbench

_WORKBENCH = "_workbench"
_RECEIPTS = "_receipts"
_NOTICE = "_notice"
_FAILURES = "_failures"
_OPENED = "_opened"
_ASKED = "_asked"
_SILENT = "_silent"
_TABLES = "_tables"
_EPOCH = "_epoch"
_CANVASES = "_canvases"
_CLIENT = "_client"
_ENDPOINT = "_endpoint"
_VOICED = "_voiced"


class Receipt(Record):
    """What became of a draft that the editor sent."""

    seq: str
    """The draft's own number."""
    revision: int = 0
    saved_at: datetime | None = None
    error: str = ""
    """Why it was not saved; empty if it was."""


def put_workbench(workbench: Workbench) -> None:
    """Hand the workbench to the pages of this session."""
    st.session_state[_WORKBENCH] = workbench


def the_workbench() -> Workbench:
    """Return the workbench that `app.py` handed over."""
    return cast(Workbench, st.session_state[_WORKBENCH])


def put_receipt(key: str, receipt: Receipt) -> None:
    """Keep the receipt of an editor's last draft."""
    st.session_state.setdefault(_RECEIPTS, {})[key] = receipt


def receipt_of(key: str) -> Receipt | None:
    """Return the receipt of an editor's last draft, if it sent one."""
    return cast(Receipt | None, st.session_state.get(_RECEIPTS, {}).get(key))


def put_notice(text: str) -> None:
    """Show a sentence at the top of the next page."""
    st.session_state[_NOTICE] = text


def take_notice() -> str | None:
    """Return the sentence to show, once."""
    return cast(str | None, st.session_state.pop(_NOTICE, None))


def put_failure(failure: str | ContentError) -> None:
    """Keep what went wrong for the next run of the page."""
    st.session_state.setdefault(_FAILURES, []).append(failure)


def take_failures() -> list[str | ContentError]:
    """Return what went wrong since the page ran last, once."""
    return cast(list[str | ContentError], st.session_state.pop(_FAILURES, []))


def first_time_open(attempt_id: str) -> bool:
    """Return True once per browser session and attempt."""
    opened: set[str] = st.session_state.setdefault(_OPENED, set())
    if attempt_id in opened:
        return False
    opened.add(attempt_id)
    return True


def put_question(attempt_id: str, text: str) -> None:
    """Keep a question to the interviewer that found no answer."""
    st.session_state.setdefault(_ASKED, {})[attempt_id] = text


def take_question(attempt_id: str) -> str | None:
    """Return the unanswered question, once."""
    return cast(str | None, st.session_state.get(_ASKED, {}).pop(attempt_id, None))


def put_silence(attempt_id: str, stage: str) -> None:
    """Note that the interviewer had nothing to ask about a stage."""
    st.session_state.setdefault(_SILENT, {})[attempt_id] = stage


def take_silence(attempt_id: str, stage: str) -> bool:
    """Tell, once, whether the interviewer had nothing to ask about a stage."""
    return bool(st.session_state.get(_SILENT, {}).pop(attempt_id, None) == stage)


class TableBase(Record):
    """What the drawing tables started from; the widgets hold the difference."""

    epoch: int
    rows: DrawingDraft


def table_base(attempt_id: str, draft: DrawingDraft) -> TableBase:
    """Return the rows that the tables started from in this browser session.

    Streamlit's table widget keeps the user's edits as a difference to the rows it was first
    given, so those must stay the same until something else than the widget changes the drawing.
    """
    bases: dict[str, TableBase] = st.session_state.setdefault(_TABLES, {})
    if attempt_id not in bases:
        epoch = st.session_state.get(_EPOCH, 0) + 1
        st.session_state[_EPOCH] = epoch
        bases[attempt_id] = TableBase(epoch=epoch, rows=draft)
    return bases[attempt_id]


def redraw_tables(attempt_id: str) -> None:
    """Make the tables start anew from what is saved."""
    st.session_state.get(_TABLES, {}).pop(attempt_id, None)


class CanvasSync(Record):
    """What the canvas in the browser knows of the drawing."""

    epoch: str
    """Names one sending of the whole design; no two in one browser share it."""
    revision: int
    """The revision that the canvas shows."""
    whole: bool
    """Whether the whole design has to be sent: it does not come from the canvas's own edits."""
    seq: str = ""
    """The edit that this answers, if any."""
    error: str = ""
    """Why that edit was not made or not saved; empty if it was saved."""
    retry: bool = False
    """Whether sending the same edit again may succeed."""
    follows: bool = False
    """Whether the canvas asks for what follows from the drawing, which was not made anew yet."""


def canvas_sync(attempt_id: str) -> CanvasSync | None:
    """Return what the canvas of an attempt knows in this browser session."""
    return cast(CanvasSync | None, st.session_state.get(_CANVASES, {}).get(attempt_id))


def put_canvas_sync(attempt_id: str, sync: CanvasSync) -> None:
    """Keep what the canvas of an attempt knows."""
    st.session_state.setdefault(_CANVASES, {})[attempt_id] = sync


def canvas_epoch() -> str:
    """Return a name for a sending of the whole design that was never used before."""
    return secrets.token_hex(6)


def drawing_client() -> str:
    """Return an id of this browser session, to tell its own saves from those of others."""
    return cast(str, st.session_state.setdefault(_CLIENT, f"tables-{secrets.token_hex(8)}"))


def put_endpoint(endpoint: Endpoint | None) -> None:
    """Keep the language model of this browser session, key and all, in memory only."""
    st.session_state[_ENDPOINT] = endpoint


def chosen_endpoint() -> Endpoint | None:
    """Return the language model of this browser session."""
    return cast(Endpoint | None, st.session_state.get(_ENDPOINT))


def put_voiced(is_voiced: bool) -> None:
    """Note whether the interviewer speaks through the language model of this browser session."""
    st.session_state[_VOICED] = is_voiced


def is_voiced() -> bool:
    """Tell whether the interviewer is to speak through a language model; not unless chosen."""
    return bool(st.session_state.get(_VOICED, False))


def voice_endpoint() -> Endpoint | None:
    """Return the language model that the interviewer speaks through, if any."""
    return chosen_endpoint() if is_voiced() else None
