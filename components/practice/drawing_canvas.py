"""The canvas of the drawing: its edits are saved as the tables are, and answered with a receipt."""

import functools

from components import state
from components.boundary import guarded
from components.canvas.canvas import CanvasData, design_canvas, design_data
from components.component_key import component_key
from components.state import CanvasSync
from designs.drawing import Design
from designs.drawing_draft import decode, draft_of, encode, read_draft
from designs.drawing_patch import PatchError, apply_patch, read_patch
from designs.node_kind import Palette
from workbench.practice import PracticeView, TooLongError
from workbench.store import AlreadySubmittedError, StoreError

STALE = (
    "The drawing was changed in another tab or in the table. The canvas shows that version now; "
    "make your last change again."
)


def drawing_canvas(view: PracticeView, palette: Palette) -> None:
    """Show the canvas of an attempt."""
    sync = current_sync(view)
    design_canvas(
        key=component_key("canvas", view.attempt_id),
        data=CanvasData(
            attempt=view.attempt_id,
            epoch=sync.epoch,
            revision=sync.revision,
            seq=sync.seq,
            error=sync.error,
            retry=sync.retry,
            readonly=view.submitted,
            doc=design_data(view.drawing_reading.design) if sync.whole else None,
        ),
        palette=palette,
        on_edit=functools.partial(_edit, view.attempt_id),
        on_ask=functools.partial(_send_whole, view.attempt_id),
    )


def current_sync(view: PracticeView) -> CanvasSync:
    """Return what the canvas knows; it is sent the whole drawing when that is not the newest."""
    sync = state.canvas_sync(view.attempt_id)
    if sync is None or sync.revision != view.drawing_revision:
        sync = CanvasSync(epoch=state.canvas_epoch(), revision=view.drawing_revision, whole=True)
        state.put_canvas_sync(view.attempt_id, sync)
    return sync


@guarded("save the change on the canvas")
def _edit(attempt_id: str, message: object) -> None:
    workbench = state.the_workbench()
    view = workbench.practice.open(attempt_id)
    palette = workbench.content.palette
    try:
        patch = read_patch(message)
    except PatchError as error:
        _refuse(view, "", str(error))
        return
    if patch.base != view.drawing_revision:
        _refuse(view, patch.seq, STALE)
        return
    try:
        design = apply_patch(view.drawing_reading.design, patch, palette)
        _save(view, design, patch.seq, palette)
    except (PatchError, TooLongError, AlreadySubmittedError) as error:
        _refuse(view, patch.seq, f"The change was not made. {error}")
    except StoreError as error:
        _refuse(view, patch.seq, f"The change is not saved yet. {error}", retry=True)


def _save(view: PracticeView, design: Design, seq: str, palette: Palette) -> None:
    """Save as the tables do: the rows of the design, and those that are not part of it yet."""
    draft = draft_of(design, view.drawing_reading.unfinished)
    revision = state.the_workbench().practice.save_drawing(
        view.attempt_id, draft, view.drawing_revision, state.drawing_client()
    )
    # A new node may have made unfinished rows part of the drawing, of which the canvas knows
    # nothing; and characters that cannot be stored were replaced.
    as_sent = read_draft(decode(encode(draft)), palette).design == design
    state.put_canvas_sync(
        view.attempt_id,
        CanvasSync(
            epoch=state.canvas_epoch(), revision=revision.number, whole=not as_sent, seq=seq
        ),
    )
    state.redraw_tables(view.attempt_id)


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
