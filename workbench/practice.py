"""Practising: start, answer, ask, take hints, draw and submit."""

from contextlib import suppress

from designs.attempt_document import SessionEvent
from designs.drawing_draft import DraftReading, DrawingDraft
from designs.prompt import Prompt, Reveal
from designs.record import Record
from designs.stage import BUDGET_CHOICES, STAGES, StageId
from designs.submission import Submission
from workbench.desk import Desk
from workbench.drafts import draft_submission, read_drawing_draft
from workbench.edits import TooLongError, answer_edit, drawing_edit
from workbench.interview.record import InterviewView, interview_view
from workbench.parts import PartView, conflict, part_view
from workbench.session_time import HEARTBEAT, SessionClock, session_clock
from workbench.store import (
    DRAWING,
    AttemptHeader,
    AttemptNotFoundError,
    Edit,
    Revision,
    StoreError,
)


class PracticeView(Record):
    """Everything that the practice page shows."""

    attempt_id: str
    prompt: Prompt
    budget_minutes: int
    answers: dict[StageId, PartView]
    drawing: DrawingDraft
    drawing_reading: DraftReading
    drawing_revision: int
    drawing_other: Revision | None
    asked: tuple[str, ...]
    """Ids of the reveals asked for, in the order of asking."""
    hints: dict[StageId, int]
    """How many hints of each stage are open."""
    clock: SessionClock
    interview: InterviewView
    submitted: bool

    @property
    def last_stage(self) -> StageId:
        """The stage to open: the one worked on last."""
        return self.clock.current or STAGES[0]


