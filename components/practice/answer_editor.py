"""The answer editor: what is typed is saved while it is typed.

Streamlit's own text area sends its text only on leaving it. This one sends a moment after the
typing pauses and says "Saved" only when told by the receipt of a committed revision.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import streamlit as st

from components.state import Receipt

_HERE = Path(__file__).parent
_EDITOR = st.components.v2.component(
    "dryrun_answer_editor",
    html="""<div class="editor">
  <textarea aria-label="Your answer" spellcheck="true" rows="14"></textarea>
  <div class="line">
    <span data-part="status" role="status" aria-live="polite"></span>
    <span data-part="words"></span>
  </div>
</div>""",
    css=(_HERE / "answer_editor.css").read_text(encoding="utf-8"),
    js=(_HERE / "answer_editor.js").read_text(encoding="utf-8"),
)

ANSWER_PLACEHOLDER = "Decide, give the reason and the number, and say what happens when it fails."


def answer_editor(
    *,
    key: str,
    attempt_id: str,
    stage: str,
    label: str,
    text: str,
    revision: int,
    saved_at: str | None,
    receipt: Receipt | None,
    readonly: bool,
    placeholder: str = ANSWER_PLACEHOLDER,
    size: Literal["answer", "reply"] = "answer",
    on_draft: Callable[[dict[str, Any]], None],
) -> None:
    """Show the editor.

    Args:
        key: Distinct per attempt and stage.
        attempt_id: With `stage`, names the draft in the browser's storage.
        stage: The stage id, or the part that holds a reply.
        label: Accessible name of the text area.
        text: The newest saved text.
        revision: Its revision; 0 if nothing was saved yet.
        saved_at: When it was saved, in ISO form.
        receipt: What became of the draft that was sent last.
        readonly: True after submission.
        placeholder: What stands in the empty field.
        size: How high the empty field is.
        on_draft: Called with the draft (text, parent, client, seq) before the rerun.
    """

    def changed() -> None:
        draft = st.session_state[key].get("draft")
        if isinstance(draft, dict):
            on_draft(draft)

    _EDITOR(
        key=key,
        data={
            "attempt": attempt_id,
            "stage": stage,
            "label": label,
            "placeholder": placeholder,
            "size": size,
            "text": text,
            "revision": revision,
            "saved_at": saved_at,
            "receipt": receipt.model_dump(mode="json") if receipt else None,
            "readonly": readonly,
        },
        on_draft_change=changed,
    )
