"""What a browser wants to have saved, made fit to be kept."""

import re

from designs.drawing_draft import MAX_EDGE_ROWS, MAX_NODE_ROWS, DrawingDraft, encode
from designs.stage import StageId
from designs.submission import MAX_ANSWER_CHARS
from designs.transcript import reply_part
from workbench.store import DRAWING, Edit, StoreError

MAX_DRAWING_CHARS = 400_000
"""More than full tables of valid rows hold; only a cell with a book in it comes near."""
_MAX_PARENT = 2**31 - 1
"""The largest number that every database keeps."""
_NO_CLIENT = re.compile(r"[^!-~]")


class TooLongError(StoreError):
    """A text is longer than can be judged; it stays in the browser."""


def answer_edit(stage: StageId, text: str, parent: int, client: str) -> Edit:
    """Return the edit of an answer.

    Raises:
        TooLongError: If the text is too long to be judged.
    """
    if len(text) > MAX_ANSWER_CHARS:
        raise TooLongError(
            f"This answer has {len(text):,} characters; at most {MAX_ANSWER_CHARS:,} are kept. "
            "Shorten it: nothing was deleted from the editor."
        )
    return _edit(stage.value, text, parent, client)


def reply_edit(number: int, text: str, parent: int, client: str) -> Edit:
    """Return the edit of the reply to a turn, whose length the caller has checked."""
    return _edit(reply_part(number), text, parent, client)


def drawing_edit(draft: DrawingDraft, parent: int, client: str) -> Edit:
    """Return the edit of the drawing's tables, valid rows and unfinished ones alike.

    Raises:
        TooLongError: If there are more rows, or longer ones, than are kept.
    """
    if len(draft.nodes) > MAX_NODE_ROWS or len(draft.edges) > MAX_EDGE_ROWS:
        raise TooLongError(
            f"The tables have {len(draft.nodes)} nodes and {len(draft.edges)} edges; at most "
            f"{MAX_NODE_ROWS} and {MAX_EDGE_ROWS} rows are kept. Remove some and go on."
        )
    size = sum(
        len(name) + len(cell) for row in (*draft.nodes, *draft.edges) for name, cell in row.items()
    )
    if size > MAX_DRAWING_CHARS:
        raise TooLongError(
            f"The tables hold {size:,} characters; at most {MAX_DRAWING_CHARS:,} are kept. "
            "Shorten the longest cells and go on."
        )
    return _edit(DRAWING, encode(draft), parent, client)


def _edit(part: str, body: str, parent: int, client: str) -> Edit:
    return Edit(
        part=part,
        body=body,
        parent=min(max(0, parent), _MAX_PARENT),
        client=_NO_CLIENT.sub("", client)[:64],
    )
