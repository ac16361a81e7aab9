"""The interviewer's voice on the page: what leaves the machine, and the wait for a question."""

from collections.abc import Callable

import streamlit as st

from components import state
from components.boundary import guarded
from components.model_settings import figures_text, model_settings
from components.plain_text import markdown_text
from designs.stage import StageId
from rubrics.graders.llm.endpoint import Endpoint
from rubrics.graders.llm.outcome import Answer, LlmState
from workbench.background_jobs import Job
from workbench.interview.interview import Interview
from workbench.interview.model_voice import MOST_SECONDS, characters
from workbench.practice import PracticeView

_KIND = "interviewer"
_TOGGLE = "interviewer-voice"
_AT_ONCE_S = 0.2
"""What needs no model, such as a requirement that changes, is there within this time."""


def voice_choice() -> None:
    """Offer a language model as the interviewer's voice, off unless chosen."""
    name = "language model" if state.is_voiced() else "as written"
    with st.popover(f"Voice: {name}", icon=":material/record_voice_over:"):
        st.toggle(
            "A language model puts the questions into words",
            value=state.is_voiced(),
            key=_TOGGLE,
            on_change=_choose,
        )
        st.caption(
            "Optional. Which question is asked is decided on this computer either way. If the "
            f"model fails or takes longer than {MOST_SECONDS:.0f} seconds, the question is asked "
            "as it was written."
        )


def _choose() -> None:
    state.put_voiced(bool(st.session_state[_TOGGLE]))


def voice_settings(view: PracticeView, stage: StageId) -> None:
    """Show which model is asked, and what leaves the machine, where one was chosen as voice."""
    if not state.is_voiced():
        return
    endpoint = model_settings()
    if endpoint is None:
        st.info("Nothing is sent anywhere until you have chosen a model and ask to be asked.")
    else:
        _leaving(view, stage, endpoint)


def hear(attempt_id: str, call: Callable[[Interview], object]) -> None:
    """Have the interviewer speak: at once, or in the background where a model is asked."""
    workbench, endpoint = state.the_workbench(), state.voice_endpoint()
    if endpoint is None:
        call(workbench.interview)
        return
    asked = endpoint  # of this moment, whatever is chosen while the call runs

    def work(job: Job) -> object:
        voice = workbench.second_opinions.voice(asked, job.cancel)
        call(workbench.interview_by(voice))
        return tuple(voice.answers)

    workbench.jobs.start(workbench.desk.owner, attempt_id, _KIND, work).done.wait(_AT_ONCE_S)


def is_thinking(attempt_id: str) -> bool:
    """Tell whether the interviewer is about to speak."""
    job = _job(attempt_id)
    return job is not None and not job.done.is_set()


def thinking(attempt_id: str) -> None:
    """Show that the interviewer is about to speak, with a way not to wait."""
    _follow(attempt_id)
    job = _job(attempt_id)
    # Outside of the fragment: a tap that leaves the answer editor comes in one message with it.
    if st.button("Do not wait", key=f"no-voice-{attempt_id}", icon=":material/fast_forward:"):
        if job is not None:
            job.cancel.set()
            job.done.wait(1.0)
        st.rerun()


def how_it_went(attempt_id: str) -> None:
    """Say what the last call used, or why the question is as it was written."""
    job, endpoint = _job(attempt_id), state.voice_endpoint()
    if job is None or endpoint is None or not job.done.is_set():
        return
    if job.failure:
        st.error(
            f"The interviewer broke off ({job.failure}). Nothing that was shown as saved is lost; "
            "ask again.",
            icon=":material/error:",
        )
    for answer in job.result if isinstance(job.result, tuple) else ():
        if isinstance(answer, Answer):
            _told(answer, endpoint)


def _told(answer: Answer, endpoint: Endpoint) -> None:
    if answer.is_ok:
        st.caption(f"Asked of the model: {figures_text(answer.figures, endpoint)}")
    elif answer.state is not LlmState.CANCELLED:
        st.warning(
            f"The interviewer goes on in the words as written. {answer.sentence}",
            icon=":material/cloud_off:",
        )


def _job(attempt_id: str) -> Job | None:
    workbench = state.the_workbench()
    return workbench.jobs.find(workbench.desk.owner, attempt_id, _KIND)


@st.fragment(run_every=1.0)
@guarded("wait for the interviewer")
def _follow(attempt_id: str) -> None:
    if not is_thinking(attempt_id):
        st.rerun()
    st.status("The interviewer is thinking. You can go on writing.", state="running")


def _leaving(view: PracticeView, stage: StageId, endpoint: Endpoint) -> None:
    situation = state.the_workbench().interview.next_situation(view.attempt_id, stage)
    with st.container(border=True):
        st.markdown(
            "**What leaves this computer, and to where.** Each time the interviewer speaks, to "
            f"`{markdown_text(endpoint.host)}`: your answer to this stage and your replies in it "
            f"({characters(situation):,} characters now), the prompt's title and the question. "
            "Not sent: other stages, your drawing, your name, the exemplar, the criteria."
        )
