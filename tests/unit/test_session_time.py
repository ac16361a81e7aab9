"""The session clock is a function of the events: capped, never negative, stopped by submission."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designs.attempt_document import SessionEvent
from designs.stage import STAGES, StageId
from workbench.session_time import IDLE_LIMIT, session_clock

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
LIMIT = IDLE_LIMIT.total_seconds()
MOVES = ("entered", "resumed", "worked")
KINDS = (*MOVES, "asked", "hinted", "self-review-skipped", "self-review-finished")


def event(
    kind: str, minutes: float, stage: StageId | None = StageId.FRAMING, subject: str = ""
) -> SessionEvent:
    at = NOON + timedelta(minutes=minutes)
    return SessionEvent.model_validate({"kind": kind, "at": at, "stage": stage, "subject": subject})


def at(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


minutes = st.floats(-5000, 5000, allow_nan=False)
stages = st.sampled_from([None, *STAGES])
work = st.lists(st.builds(event, st.sampled_from(KINDS), minutes, stages), max_size=25)
sessions = st.lists(
    st.builds(event, st.sampled_from([*KINDS, "submitted"]), minutes, stages), max_size=25
)


@given(sessions, minutes)
def test_it_is_never_negative_and_the_total_is_the_sum(
    events: list[SessionEvent], now: float
) -> None:
    clock = session_clock(events, at(now))
    assert tuple(clock.seconds) == STAGES
    assert all(seconds >= 0 for seconds in clock.seconds.values())
    assert clock.total == pytest.approx(sum(clock.seconds.values()))
    assert 0 <= clock.idle_in <= LIMIT


@given(sessions, minutes)
def test_no_gap_counts_for_more_than_the_idle_limit(events: list[SessionEvent], now: float) -> None:
    assert session_clock(events, at(now)).total <= LIMIT * len(events) + 1e-6
    times = [one.at for one in events] + [at(now)]
    forwards = sum(max(0.0, (later - sooner).total_seconds()) for sooner, later in pairwise(times))
    assert session_clock(events, at(now)).total <= forwards + 1e-6


@given(work, minutes, st.floats(0, 5000, allow_nan=False))
def test_a_clock_that_goes_backwards_adds_nothing(
    events: list[SessionEvent], now: float, back: float
) -> None:
    events = [*events, event("worked", now)]
    before = session_clock(events, at(now))
    assert session_clock(events, at(now - back)).total == before.total
    earlier = [*events, event("asked", now - back, None, "some-fact")]
    assert session_clock(earlier, at(now - back)).total == before.total


@given(work, minutes, sessions, minutes)
def test_submission_stops_it(
    events: list[SessionEvent], submitted: float, later: list[SessionEvent], now: float
) -> None:
    stopped = [*events, event("submitted", submitted, None)]
    clock = session_clock(stopped, at(now))
    assert clock.current is None
    assert clock.idle_in == 0
    assert session_clock([*stopped, *later], at(now)) == clock
    assert clock.seconds == session_clock(events, at(submitted)).seconds


@given(work, minutes, st.floats(0, 5000, allow_nan=False))
def test_time_only_grows(events: list[SessionEvent], now: float, more: float) -> None:
    sooner, later = session_clock(events, at(now)), session_clock(events, at(now + more))
    assert all(later.seconds[stage] >= sooner.seconds[stage] for stage in STAGES)
    assert later.total - sooner.total <= LIMIT + 1e-6


@given(sessions, minutes)
def test_it_is_derived_from_the_events_alone(events: list[SessionEvent], now: float) -> None:
    stored = [SessionEvent.model_validate_json(one.model_dump_json()) for one in events]
    assert session_clock(tuple(stored), at(now)) == session_clock(events, at(now))


def test_a_gap_belongs_to_the_stage_entered_last() -> None:
    events = [
        event("entered", 0),
        event("asked", 2, StageId.DATA, "some-fact"),  # asking about another stage moves nobody
        event("entered", 5, StageId.DATA),
        event("worked", 8, StageId.MODEL),
    ]
    clock = session_clock(events, at(12))
    assert clock.seconds[StageId.FRAMING] == 300
    assert clock.seconds[StageId.DATA] == 180
    assert clock.seconds[StageId.MODEL] == 240
    assert clock.current == StageId.MODEL
    assert clock.idle_in == 360


def test_a_night_away_costs_ten_minutes() -> None:
    events = [event("entered", 0), event("resumed", 600)]
    assert session_clock(events, at(601)).total == 660


def test_a_clock_set_back_loses_no_work() -> None:
    events = [event("entered", 0), event("worked", -60), event("worked", -55)]
    assert session_clock(events, at(-55)).total == 300


def test_nothing_runs_before_a_stage_is_entered() -> None:
    for events in ([], [event("asked", 0, None, "some-fact")], [event("entered", 0, None)]):
        clock = session_clock(events, at(5))
        assert (clock.total, clock.current, clock.idle_in) == (0, None, 0)
