"""Asking the interviewer: facts that are told only when asked for."""

import streamlit as st

from components import state
from components.boundary import reported
from designs.stage import StageId
from workbench.interviewer import find_reveal
from workbench.practice import PracticeView

NOTHING_TO_ADD = (
    "I have nothing to add on that. Make an assumption, say it aloud in your answer, and go on."
)


def interviewer_panel(view: PracticeView) -> None:
    """Show the question box, what was answered so far, and the topics as a last resort."""
    st.subheader("Ask the interviewer", anchor=False)
    if not view.submitted:
        st.text_input(
            "Your question",
            key=f"ask-{view.attempt_id}",
            placeholder="How long until we know that …?",
            on_change=_asked,
            args=(view,),
            max_chars=500,
        )
    unanswered = state.take_question(view.attempt_id)
    if unanswered:
        with st.container(border=True):
            st.caption("You asked")
            st.text(unanswered)
            st.text(NOTHING_TO_ADD)
    for reveal_id in reversed(view.asked):
        reveal = view.prompt.reveal(reveal_id)
        if reveal is not None:
            with st.container(border=True):
                st.caption(reveal.question)
                st.markdown(reveal.answer)
    if not view.submitted:
        _topics(view)


def _topics(view: PracticeView) -> None:
    left = [one for one in view.prompt.reveals if one.id not in view.asked]
    if not left:
        st.caption("Everything the interviewer knows has been told.")
        return
    with st.expander(f"Stuck? Topics the interviewer can talk about ({len(left)})"):
        st.caption("In a real interview nobody hands you this list. What you ask is recorded.")
        for reveal in left:
            st.button(
                reveal.topic,
                key=f"topic-{reveal.id}",
                on_click=_pick,
                args=(view.attempt_id, reveal.id),
                width="stretch",
            )


@reported("ask the interviewer")
def _asked(view: PracticeView) -> None:
    key = f"ask-{view.attempt_id}"
    question = str(st.session_state[key]).strip()
    if not question:
        return
    reveal = find_reveal(question, view.prompt.reveals)
    if reveal is None:
        state.put_question(view.attempt_id, question)
    else:
        state.the_workbench().practice.ask(view.attempt_id, reveal.id)
    st.session_state[key] = ""


@reported("ask the interviewer")
def _pick(attempt_id: str, reveal_id: str) -> None:
    state.the_workbench().practice.ask(attempt_id, reveal_id)


def hints_panel(view: PracticeView, stage: StageId) -> None:
    """Show the hints that are open and a button for the next one."""
    brief = view.prompt.stage(stage)
    opened = view.hints[stage]
    st.subheader("Hints", anchor=False)
    for number, hint in enumerate(brief.hints[:opened], 1):
        st.info(f"**{number} of {len(brief.hints)}.** {hint}", icon=":material/lightbulb:")
    if opened < len(brief.hints) and not view.submitted:
        st.button(
            "Open a hint" if not opened else "Open the next hint",
            key=f"hint-{stage}",
            icon=":material/lightbulb:",
            on_click=_open_hint,
            args=(view.attempt_id, stage),
            help="From a nudge to nearly the answer. The review shows how many you used.",
        )


@reported("open a hint")
def _open_hint(attempt_id: str, stage: StageId) -> None:
    state.the_workbench().practice.open_hint(attempt_id, stage)
