"""The answer of one stage: editor, receipts and what to do when two tabs disagree."""

from math import isfinite
from typing import Any

import streamlit as st

from components import state
from components.boundary import guarded
from components.component_key import component_key
from components.practice.answer_editor import answer_editor
from components.state import Receipt
from designs.stage import StageId
from workbench.practice import PartView, PracticeView
from workbench.store import StoreError


def answer_area(view: PracticeView, stage: StageId) -> None:
    """Show the editor of a stage.

    Not a fragment: Streamlit's page sends what changed in one tick as one message, and a button
    pressed in the tick in which the editor is left would run the editor's fragment and nothing
    else (docs/adr/0005).
    """
    attempt_id, part = view.attempt_id, view.answers[stage]
    key = component_key("answer", attempt_id, stage)
    if part.other is not None and not view.submitted:
        _two_versions(attempt_id, stage, part)

    def save(draft: dict[str, Any]) -> None:
        _save(key, attempt_id, stage, draft)

    answer_editor(
        key=key,
        attempt_id=attempt_id,
        stage=stage,
        label=f"Your answer: {stage.title}",
        text=part.text,
        revision=part.revision,
        saved_at=part.saved_at.isoformat() if part.saved_at else None,
        receipt=state.receipt_of(key),
        readonly=view.submitted,
        on_draft=save,
    )


def _save(key: str, attempt_id: str, stage: StageId, draft: dict[str, Any]) -> None:
    """Keep a draft; whatever goes wrong becomes a receipt, so that the editor can say so."""
    text, parent = draft.get("text"), draft.get("parent")
    seq, client = str(draft.get("seq", ""))[:80], str(draft.get("client", ""))[:64]
    if not isinstance(text, str) or not isinstance(parent, int | float) or not isfinite(parent):
        state.put_receipt(key, Receipt(seq=seq, error="Not saved: the browser sent no text."))
        return
    try:
        revision = state.the_workbench().practice.save_answer(
            attempt_id, stage, text, int(parent), client
        )
    except StoreError as error:
        state.put_receipt(key, Receipt(seq=seq, error=f"Not saved. {error}"))
    else:
        receipt = Receipt(seq=seq, revision=revision.number, saved_at=revision.saved_at)
        state.put_receipt(key, receipt)


def _two_versions(attempt_id: str, stage: StageId, part: PartView) -> None:
    other = part.other
    if other is None:
        return
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
                key=f"keep-{stage}",
                on_click=_choose,
                args=(attempt_id, stage, part.text, part.revision),
            )
            st.button(
                "Take the other one",
                key=f"take-{stage}",
                on_click=_choose,
                args=(attempt_id, stage, other.body, part.revision),
            )


@guarded("settle the two versions")
def _choose(attempt_id: str, stage: StageId, text: str, revision: int) -> None:
    state.the_workbench().practice.save_answer(attempt_id, stage, text, revision, "")
