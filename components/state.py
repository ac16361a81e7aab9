"""The one module that owns ``st.session_state``.

Widgets keep their own keys there; everything else that must outlive a rerun is read and
written through the functions below, so that it can be found in one place.
"""

from datetime import datetime
from typing import cast

import streamlit as st

from designs.record import Record
from workbench.workbench import Workbench

_WORKBENCH = "_workbench"
_RECEIPTS = "_receipts"
_NOTICE = "_notice"
_OPENED = "_opened"
_ASKED = "_asked"


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
