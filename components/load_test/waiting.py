"""Work in the background as the page shows it: its progress, a stop, and what became of it."""

from collections.abc import Callable

import streamlit as st

from components import state
from components.boundary import guarded
from components.load_test.words import sentence
from workbench.background_jobs import JobPhase, JobState, Progress

_EVERY_S = 0.5


def wait_for_kernels() -> bool:
    """Return whether runs start at once; if not, say so and look again until they do."""
    if state.the_workbench().load_test_session.is_warm:
        return True
    state.the_workbench().load_test_session.warm_up()
    _warming()
    return False


def ask(place: str, key: str, compute: Callable[[Progress], object]) -> JobState:
    """Have something computed for this browser session, without showing how far it is."""
    session = state.the_workbench().load_test_session
    return session.ask(f"{state.drawing_client()}:{place}", key, compute)


def in_background(place: str, key: str, doing: str, compute: Callable[[Progress], object]) -> None:
    """Have something computed, and show how far it is; the page runs again when it is there.

    Args:
        place: Where on the page the result is waited for.
        key: Names the result.
        doing: What is being done, for instance ``Looking for the knee``.
        compute: Does it.
    """
    session = state.the_workbench().load_test_session
    job = ask(place, key, compute)
    if job.is_going_on:
        _progress(key, doing)
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        if job.phase is JobPhase.FAILED:
            st.markdown(f":material/error: {sentence(job.message)}")
        else:
            st.markdown(f"{doing}: stopped.")
        label = "Try again" if job.phase is JobPhase.FAILED else "Go on"
        st.button(label, key=f"again-{place}", on_click=session.jobs.again, args=(key,))


@st.fragment(run_every=_EVERY_S)
@guarded("prepare the load test")
def _warming() -> None:
    if state.the_workbench().load_test_session.is_warm:
        st.rerun()
    st.info(
        "The simulator is being prepared, which takes some seconds after a start and up to a "
        "minute the very first time. The figures appear here by themselves.",
        icon=":material/hourglass_top:",
    )


@st.fragment(run_every=_EVERY_S)
@guarded("show the progress of the load test")
def _progress(key: str, doing: str) -> None:
    jobs = state.the_workbench().load_test_session.jobs
    job = jobs.state(key)
    if job is None or not job.is_going_on:
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.progress(_share(job), text=f"{doing}{_so_far(job)} …")
        if st.button("Stop", key=f"stop-{key}", icon=":material/stop_circle:"):
            jobs.stop(key)
            st.rerun()


def _share(job: JobState) -> float:
    return min(1.0, job.done / job.wanted) if job.wanted else 0.0


def _so_far(job: JobState) -> str:
    if job.phase is JobPhase.WAITING:
        return ": waiting for what runs before it"
    return f": {job.done} of {job.wanted}" if job.wanted else ""
