"""What a draft would be if it were submitted now."""

from functools import lru_cache

from designs.drawing_draft import DraftReading, DrawingDraft, decode, read_draft
from designs.node_kind import Palette
from designs.stage import STAGES
from designs.submission import Submission
from workbench.desk import Desk
from workbench.interview.record import transcript
from workbench.parts import part_view
from workbench.store import DRAWING, StoredAttempt, StoreError


def draft_submission(stored: StoredAttempt, desk: Desk, prompt_hash: str) -> Submission:
    """Return what a submission of the attempt as it stands would be."""
    return Submission(
        prompt_id=stored.header.prompt_id,
        prompt_hash=prompt_hash,
        answers={stage: part_view(stored, stage.value).text for stage in STAGES},
        design=read_drawing_draft(stored, desk)[1].design,
        transcript=transcript(stored),
    )


def read_drawing_draft(stored: StoredAttempt, desk: Desk) -> tuple[DrawingDraft, DraftReading]:
    """Return the drawing's tables and what they say.

    Raises:
        StoreError: If they cannot be read.
    """
    newest = stored.parts.get(DRAWING)
    if newest is None:
        draft = DrawingDraft()
        return draft, read_draft(draft, desk.content.palette)
    try:
        return read_body(newest.body, desk.content.palette)
    except ValueError:
        raise StoreError(
            "The saved drawing cannot be read: the database was changed by hand or is damaged. "
            "Restore a backup, or report this with the output of the doctor."
        ) from None


@lru_cache(maxsize=64)
def read_body(body: str, palette: Palette) -> tuple[DrawingDraft, DraftReading]:
    """Return the tables that a revision holds and what they say.

    An edit reads the same text up to four times, and a page does so again at each rerun.

    Args:
        body: What `encode` wrote.
        palette: Known kinds.

    Raises:
        ValueError: If it is not such a text.
    """
    draft = decode(body)
    return draft, read_draft(draft, palette)
