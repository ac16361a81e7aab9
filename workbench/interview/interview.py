"""Being interviewed: ask, keep the reply, settle, go on."""

from contextlib import suppress

from designs.inspections import inspect
from designs.stage import StageId
from designs.submission import Submission
from designs.transcript import MAX_REPLY_CHARS, MAX_TURNS, Exchange, Turn
from rubrics.graders.offline.guards.copied import CopySource
from workbench.desk import Desk
from workbench.drafts import draft_submission
from workbench.edits import TooLongError, reply_edit
from workbench.interview.moves import AT_A_STAGES_END, MAX_PER_STAGE, Mode, Move, next_move
from workbench.interview.record import mode_of, transcript
from workbench.interview.rules import Work
from workbench.interview.voice import (
    AuthoredVoice,
    Situation,
    Voice,
    phrased,
    reaction,
    secret_of,
)
from workbench.store import Revision, StoredAttempt, StoreError, TurnTakenError


class Interview:
    """The use cases of an interview; it is optional, and a session is whole without it."""

    def __init__(self, desk: Desk, voice: Voice | None = None) -> None:
        """Keep the desk and a voice; without one, questions are said as they were authored."""
        self._desk = desk
        self._voice = voice or AuthoredVoice()

    def take_part(self, attempt_id: str, mode: Mode) -> None:
        """Choose how the interviewer takes part from now on; the choice is recorded."""
        stored = self._load(attempt_id)
        if stored.submission is None and mode_of(stored.events) != mode:
            event = self._desk.event("interviewer", subject=mode.value)
            self._desk.store.append_event(self._desk.owner, attempt_id, event)

    def ask(self, attempt_id: str, stage: StageId) -> Turn | None:
        """Have the next question about a stage asked.

        Returns:
            What was said, or None if there is nothing to ask: another question waits for its
            reply, nothing fits what was written, or enough was asked.
        """
        stored = self._load(attempt_id)
        move = self._due(stored, stage, leaving=False)
        return None if move is None else self._say(stored, move)

    def leave(self, attempt_id: str, stage: StageId) -> Turn | None:
        """Have a strict interviewer ask at the end of a stage; None if one may go on."""
        stored = self._load(attempt_id)
        move = self._due(stored, stage, leaving=True)
        return None if move is None else self._say(stored, move)

    def has_question(self, attempt_id: str, stage: StageId, *, leaving: bool = False) -> bool:
        """Tell whether `ask`, or `leave`, would ask something, without asking any voice."""
        return self._due(self._load(attempt_id), stage, leaving=leaving) is not None

    def next_situation(self, attempt_id: str, stage: StageId) -> Situation:
        """Return what a voice would be told about a stage as it stands, for showing it first."""
        waiting = Move(kind="follow-up", stage=stage, question_id="not-picked", wording="-")
        return self._situation(self._load(attempt_id), waiting)

    def save_reply(
        self, attempt_id: str, number: int, text: str, parent: int, client: str
    ) -> Revision:
        """Keep a reply and return its revision, after the commit.

        Raises:
            TooLongError: If the text is longer than is kept.
            StoreError: If nothing with that number was asked.
            AlreadySubmittedError: If the attempt was submitted in the meantime.
        """
        if len(text) > MAX_REPLY_CHARS:
            raise TooLongError(
                f"This reply has {len(text):,} characters; at most {MAX_REPLY_CHARS:,} are kept. "
                "Shorten it: nothing was deleted from the editor."
            )
        desk = self._desk
        if not 1 <= number <= len(self._load(attempt_id).turns):
            raise StoreError("The interviewer has not asked this; open the page again.")
        edit = reply_edit(number, text, parent, client)
        return desk.store.save(desk.owner, attempt_id, edit, desk.now())

    def settle(self, attempt_id: str, number: int, *, passed: bool = False) -> Turn | None:
        """End a reply, or pass on the question, and hear what follows at once.

        Without a reply nothing is settled unless it is a pass: a text on its way is not cut off.

        Returns:
            What the interviewer says next in this stage: a probe, or a remark; often nothing.
        """
        stored = self._load(attempt_id)
        if stored.submission is not None or not 1 <= number <= len(stored.turns):
            return None
        turn, exchange = stored.turns[number - 1], transcript(stored)[number - 1]
        if not passed and not exchange.reply.strip():
            return None
        if exchange.outcome == "open":
            event = self._desk.event("passed" if passed else "replied", turn.stage, str(number))
            self._desk.store.append_event(self._desk.owner, attempt_id, event)
            stored = self._load(attempt_id)
        return self._follow(stored, turn)

    def _follow(self, stored: StoredAttempt, turn: Turn) -> Turn | None:
        move = self._move(stored, turn.stage, per_stage=0)  # a probe, and nothing else
        if move is not None:
            return self._say(stored, move)
        said = transcript(stored)
        if said[-1].outcome != "answered" or len(said) != turn.number:
            return None
        remark = Move(
            kind="remark", stage=turn.stage, question_id=turn.question_id, wording=turn.wording
        )
        text = reaction(self._voice, self._situation(stored, remark), self._secret(stored))
        return self._keep(stored, remark, text) if text else None

    def _due(self, stored: StoredAttempt, stage: StageId, *, leaving: bool) -> Move | None:
        mode = mode_of(stored.events)
        strict = mode == Mode.STRICT
        if mode == Mode.OFF or (leaving and not strict):
            return None
        return self._move(
            stored, stage, AT_A_STAGES_END if leaving else MAX_PER_STAGE, strict=strict
        )

    def _move(
        self, stored: StoredAttempt, stage: StageId, per_stage: int, *, strict: bool = False
    ) -> Move | None:
        follow_ups = self._desk.content.follow_ups(stored.header.prompt_id)
        if stored.submission is not None or follow_ups is None or len(stored.turns) >= MAX_TURNS:
            return None
        draft = draft_submission(stored, self._desk, stored.header.prompt_hash)
        return next_move(
            follow_ups,
            _work(draft, self._desk),
            draft.transcript,
            stage,
            strict=strict,
            per_stage=per_stage,
        )

    def _say(self, stored: StoredAttempt, move: Move) -> Turn | None:
        text = phrased(self._voice, self._situation(stored, move), self._secret(stored))
        return self._keep(stored, move, text)

    def _keep(self, stored: StoredAttempt, move: Move, text: str) -> Turn | None:
        desk = self._desk
        number = len(stored.turns) + 1
        turn = Turn(
            number=number,
            kind=move.kind,
            stage=move.stage,
            question_id=move.question_id,
            wording=text,
        )
        event = desk.event("spoke", move.stage, str(number))
        with suppress(TurnTakenError):  # another tab asked: that question is the one to answer
            desk.store.append_turn(desk.owner, stored.header.id, turn, event)
            return turn
        return None

    def _situation(self, stored: StoredAttempt, move: Move) -> Situation:
        part = stored.parts.get(move.stage.value)
        said: tuple[Exchange, ...] = transcript(stored)
        return Situation(
            prompt_title=self._desk.content.prompt(stored.header.prompt_id).title,
            stage=move.stage,
            kind=move.kind,
            wording=move.wording,
            answer=part.body if part else "",
            before=said,
        )

    def _secret(self, stored: StoredAttempt) -> CopySource:
        content, prompt_id = self._desk.content, stored.header.prompt_id
        return secret_of(content.prompt(prompt_id), content.exemplar(prompt_id))

    def _load(self, attempt_id: str) -> StoredAttempt:
        return self._desk.store.load(self._desk.owner, attempt_id)


def _work(draft: Submission, desk: Desk) -> Work:
    found = inspect(draft.design, desk.content.palette)
    return Work(
        answers=draft.answers,
        design=draft.design,
        found=frozenset(violation.code for violation in found),
    )
