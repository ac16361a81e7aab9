"""The interviewer's next move: one question at a time, within bounds, the same for the same work.

A question that waits for its reply comes before every other. Then a probe, if the reply leaves
out what the question was about; then, in a strict session, the requirement that changes; then
the most pressing follow-up that fits and was not asked before.
"""

from collections.abc import Sequence
from enum import StrEnum

from designs.record import Record
from designs.stage import STAGES, StageId
from designs.transcript import Exchange, TurnKind
from workbench.interview.follow_ups import Change, FollowUp, FollowUps, Probe
from workbench.interview.rules import Work, fits, text_fits

MAX_FOLLOW_UPS = 7
"""In a session: one for each stage. Probes and the change of a requirement are not counted."""
MAX_PER_STAGE = 2
AT_A_STAGES_END = 1
"""What a strict interviewer asks unasked, so that the last stages get their turn too."""


class Mode(StrEnum):
    """How the interviewer takes part."""

    OFF = "off"
    ON_REQUEST = "on-request"
    """Asks when the candidate wants to be asked."""
    STRICT = "strict"
    """Asks at the end of each stage and changes a requirement once."""


class Move(Record):
    """What the interviewer would say next."""

    kind: TurnKind
    stage: StageId
    question_id: str
    wording: str
    """As authored."""


def next_move(
    follow_ups: FollowUps,
    work: Work,
    said: Sequence[Exchange],
    stage: StageId,
    *,
    strict: bool = False,
    per_stage: int = MAX_PER_STAGE,
) -> Move | None:
    """Return what is to be said next about a stage, or None if there is nothing more to ask.

    Args:
        follow_ups: The authored questions.
        work: Answers and drawing as they stand.
        said: The session's exchanges, oldest first.
        stage: The stage to ask about.
        strict: Whether a requirement may change.
        per_stage: How many follow-ups a stage gets.
    """
    asked = [one for one in said if one.kind != "remark"]
    if any(one.outcome == "open" for one in asked):
        return None
    last = asked[-1] if asked else None
    if last is not None and last.stage == stage:
        probe = _probe(follow_ups, last)
        if probe is not None:
            return _move("probe", stage, last.question_id, probe.wording)
    if strict and _change_is_due(follow_ups.change, asked, stage):
        return _move("change", stage, follow_ups.change.id, follow_ups.change.wording)
    found = _follow_up(follow_ups, work, asked, stage, per_stage)
    return None if found is None else _move("follow-up", stage, found.id, found.wording)


def open_question(said: Sequence[Exchange]) -> int | None:
    """Return the index of the question that waits for its reply, or None."""
    waiting = (i for i, one in enumerate(said) if one.kind != "remark" and one.outcome == "open")
    return next(waiting, None)


def _move(kind: TurnKind, stage: StageId, question_id: str, wording: str) -> Move:
    return Move(kind=kind, stage=stage, question_id=question_id, wording=wording)


def _probe(follow_ups: FollowUps, last: Exchange) -> Probe | None:
    """Return the first probe that the reply calls for; a probe is not probed again."""
    if last.kind not in ("follow-up", "change") or last.outcome != "answered":
        return None
    question = follow_ups.asked_as(last.question_id)
    probes = question.probes if question else ()
    return next((one for one in probes if not text_fits(one.unless, last.reply)), None)


def _change_is_due(change: Change, asked: Sequence[Exchange], stage: StageId) -> bool:
    if any(one.kind == "change" for one in asked):
        return False
    return STAGES.index(stage) >= STAGES.index(change.after)


def _follow_up(
    follow_ups: FollowUps, work: Work, asked: Sequence[Exchange], stage: StageId, per_stage: int
) -> FollowUp | None:
    before = [one for one in asked if one.kind == "follow-up"]
    here = sum(one.stage == stage for one in before)
    if len(before) >= MAX_FOLLOW_UPS or here >= per_stage:
        return None
    known = {one.question_id for one in before}
    fitting = (
        one
        for one in follow_ups.questions
        if one.stage == stage and one.id not in known and fits(one.when, stage, work)
    )
    # min() keeps the first of equals: the file's own order decides.
    return min(fitting, key=lambda one: one.priority, default=None)
