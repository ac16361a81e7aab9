"""The interview of an attempt, put together from what the store holds."""

from collections.abc import Sequence

from designs.attempt_document import SessionEvent
from designs.record import Record
from designs.stage import StageId
from designs.transcript import Exchange, Outcome, reply_part
from workbench.interview.moves import Mode, open_question
from workbench.parts import PartView, part_view
from workbench.store import StoredAttempt

_SETTLING: dict[str, Outcome] = {"replied": "answered", "passed": "passed"}


class InterviewView(Record):
    """What was asked and answered so far."""

    mode: Mode
    said: tuple[Exchange, ...]
    """Oldest first; the number of a turn is its place, counted from 1."""
    open: int | None
    """Place of the question that waits for its reply, counted from 1."""
    open_reply: PartView | None
    """The reply to it as it stands."""

    def in_stage(self, stage: StageId) -> tuple[Exchange, ...]:
        """Return what was said in a stage."""
        return tuple(one for one in self.said if one.stage == stage)

    @property
    def waiting(self) -> Exchange | None:
        """The question that waits for its reply."""
        return None if self.open is None else self.said[self.open - 1]


def transcript(stored: StoredAttempt) -> tuple[Exchange, ...]:
    """Return what was said in an attempt, with the replies as they were saved last."""
    outcomes = _outcomes(stored.events)
    return tuple(
        Exchange(
            kind=turn.kind,
            stage=turn.stage,
            question_id=turn.question_id,
            wording=turn.wording,
            reply=part_view(stored, reply_part(turn.number)).text,
            outcome=outcomes.get(str(turn.number), "open"),
        )
        for turn in stored.turns
    )


def interview_view(stored: StoredAttempt) -> InterviewView:
    """Return the interview of an attempt as it stands."""
    said = transcript(stored)
    waiting = open_question(said)
    number = None if waiting is None else waiting + 1
    return InterviewView(
        mode=mode_of(stored.events),
        said=said,
        open=number,
        open_reply=None if number is None else part_view(stored, reply_part(number)),
    )


def mode_of(events: Sequence[SessionEvent]) -> Mode:
    """Return how the interviewer takes part; unless somebody chose, on request."""
    chosen = (event.subject for event in reversed(events) if event.kind == "interviewer")
    return next((Mode(one) for one in chosen if one in set(Mode)), Mode.ON_REQUEST)


def _outcomes(events: Sequence[SessionEvent]) -> dict[str, Outcome]:
    """Return how each turn was settled; the first decision stands."""
    settled: dict[str, Outcome] = {}
    for event in events:
        if event.kind in _SETTLING:
            settled.setdefault(event.subject, _SETTLING[event.kind])
    return settled
