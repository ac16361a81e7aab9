"""The session clock: counted by the server, shown ticking by the browser."""

from pathlib import Path

import streamlit as st

from designs.stage import StageId, stage_budget_minutes
from workbench.session_time import SessionClock

_HERE = Path(__file__).parent
_CLOCK = st.components.v2.component(
    "dryrun_session_clock",
    html="""<div class="clock" role="timer" aria-label="Session clock">
  <div class="row" data-part="total">
    <div class="label"><span>Session</span><span class="value"></span></div>
    <div class="track"><div class="fill"></div></div>
  </div>
  <div class="row" data-part="stage">
    <div class="label"><span data-part="stage-name"></span><span class="value"></span></div>
    <div class="track"><div class="fill"></div></div>
  </div>
  <div data-part="note"></div>
</div>""",
    css=(_HERE / "session_clock.css").read_text(encoding="utf-8"),
    js=(_HERE / "session_clock.js").read_text(encoding="utf-8"),
)

_PROTECTED_MINUTES = 6
"""Minutes worth keeping for serving and monitoring, which short sessions lose."""


def session_clock_view(clock: SessionClock, stage: StageId, budget_minutes: int) -> None:
    """Show the time of the session and of a stage, each against its budget."""
    _CLOCK(
        key="session-clock",
        data={
            "running": clock.current is not None,
            "idle_in": clock.idle_in,
            "total": clock.total,
            "budget": budget_minutes * 60,
            "stage_name": stage.title,
            "stage": clock.seconds[stage],
            "stage_budget": stage_budget_minutes(budget_minutes, stage) * 60,
            "note": _note(clock, stage, budget_minutes),
        },
    )


def _note(clock: SessionClock, stage: StageId, budget_minutes: int) -> str:
    late = clock.total > (budget_minutes - _PROTECTED_MINUTES) * 60
    unseen = [
        one.title
        for one in (StageId.SERVING, StageId.MONITORING)
        if not clock.seconds[one] and one != stage
    ]
    if clock.current is not None and late and unseen:
        return f"Keep the last minutes for {' and '.join(unseen).lower()}."
    return ""


def minutes_text(seconds: float) -> str:
    """Return a duration as minutes and seconds, for instance ``6:05``."""
    whole = max(0, int(seconds))
    return f"{whole // 60}:{whole % 60:02d}"
