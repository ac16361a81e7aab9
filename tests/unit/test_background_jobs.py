"""Work in the background: each piece once, stopped between its parts, its failures told."""

import time
from threading import Event

import pytest

from workbench.background_jobs import BackgroundJobs, Job, JobPhase, JobState, Progress

_PATIENCE_S = 10.0


class ForReadersError(Exception):
    """Its text is written for the reader."""


class Steps:
    """Work in two parts, each of which waits until it may go on."""

    def __init__(self) -> None:
        self.begun, self.may_go_on, self.ended = Event(), Event(), Event()

    def __call__(self, progress: Progress) -> None:
        progress(1, 2)
        self.begun.set()
        assert self.may_go_on.wait(_PATIENCE_S)
        try:
            progress(2, 2)
        finally:
            self.ended.set()


def settled(jobs: BackgroundJobs, key: str) -> JobState | None:
    """Return what becomes of a job."""
    deadline = time.monotonic() + _PATIENCE_S
    while time.monotonic() < deadline:
        state = jobs.state(key)
        if state is None or not state.is_going_on:
            return state
        time.sleep(0.005)
    raise AssertionError("the job never ended")


def test_work_is_done_once_and_forgotten() -> None:
    jobs, steps = BackgroundJobs(), Steps()
    assert jobs.ask("here", "a", steps).is_going_on
    assert steps.begun.wait(_PATIENCE_S)
    assert jobs.ask("there", "a", pytest.fail) == jobs.state("a")
    assert jobs.state("a") == JobState(phase=JobPhase.RUNNING, done=1, wanted=2)
    steps.may_go_on.set()
    assert settled(jobs, "a") is None


def test_a_stop_takes_effect_at_the_next_part_and_lasts_until_again() -> None:
    jobs, steps = BackgroundJobs(), Steps()
    jobs.ask("here", "a", steps)
    assert steps.begun.wait(_PATIENCE_S)
    jobs.stop("a")
    steps.may_go_on.set()
    assert steps.ended.wait(_PATIENCE_S)
    assert jobs.ask("here", "a", pytest.fail).phase is JobPhase.STOPPED
    jobs.again("a")
    assert jobs.state("a") is None
    jobs.ask("here", "a", lambda progress: progress(1, 1))
    assert settled(jobs, "a") is None


def test_asking_for_something_else_at_a_place_stops_what_it_waited_for() -> None:
    jobs, first, waiting = BackgroundJobs(), Steps(), Steps()
    jobs.ask("here", "a", first)
    jobs.ask("elsewhere", "b", waiting)
    assert first.begun.wait(_PATIENCE_S)
    second = Steps()
    second.may_go_on.set()
    jobs.ask("here", "c", second)
    assert jobs.state("a") is None
    assert jobs.state("b") == JobState(phase=JobPhase.WAITING)
    for one in (first, waiting):
        one.may_go_on.set()
    assert settled(jobs, "c") is None
    assert second.ended.is_set()


@pytest.mark.parametrize(
    ("error", "told"),
    [(ForReadersError("mend the ranker"), "mend the ranker"), (KeyError("secret"), "went wrong")],
)
def test_a_failure_is_told_and_the_next_job_still_done(error: Exception, told: str) -> None:
    jobs = BackgroundJobs(readable=(ForReadersError,))

    def fail(_: Progress) -> None:
        raise error

    jobs.ask("here", "a", fail)
    state = settled(jobs, "a")
    assert state is not None
    assert state.phase is JobPhase.FAILED
    assert told in state.message
    assert "secret" not in state.message
    jobs.ask("there", "b", lambda progress: progress(1, 1))
    assert settled(jobs, "b") is None


def test_what_is_started_runs_once_hands_on_pieces_and_keeps_its_result() -> None:
    jobs, may_go_on = BackgroundJobs(), Event()

    def work(job: Job) -> object:
        job.say("one ")
        assert may_go_on.wait(_PATIENCE_S)
        job.say("two")
        return "done"

    job = jobs.start("me", "attempt", "coach", work)
    assert jobs.start("me", "attempt", "coach", work) is job
    assert jobs.find("you", "attempt", "coach") is None
    pieces = job.pieces()
    assert next(pieces) == "one "
    may_go_on.set()
    assert "".join(pieces) == "two"
    assert job.done.wait(_PATIENCE_S)
    assert (job.state.phase, job.result) == (JobPhase.DONE, "done")
    assert jobs.find("me", "attempt", "coach") is job
    again = jobs.start("me", "attempt", "coach", lambda _: "anew")
    assert again.done.wait(_PATIENCE_S)
    assert again.result == "anew"


def test_what_is_started_breaks_quietly_and_is_cancelled_when_it_is_forgotten(
    caplog: pytest.LogCaptureFixture,
) -> None:
    jobs = BackgroundJobs()

    def broken(_: Job) -> object:
        raise ValueError("an answer that must not be shown")

    failed = jobs.start("me", "attempt", "coach", broken)
    assert failed.done.wait(_PATIENCE_S)
    assert (failed.state.phase, failed.failure) == (JobPhase.FAILED, "ValueError")
    assert "must not be shown" not in f"{failed.state} {caplog.text}"
    waiting = jobs.start("me", "attempt", "coach", lambda job: job.cancel.wait(_PATIENCE_S))
    jobs.forget("me", "attempt", "coach")
    assert waiting.done.wait(_PATIENCE_S)
    assert waiting.result is True
    assert jobs.find("me", "attempt", "coach") is None


def test_a_call_that_hangs_holds_up_no_simulation() -> None:
    jobs, steps = BackgroundJobs(), Steps()
    steps.may_go_on.set()
    call = jobs.start("me", "attempt", "coach", lambda job: job.cancel.wait(_PATIENCE_S))
    jobs.ask("here", "a", steps)
    assert settled(jobs, "a") is None
    assert not call.done.is_set()
    call.cancel.set()


def test_only_what_has_ended_is_ever_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbench.background_jobs._KEPT", 2)
    jobs = BackgroundJobs()
    waiting = jobs.start("me", "0", "coach", lambda job: job.cancel.wait(_PATIENCE_S))
    for number in ("1", "2", "3"):
        ended = jobs.start("me", number, "coach", lambda _: None)
        assert ended.done.wait(_PATIENCE_S)
    assert jobs.find("me", "0", "coach") is waiting
    assert jobs.find("me", "1", "coach") is None
    assert jobs.find("me", "3", "coach") is ended
    waiting.cancel.set()
