"""The second opinion on a page: what leaves the machine, the call, where the graders part."""

import streamlit as st

from components.boundary import guarded
from components.model_settings import figures_text, model_settings
from components.plain_text import markdown_text
from components.review.arguing import disagreements
from components.review.coaching import coaching
from components.state import the_workbench
from designs.stage import STAGES, StageId
from rubrics.graders.llm.endpoint import Endpoint
from workbench.background_jobs import Job
from workbench.review import ReviewView
from workbench.second_opinions import Heard
from workbench.store import StoreError

_KIND = "second-opinion"
_ALL = "All stages"


def second_opinion(view: ReviewView) -> None:
    """Show settings, the call and its results."""
    st.subheader("Second opinion", anchor=False)
    st.markdown(
        "A language model of your choice reads your answers too and says where it differs. "
        "It is optional: **the score above stays as it is**, whatever the model says."
    )
    endpoint = model_settings()
    names = {stage.title: stage for stage in STAGES}
    place = st.selectbox("Stages", [_ALL, *names], key="second-stages", persist_state="page")
    stages = STAGES if place == _ALL else (names[place],)
    if endpoint is None:
        st.info("Nothing is sent anywhere until you have chosen a model and pressed a button.")
    else:
        _call(view, endpoint, stages)
    for stage in stages:
        disagreements(view, stage)
    if place == _ALL:
        st.caption("Choose one stage to be coached on it.")
    else:
        coaching(view, endpoint, stages[0])


def _call(view: ReviewView, endpoint: Endpoint, stages: tuple[StageId, ...]) -> None:
    workbench = the_workbench()
    _leaving(view, endpoint, stages)
    job = workbench.jobs.find(workbench.desk.owner, view.attempt_id, _KIND)
    if job is not None and not job.done.is_set():
        _running(view.attempt_id)
        return
    if st.button("Ask for a second opinion", type="primary", icon=":material/forum:"):
        _start(view, endpoint, stages)
        st.rerun()
    if job is not None:
        _ended(job, endpoint)


def _leaving(view: ReviewView, endpoint: Endpoint, stages: tuple[StageId, ...]) -> None:
    going = the_workbench().second_opinions.outbound(view, endpoint, stages)
    names = ", ".join(one.title for one in going.stages) or "nothing, the stages are empty"
    with st.container(border=True):
        st.markdown(
            f"**What leaves this computer, and to where.** To `{markdown_text(going.host)}`: your "
            f"answers ({names}; {going.characters:,} characters), the questions and the criteria. "
            "Not sent: your drawing, your self-review, your score, your name."
        )
        if going.cut:
            cut = ", ".join(one.title for one in going.cut)
            st.caption(f"Too long to be sent whole, only the beginning goes: {cut}.")


def _start(view: ReviewView, endpoint: Endpoint, stages: tuple[StageId, ...]) -> None:
    workbench = the_workbench()
    opinions = workbench.second_opinions

    def work(job: Job) -> object:
        try:
            return opinions.ask(
                view,
                endpoint,
                stages,
                job.cancel,
                lambda stage, answer: job.notes.append(
                    f"{stage.title}: {'read' if answer.is_ok else answer.sentence}"
                ),
            )
        except StoreError as error:  # written for the reader
            return str(error)

    workbench.jobs.start(workbench.desk.owner, view.attempt_id, _KIND, work)


@st.fragment(run_every=1.0)
@guarded("follow the second opinion")
def _running(attempt_id: str) -> None:
    """Follow a call; the rest of the page stays usable meanwhile."""
    workbench = the_workbench()
    job = workbench.jobs.find(workbench.desk.owner, attempt_id, _KIND)
    if job is None or job.done.is_set():
        st.rerun()
    with st.status("The model is reading. You can go on using the page.", state="running"):
        for note in job.notes:
            st.text(note)
    if st.button("Cancel", icon=":material/cancel:", disabled=job.cancel.is_set()):
        job.cancel.set()


def _ended(job: Job, endpoint: Endpoint) -> None:
    found = job.result
    if not isinstance(found, Heard):
        said = found if isinstance(found, str) else f"The call broke off ({job.failure})."
        st.error(said, icon=":material/error:")
        return
    troubles: dict[str, list[str]] = {}
    for stage, sentence in found.troubles:
        troubles.setdefault(sentence, []).append(stage.title)
    for sentence, names in troubles.items():
        st.warning(f"{', '.join(names)}: {sentence}", icon=":material/cloud_off:")
    st.caption(figures_text(found.figures, endpoint))
