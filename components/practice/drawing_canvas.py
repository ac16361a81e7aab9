"""The canvas of the drawing: its edits are saved as the tables are, and answered with a receipt.

After an edit the canvas alone runs. When it has shown that all is saved it asks for what follows
from the drawing, so that no picture stands between an edit and its receipt.
"""

import functools

import streamlit as st

from components import state
from components.boundary import guarded
from components.canvas.canvas import CanvasData, canvas_post, design_canvas, design_data
from components.component_key import component_key
from components.partial_rerun import CANVAS, CLOCK, FOLLOWING, rerun_only
from components.state import CanvasSync
from designs.drawing import Design
from designs.drawing_draft import draft_of, encode
from designs.drawing_patch import PatchError, apply_patch, read_patch
from designs.node_kind import Palette
from workbench.drafts import read_body
from workbench.practice import PracticeView, TooLongError
from workbench.store import AlreadySubmittedError, StoreError

STALE = (
    "The drawing was changed in another tab or in the table. The canvas shows that version now; "
    "make your last change again."
)


def drawing_canvas(view: PracticeView, palette: Palette) -> None:
    """Show the canvas of an attempt."""
    with st.container(gap=None):
        canvas_post(
            key=component_key("canvas-post", view.attempt_id),
            attempt=view.attempt_id,
            palette=palette,
            on_edit=functools.partial(_edited, view.attempt_id),
            on_ask=functools.partial(_send_whole, view.attempt_id),
            on_follow=functools.partial(rerun_only, FOLLOWING, CLOCK),
        )
        _canvas(view.attempt_id)


@st.fragment(key=CANVAS)
@guarded("show the drawing on the canvas")
def _canvas(attempt_id: str) -> None:
    view = state.the_workbench().practice.open(attempt_id)
    sync = current_sync(view)
    design_canvas(
        component_key("canvas", attempt_id),
        CanvasData(
            attempt=attempt_id,
            epoch=sync.epoch,
            revision=sync.revision,
            seq=sync.seq,
            error=sync.error,
            retry=sync.retry,
            follows=sync.follows,
            readonly=view.submitted,
            doc=design_data(view.drawing_reading.design) if sync.whole else None,
        ),
    )


def current_sync(view: PracticeView) -> CanvasSync:
    """Return what the canvas knows; it is sent the whole drawing when that is not the newest."""
    sync = state.canvas_sync(view.attempt_id)
    if sync is None or sync.revision != view.drawing_revision:
        sync = CanvasSync(epoch=state.canvas_epoch(), revision=view.drawing_revision, whole=True)
        state.put_canvas_sync(view.attempt_id, sync)
    return sync


def _edited(attempt_id: str, message: object) -> None:
    """Save an edit. The rest of the page runs later, or at once if the canvas is not to ask."""
    if _edit(attempt_id, message):
        rerun_only(CANVAS)


@guarded("save the change on the canvas")
def _edit(attempt_id: str, message: object) -> bool:
    """Save an edit; return whether the canvas asks for what follows from it."""
    workbench = state.the_workbench()
    view = workbench.practice.open(attempt_id)
    palette = workbench.content.palette
    try:
        patch = read_patch(message)
    except PatchError as error:
        _refuse(view, "", str(error))
        return False
    if patch.base != view.drawing_revision:
        _refuse(view, patch.seq, STALE)
        return False
    before = view.drawing_reading.design
    try:
        design = apply_patch(before, patch, palette)
        # At the top of the page is a link to run the drawing, if there is anything to run.
        follows = bool(before.nodes) == bool(design.nodes)
        return _save(view, design, patch.seq, palette, follows=follows)
    except (PatchError, TooLongError, AlreadySubmittedError) as error:
        _refuse(view, patch.seq, f"The change was not made. {error}")
    except StoreError as error:
        _refuse(view, patch.seq, f"The change is not saved yet. {error}", retry=True)
    return False


def _save(view: PracticeView, design: Design, seq: str, palette: Palette, *, follows: bool) -> bool:
    """Save as the tables do: the rows of the design, and those that are not part of it yet.

    Return whether the canvas asks for what follows. It does not if it gets the whole drawing anew.
    """
    draft = draft_of(design, view.drawing_reading.unfinished)
    revision = state.the_workbench().practice.save_drawing(
        view.attempt_id, draft, view.drawing_revision, state.drawing_client()
    )
    # A new node may have made unfinished rows part of the drawing, of which the canvas knows
    # nothing; and characters that cannot be stored were replaced.
    as_sent = read_body(encode(draft), palette)[1].design == design
    state.put_canvas_sync(
        view.attempt_id,
        CanvasSync(
            epoch=state.canvas_epoch(),
            revision=revision.number,
            whole=not as_sent,
            seq=seq,
            follows=follows and as_sent,
        ),
    )
    state.redraw_tables(view.attempt_id)
    return follows and as_sent


def _refuse(view: PracticeView, seq: str, error: str, *, retry: bool = False) -> None:
    """Answer that nothing was changed.

    The drawing is sent as it is, unless sending the same edit again may succeed: the canvas then
    keeps it and does so.
    """
    state.put_canvas_sync(
        view.attempt_id,
        CanvasSync(
            epoch=state.canvas_epoch(),
            revision=view.drawing_revision,
            whole=not retry,
            seq=seq,
            error=error,
            retry=retry,
        ),
    )


@guarded("show the drawing on the canvas")
def _send_whole(attempt_id: str) -> None:
    view = state.the_workbench().practice.open(attempt_id)
    state.put_canvas_sync(
        attempt_id,
        CanvasSync(epoch=state.canvas_epoch(), revision=view.drawing_revision, whole=True),
    )
