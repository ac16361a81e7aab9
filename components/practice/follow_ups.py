"""Being asked: follow-up questions about what was written, and the replies to them."""

import streamlit as st

from components import state
from components.boundary import reported
from components.plain_text import markdown_text
from components.practice.model_voice import (
    hear,
    how_it_went,
    is_thinking,
    thinking,
    voice_choice,
    voice_settings,
)
from components.practice.rail import go_to
from components.practice.saved_text import SavedText, saved_text
from designs.stage import StageId
from designs.transcript import Exchange, reply_part
from workbench.interview.moves import MAX_PER_STAGE, Mode
from workbench.practice import PracticeView
from workbench.store import Revision

_MODES = {Mode.OFF: "Off", Mode.ON_REQUEST: "When I ask", Mode.STRICT: "Strict"}
_MODE_HELP = (
    "Strict: the interviewer asks at the end of each stage, and one requirement changes on the "
    "way. The questions are picked by rules from what you wrote, on this computer."
)
_NOT_GRADED = (
    "Replies are kept with the session and shown in the review. They are not graded: what a "
    "question brings up counts once it stands in your answer above."
)
_SAID = {"follow-up": "Interviewer", "probe": "Interviewer", "change": "A requirement changes"}


def follow_up_area(view: PracticeView, stage: StageId) -> None:
    """Show what was asked in a stage, the question that is open, and the way to the next."""
    if state.the_workbench().content.follow_ups(view.prompt.id) is None:
        return
    is_waiting = is_thinking(view.attempt_id)
    if state.voice_endpoint() is not None:  # what was said since the page began belongs to it
        view = state.the_workbench().practice.open(view.attempt_id)
    interview = view.interview
    said = interview.in_stage(stage)
    if view.submitted and not said:
        return
    with st.container(border=True, key="follow-ups"):
        st.subheader("Questions about your answer", anchor=False)
        if not view.submitted:
            _how(view, stage)
        if said:
            st.caption(_NOT_GRADED)
        for exchange in said:
            if exchange is not interview.waiting or view.submitted or is_waiting:
                _settled(exchange)
        if not view.submitted and interview.mode != Mode.OFF:
            _next(view, stage, is_waiting=is_waiting)


def _how(view: PracticeView, stage: StageId) -> None:
    """Choose how the interviewer takes part, and in which voice."""
    is_on = view.interview.mode != Mode.OFF
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _mode(view)
        if is_on:
            voice_choice()
    if is_on:
        voice_settings(view, stage)


def changed_requirement(view: PracticeView, stage: StageId) -> None:
    """Say which requirement changed, in the stages whose answers it calls into question."""
    follow_ups = state.the_workbench().content.follow_ups(view.prompt.id)
    told = next((one for one in view.interview.said if one.kind == "change"), None)
    if follow_ups is None or told is None or stage not in follow_ups.change.touches:
        return
    st.info(
        f"**A requirement has changed:** {markdown_text(told.wording)} Look at this answer again.",
        icon=":material/campaign:",
    )


def leave_stage(attempt_id: str, stage: StageId, after: StageId | str) -> None:
    """Go on to another place, unless a strict interviewer has something to ask first."""
    if not _asked_on_leaving(attempt_id, stage):  # nor does an interviewer who fails hold anybody
        go_to(after)


@reported("hear the interviewer")
def _asked_on_leaving(attempt_id: str, stage: StageId) -> bool:
    interview = state.the_workbench().interview
    if is_thinking(attempt_id) or not interview.has_question(attempt_id, stage, leaving=True):
        return False
    hear(attempt_id, lambda one: one.leave(attempt_id, stage))
    return True


def _mode(view: PracticeView) -> None:
    key = f"interviewer-{view.attempt_id}"
    st.segmented_control(
        "Interviewer",
        list(_MODES),
        default=view.interview.mode,
        format_func=lambda one: _MODES[one],
        required=True,
        key=key,
        help=_MODE_HELP,
        on_change=_choose_mode,
        args=(view.attempt_id, key),
    )


@reported("change how the interviewer takes part")
def _choose_mode(attempt_id: str, key: str) -> None:
    state.the_workbench().interview.take_part(attempt_id, Mode(st.session_state[key]))


def _next(view: PracticeView, stage: StageId, *, is_waiting: bool) -> None:
    waiting = view.interview.waiting
    if is_waiting:
        thinking(view.attempt_id)
        return
    how_it_went(view.attempt_id)
    if waiting is not None and waiting.stage == stage:
        _open(view, waiting)
    elif waiting is not None:
        st.markdown(f"A question in **{waiting.stage.title}** waits for your reply.")
        st.button("Go there", key="go-to-question", on_click=go_to, args=(waiting.stage,))
    else:
        _ask_button(view, stage)


def _ask_button(view: PracticeView, stage: StageId) -> None:
    here = [one for one in view.interview.in_stage(stage) if one.kind == "follow-up"]
    if state.take_silence(view.attempt_id, stage.value):
        st.markdown(
            "I have nothing to ask about this stage as it stands. Write more and ask again, or "
            "go on."
        )
    elif here:
        st.markdown("Thank you. You may go on, or change your answer above first.")
    label = "Ask me one more" if here else "Ask me about this stage"
    key, icon = f"ask-me-{stage}", ":material/contact_support:"
    if len(here) < MAX_PER_STAGE and st.button(label, key=key, icon=icon):
        _ask(view.attempt_id, stage)  # not a callback: see `_open`
        st.rerun()


@reported("hear the interviewer")
def _ask(attempt_id: str, stage: StageId) -> None:
    if state.the_workbench().interview.has_question(attempt_id, stage):
        hear(attempt_id, lambda one: one.ask(attempt_id, stage))
    else:
        state.put_silence(attempt_id, stage.value)


def _settled(exchange: Exchange) -> None:
    _spoken(exchange)
    if exchange.kind == "remark":
        return
    if exchange.reply.strip():
        st.caption("You")
        st.text(exchange.reply)
    else:
        st.caption("You passed." if exchange.outcome == "passed" else "No reply.")


def _spoken(exchange: Exchange) -> None:
    st.caption(_SAID.get(exchange.kind, "Interviewer"))
    st.markdown(f"**{markdown_text(exchange.wording)}**")


def _open(view: PracticeView, exchange: Exchange) -> None:
    number, part = view.interview.open, view.interview.open_reply
    if number is None or part is None:
        return
    attempt_id = view.attempt_id

    def save(text: str, parent: int, client: str) -> Revision:
        interview = state.the_workbench().interview
        return interview.save_reply(attempt_id, number, text, parent, client)

    _spoken(exchange)
    saved_text(
        SavedText(
            attempt_id=attempt_id,
            part=reply_part(number),
            label="Your reply to the interviewer",
            readonly=view.submitted,
            save=save,
            placeholder="A few sentences, as you would say them.",
            size="reply",
        ),
        part,
    )
    with st.container(horizontal=True):
        replied = st.button("Reply", type="primary", key=f"reply-{number}", icon=":material/reply:")
        passed = st.button("Pass on this one", key=f"pass-{number}")
    if replied or passed:
        # Not a callback: those of one message run in any order, and the text may come with it.
        _settle(attempt_id, number, passed=passed)
        st.rerun()


@reported("keep your reply")
def _settle(attempt_id: str, number: int, *, passed: bool = False) -> None:
    hear(attempt_id, lambda one: one.settle(attempt_id, number, passed=passed))