class Practice:
    """The use cases of a practice session."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def start(self, prompt_id: str, budget_minutes: int) -> str:
        """Begin an attempt and start its clock.

        Returns:
            The attempt's id, which is also its address.

        Raises:
            UnknownPromptError: If there is no such prompt.
            ValueError: If there is no session of that length.
        """
        if budget_minutes not in BUDGET_CHOICES:
            raise ValueError(f"no session lasts {budget_minutes} minutes")
        desk = self._desk
        prompt = desk.content.prompt(prompt_id)
        header = AttemptHeader(
            id=desk.new_id(),
            owner=desk.owner,
            prompt_id=prompt.id,
            prompt_hash=prompt.content_hash(),
            budget_minutes=budget_minutes,
            created_at=desk.now(),
        )
        desk.store.create(header)
        desk.store.append_event(desk.owner, header.id, desk.event("entered", STAGES[0]))
        return header.id

    def open(self, attempt_id: str) -> PracticeView:
        """Return an attempt as it stands.

        Raises:
            AttemptNotFoundError: If there is none, or it is somebody else's.
        """
        desk = self._desk
        stored = desk.store.load(desk.owner, attempt_id)
        prompt = desk.content.prompt(stored.header.prompt_id)
        draft, reading = read_drawing_draft(stored, desk)
        newest = stored.parts.get(DRAWING)
        return PracticeView(
            attempt_id=attempt_id,
            prompt=prompt,
            budget_minutes=stored.header.budget_minutes,
            answers={stage: part_view(stored, stage.value) for stage in STAGES},
            drawing=draft,
            drawing_reading=reading,
            drawing_revision=newest.number if newest else 0,
            drawing_other=conflict(stored, DRAWING),
            asked=tuple(dict.fromkeys(e.subject for e in stored.events if e.kind == "asked")),
            hints={stage: _hints_open(stored.events, stage) for stage in STAGES},
            clock=session_clock(stored.events, desk.now()),
            interview=interview_view(stored),
            submitted=stored.submission is not None,
        )

    def enter(self, attempt_id: str, stage: StageId) -> None:
        """Note that a stage is being worked on; entering it twice in a row is noted once."""
        desk = self._desk
        stored = desk.store.load(desk.owner, attempt_id)
        if stored.submission is None and _current(stored.events) != stage:
            desk.store.append_event(desk.owner, attempt_id, desk.event("entered", stage))

    def resume(self, attempt_id: str) -> None:
        """Note that the session was opened again, so that the time away is not counted on."""
        desk = self._desk
        stored = desk.store.load(desk.owner, attempt_id)
        stage = _current(stored.events)
        if stored.submission is None and stage is not None:
            desk.store.append_event(desk.owner, attempt_id, desk.event("resumed", stage))

    def save_answer(
        self, attempt_id: str, stage: StageId, text: str, parent: int, client: str
    ) -> Revision:
        """Keep an answer and return its revision, after the commit.

        Args:
            attempt_id: The attempt.
            stage: Whose answer it is.
            text: All of it.
            parent: The revision that the tab had last seen.
            client: An id that the tab made up.

        Raises:
            TooLongError: If the text is too long to be judged.
            AlreadySubmittedError: If the attempt was submitted in the meantime.
        """
        return self._save(attempt_id, answer_edit(stage, text, parent, client), stage)

    def save_drawing(
        self, attempt_id: str, draft: DrawingDraft, parent: int, client: str
    ) -> Revision:
        """Keep the drawing's tables, valid rows and unfinished ones alike.

        Raises:
            TooLongError: If there are more rows, or longer ones, than are kept.
            AlreadySubmittedError: If the attempt was submitted in the meantime.
        """
        return self._save(attempt_id, drawing_edit(draft, parent, client))

    def ask(self, attempt_id: str, reveal_id: str) -> Reveal | None:
        """Ask the interviewer; the question is recorded. None if there is no such fact."""
        desk = self._desk
        stored = desk.store.load(desk.owner, attempt_id)
        reveal = desk.content.prompt(stored.header.prompt_id).reveal(reveal_id)
        if reveal is None:
            return None
        known = {event.subject for event in stored.events if event.kind == "asked"}
        if reveal_id not in known and stored.submission is None:
            event = desk.event("asked", _current(stored.events), reveal_id)
            desk.store.append_event(desk.owner, attempt_id, event)
        return reveal

    def open_hint(self, attempt_id: str, stage: StageId) -> int:
        """Open the next hint of a stage and return how many are open now."""
        desk = self._desk
        stored = desk.store.load(desk.owner, attempt_id)
        brief = desk.content.prompt(stored.header.prompt_id).stage(stage)
        opened = _hints_open(stored.events, stage)
        if opened >= len(brief.hints) or stored.submission is not None:
            return opened
        event = desk.event("hinted", stage, str(opened + 1))
        desk.store.append_event(desk.owner, attempt_id, event)
        return opened + 1

    def submit(self, attempt_id: str) -> Submission:
        """Freeze the attempt as it stands.

        Raises:
            AlreadySubmittedError: If it was submitted before.
        """
        desk = self._desk
        stored = desk.store.load(desk.owner, attempt_id)
        prompt = desk.content.prompt(stored.header.prompt_id)
        submission = draft_submission(stored, desk, prompt.content_hash())
        desk.store.submit(desk.owner, attempt_id, submission, desk.event("submitted"))
        return submission

    def delete(self, attempt_id: str) -> None:
        """Delete an attempt for good."""
        self._desk.store.purge(self._desk.owner, attempt_id)

    def _save(self, attempt_id: str, edit: Edit, stage: StageId | None = None) -> Revision:
        desk = self._desk
        revision = desk.store.save(desk.owner, attempt_id, edit, desk.now())
        with suppress(StoreError):  # the text is kept, and that is what the writer is told
            self._heartbeat(attempt_id, stage)
        return revision

    def _heartbeat(self, attempt_id: str, stage: StageId | None) -> None:
        """Note that work goes on, now and then; drawing counts for the stage entered last."""
        desk = self._desk
        events = desk.store.load(desk.owner, attempt_id).events
        now = desk.now()
        if events and abs(now - events[-1].at) >= HEARTBEAT:
            event = desk.event("worked", stage or _current(events))
            desk.store.append_event(desk.owner, attempt_id, event)


def _current(events: tuple[SessionEvent, ...]) -> StageId | None:
    kinds = ("entered", "resumed", "worked")
    return next((e.stage for e in reversed(events) if e.kind in kinds and e.stage), None)


def _hints_open(events: tuple[SessionEvent, ...], stage: StageId) -> int:
    return len({e.subject for e in events if e.kind == "hinted" and e.stage == stage})


__all__ = [
    "AttemptNotFoundError",
    "PartView",
    "Practice",
    "PracticeView",
    "TooLongError",
    "draft_submission",
]
