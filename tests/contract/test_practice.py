"""Practice: sessions start, go on and end, facts and hints are recorded, strangers see nothing."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from desks import FRAUD, NOON, VIDEO, Clock, of_another
from practised import DRAFT, kinds

from designs.drawing_draft import DrawingDraft
from designs.library import prompt_slugs
from designs.stage import STAGES, StageId
from workbench.content import UnknownPromptError
from workbench.desk import Desk
from workbench.practice import Practice
from workbench.store import (
    AlreadySubmittedError,
    AttemptNotFoundError,
)

# --- starting and moving about ----------------------------------------------------------


@pytest.mark.parametrize(("prompt", "minutes"), [(FRAUD, 45), (VIDEO, 60)])
def test_a_new_session_is_empty_and_its_clock_runs(
    practice: Practice, clock: Clock, prompt: str, minutes: int
) -> None:
    attempt = practice.start(prompt, minutes)
    clock.forward(3)
    view = practice.open(attempt)
    assert view.attempt_id == attempt
    assert (view.prompt.id, view.budget_minutes) == (prompt, minutes)
    assert {part.text for part in view.answers.values()} == {""}
    assert {part.revision for part in view.answers.values()} == {0}
    assert (view.asked, set(view.hints.values()), view.submitted) == ((), {0}, False)
    assert view.drawing == DrawingDraft()
    assert view.last_stage == view.clock.current == StageId.FRAMING
    assert view.clock.total == view.clock.seconds[StageId.FRAMING] == 180


def test_an_unknown_prompt_is_refused_and_leaves_nothing(practice: Practice, desk: Desk) -> None:
    with pytest.raises(UnknownPromptError, match=", ".join(prompt_slugs())):
        practice.start("no-such-prompt", 45)
    assert desk.store.lines("me") == ()


@pytest.mark.parametrize("minutes", [0, -45, 30, 46, 10**9])
def test_a_session_of_another_length_is_refused(
    practice: Practice, desk: Desk, minutes: int
) -> None:
    with pytest.raises(ValueError, match="no session lasts"):
        practice.start(FRAUD, minutes)
    assert desk.store.lines("me") == ()


def test_an_unknown_session_is_refused(practice: Practice) -> None:
    for attempt in ("no-such-session-here", "", "'; --", "\x00" * 20):
        with pytest.raises(AttemptNotFoundError, match="no such practice session"):
            practice.open(attempt)


def test_entering_a_stage_twice_in_a_row_is_noted_once(
    practice: Practice, desk: Desk, attempt: str
) -> None:
    for stage in (StageId.FRAMING, StageId.DATA, StageId.DATA, StageId.FRAMING):
        practice.enter(attempt, stage)
    stages = [event.stage for event in desk.store.load("me", attempt).events]
    assert stages == [StageId.FRAMING, StageId.DATA, StageId.FRAMING]
    assert practice.open(attempt).last_stage == StageId.FRAMING


def test_the_clock_goes_on_after_a_break(practice: Practice, clock: Clock, attempt: str) -> None:
    practice.enter(attempt, StageId.MODEL)
    clock.forward(8 * 60)
    practice.resume(attempt)
    clock.forward(2)
    view = practice.open(attempt)
    assert view.clock.seconds[StageId.MODEL] == 12 * 60
    assert view.last_stage == StageId.MODEL


def test_a_session_outlives_the_program(
    practice: Practice, desk: Desk, clock: Clock, attempt: str
) -> None:
    practice.save_answer(attempt, StageId.DATA, "labels come late", 0, "tab")
    practice.save_drawing(attempt, DRAFT, 0, "tables")
    practice.open_hint(attempt, StageId.DATA)
    before = practice.open(attempt)
    assert Practice(replace(desk)).open(attempt) == before


# --- interviewer and hints --------------------------------------------------------------


def test_a_fact_is_told_as_often_as_asked_and_recorded_once(
    practice: Practice, desk: Desk, clock: Clock, attempt: str
) -> None:
    practice.enter(attempt, StageId.DATA)
    for _ in range(3):
        fact = practice.ask(attempt, "when-we-learn")
        assert fact is not None
        assert "60 to 90 days" in fact.answer
        clock.forward(1)
    practice.ask(attempt, "possible-actions")
    assert practice.open(attempt).asked == ("when-we-learn", "possible-actions")
    asked = [one for one in desk.store.load("me", attempt).events if one.kind == "asked"]
    assert [(one.subject, one.stage, one.at) for one in asked] == [
        ("when-we-learn", StageId.DATA, NOON),
        ("possible-actions", StageId.DATA, clock()),
    ]


@pytest.mark.parametrize("fact", ["no-such-fact", "", "what-pays", "\ud83d", "x" * 10_000])
def test_a_fact_that_is_not_there_is_not_recorded(
    practice: Practice, desk: Desk, attempt: str, fact: str
) -> None:
    assert practice.ask(attempt, fact) is None
    assert kinds(desk, attempt) == ["entered"]


def test_hints_open_one_by_one_and_are_recorded_once(
    practice: Practice, desk: Desk, attempt: str
) -> None:
    there = len(practice.open(attempt).prompt.stage(StageId.MODEL).hints)
    opened = [practice.open_hint(attempt, StageId.MODEL) for _ in range(there + 2)]
    assert opened == [*range(1, there + 1), there, there]
    assert practice.open(attempt).hints == dict.fromkeys(STAGES, 0) | {StageId.MODEL: there}
    hinted = [one for one in desk.store.load("me", attempt).events if one.kind == "hinted"]
    assert [one.subject for one in hinted] == [str(n + 1) for n in range(there)]


# --- submitting -------------------------------------------------------------------------


def test_submitting_freezes_the_session(
    practice: Practice, desk: Desk, clock: Clock, attempt: str
) -> None:
    practice.save_answer(attempt, StageId.DATA, "mine", 0, "tab")
    practice.save_drawing(attempt, DRAFT, 0, "tables")
    clock.forward(4)
    submission = practice.submit(attempt)
    assert submission.prompt_hash == desk.content.prompt(FRAUD).content_hash()
    frozen = desk.store.load("me", attempt)
    assert frozen.submission == submission
    clock.forward(5)
    for late in (
        lambda: practice.save_answer(attempt, StageId.DATA, "late", 1, "tab"),
        lambda: practice.save_drawing(attempt, DrawingDraft(), 1, "tables"),
        lambda: practice.submit(attempt),
    ):
        with pytest.raises(AlreadySubmittedError, match="was submitted"):
            late()
    practice.enter(attempt, StageId.MODEL)
    practice.resume(attempt)
    assert practice.ask(attempt, "when-we-learn") is not None
    assert practice.open_hint(attempt, StageId.MODEL) == 0
    assert desk.store.load("me", attempt) == frozen
    view = practice.open(attempt)
    assert (view.submitted, view.clock.current, view.clock.total) == (True, None, 240)


def test_an_empty_session_can_be_submitted(practice: Practice, attempt: str) -> None:
    submission = practice.submit(attempt)
    assert set(submission.answers.values()) == {""}
    assert submission.design.nodes == ()


# --- owners -----------------------------------------------------------------------------

CALLS: dict[str, Callable[[Practice, str], object]] = {
    "open": lambda p, a: p.open(a),
    "enter": lambda p, a: p.enter(a, StageId.DATA),
    "resume": lambda p, a: p.resume(a),
    "save_answer": lambda p, a: p.save_answer(a, StageId.DATA, "forged", 0, "tab"),
    "save_drawing": lambda p, a: p.save_drawing(a, DRAFT, 0, "tables"),
    "ask": lambda p, a: p.ask(a, "when-we-learn"),
    "open_hint": lambda p, a: p.open_hint(a, StageId.DATA),
    "submit": lambda p, a: p.submit(a),
    "delete": lambda p, a: p.delete(a),
}


def test_every_use_case_is_tried_by_a_stranger() -> None:
    public = {name for name in vars(Practice) if not name.startswith("_")}
    assert set(CALLS) == public - {"start"}


@pytest.mark.parametrize("name", CALLS)
def test_a_stranger_finds_nothing_and_changes_nothing(
    practice: Practice, desk: Desk, attempt: str, name: str
) -> None:
    practice.save_answer(attempt, StageId.DATA, "mine", 0, "tab")
    before = desk.store.load("me", attempt)
    stranger = Practice(of_another(desk))
    with pytest.raises(AttemptNotFoundError) as theirs:
        CALLS[name](stranger, attempt)
    with pytest.raises(AttemptNotFoundError) as nobodys:
        CALLS[name](stranger, "no-such-session-here")
    assert str(theirs.value) == str(nobodys.value)
    assert desk.store.load("me", attempt) == before
    assert desk.store.lines("somebody-else") == ()


def test_deleting_is_for_good(practice: Practice, desk: Desk, attempt: str) -> None:
    kept = practice.start(VIDEO, 60)
    practice.delete(attempt)
    with pytest.raises(AttemptNotFoundError):
        practice.open(attempt)
    assert practice.open(kept).prompt.id == VIDEO
