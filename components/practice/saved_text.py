"""A text that saves itself: the editor, its receipts, and the choice when two tabs disagree."""

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite
from typing import Any, Literal

import streamlit as st

from components import state
from components.boundary import reported
from components.component_key import component_key
from components.practice.answer_editor import ANSWER_PLACEHOLDER, answer_editor
from components.state import Receipt
from workbench.parts import PartView
from workbench.store import Revision, StoreError

Save = Callable[[str, int, str], Revision]
"""Takes text, the revision that the tab had last seen, and the tab's id."""


@dataclass(frozen=True)
class SavedText:
    """Which text of an attempt is edited, and how it is saved."""

    attempt_id: str
    part: str
    label: str
    readonly: bool
    save: Save
    placeholder: str = ANSWER_PLACEHOLDER
    size: Literal["answer", "reply"] = "answer"


def saved_text(what: SavedText, part: PartView) -> None:
    """Show the editor of a text, below the other version if there is one."""
    key = component_key("answer", what.attempt_id, what.part)
    if part.other is not None and not what.readonly:
        _two_versions(what, part, part.other)

    def on_draft(draft: dict[str, Any]) -> None:
        _save(key, what.save, draft)

    answer_editor(
        key=key,
        attempt_id=what.attempt_id,
        stage=what.part,
        label=what.label,
        text=part.text,
        revision=part.revision,
        saved_at=part.saved_at.isoformat() if part.saved_at else None,
        receipt=state.receipt_of(key),
        readonly=what.readonly,
        placeholder=what.placeholder,
        size=what.size,
        on_draft=on_draft,
    )


def _save(key: str, save: Save, draft: dict[str, Any]) -> None:
    """Keep a draft; whatever goes wrong becomes a receipt, so that the editor can say so."""
    text, parent = draft.get("text"), draft.get("parent")
    seq, client = str(draft.get("seq", ""))[:80], str(draft.get("client", ""))[:64]
    if not isinstance(text, str) or not isinstance(parent, int | float) or not isfinite(parent):
        state.put_receipt(key, Receipt(seq=seq, error="Not saved: the browser sent no text."))
        return
    try:
        revision = save(text, int(parent), client)
    except StoreError as error:
        state.put_receipt(key, Receipt(seq=seq, error=f"Not saved. {error}"))
    else:
        receipt = Receipt(seq=seq, revision=revision.number, saved_at=revision.saved_at)
        state.put_receipt(key, receipt)


def _two_versions(what: SavedText, part: PartView, other: Revision) -> None:
    with st.container(border=True):
        st.warning(
            "This answer was changed in two places at once. Both versions are kept: the newest is "
            "in the editor, the other one is below. Choose, or copy what you need.",
            icon=":material/warning:",
        )
        st.caption(f"The other version, saved {other.saved_at:%d %b %Y, %H:%M:%S} UTC")
        st.code(other.body, language=None, wrap_lines=True)
        with st.container(horizontal=True):
            st.button(
                "Keep the one in the editor",
                key=f"keep-{what.part}",
                on_click=_choose,
                args=(what.save, part.text, part.revision),
            )
            st.button(
                "Take the other one",
                key=f"take-{what.part}",
                on_click=_choose,
                args=(what.save, other.body, part.revision),
            )


@reported("settle the two versions")
def _choose(save: Save, text: str, revision: int) -> None:
    save(text, revision, "")
