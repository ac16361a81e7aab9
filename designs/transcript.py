"""The transcript: what the interviewer asked while the candidate worked, and the replies."""

from typing import Annotated, Literal

from pydantic import Field

from designs.identifiers import Slug
from designs.record import Record
from designs.stage import StageId

MAX_REPLY_CHARS = 20_000
"""Of one reply; a long answer to a follow-up is a page, not a book."""
MAX_TURNS = 60
"""More than any session reaches; see `workbench.interview.moves` for the limits of a session."""

TurnKind = Literal["follow-up", "probe", "change", "remark"]
"""A question about what was written, one about the reply to it, a requirement that changes, and
a sentence that asks nothing."""
Outcome = Literal["open", "answered", "passed"]
"""Not settled yet; replied to; left without a reply on purpose."""

Wording = Annotated[str, Field(min_length=1, max_length=1000)]


class Turn(Record):
    """Something that the interviewer said."""

    number: int = Field(ge=1, le=MAX_TURNS)
    """1, 2, 3 ... without holes."""
    kind: TurnKind
    stage: StageId
    question_id: Slug
    """The authored question that it asks; for a probe, the question that it follows."""
    wording: Wording
    """As it was said, which later changes of the authored question leave alone."""


class Exchange(Record):
    """A turn with the candidate's reply, as it becomes part of a submission."""

    kind: TurnKind
    stage: StageId
    question_id: Slug
    wording: Wording
    reply: str = Field(default="", max_length=MAX_REPLY_CHARS)
    outcome: Outcome = "open"


Transcript = Annotated[tuple[Exchange, ...], Field(max_length=MAX_TURNS)]
"""In the order of asking; empty where no interviewer took part."""


def turn_of(number: int, exchange: Exchange) -> Turn:
    """Return what the interviewer said in an exchange."""
    return Turn(
        number=number,
        kind=exchange.kind,
        stage=exchange.stage,
        question_id=exchange.question_id,
        wording=exchange.wording,
    )


def reply_part(number: int) -> str:
    """Return the part of an attempt that holds the reply to a turn."""
    return f"reply-{number}"
