"""The list of attempts."""

import streamlit as st

from components import links
from components.boundary import reported
from components.session_document import session_document
from components.state import put_notice, the_workbench
from workbench.history import HistoryLine


def past_attempts(lines: tuple[HistoryLine, ...]) -> None:
    """Show every attempt with its score and what can be done with it."""
    st.header("Sessions", anchor=False)
    if not lines:
        st.markdown("No sessions yet.")
        st.page_link(links.PROMPTS, label="Choose a prompt", icon=":material/list_alt:")
    for line in lines:
        with st.container(border=True):
            _line(line)


def _line(line: HistoryLine) -> None:
    about, score, actions = st.columns([5, 3, 3], vertical_alignment="center")
    with about:
        st.markdown(f"**{line.prompt_title}**")
        st.caption(f"Started {line.created_at:%d %b %Y, %H:%M} UTC · {line.budget_minutes} minutes")
    with score:
        _score(line)
    with actions, st.container(horizontal=True):
        if line.submitted:
            if st.button("Review", key=f"review-{line.attempt_id}"):
                links.go_to_review(line.attempt_id)
        elif st.button("Go on", key=f"resume-{line.attempt_id}"):
            links.go_to_practice(line.attempt_id)
        with st.popover("More"):
            _more(line)


def _score(line: HistoryLine) -> None:
    if line.score is not None:
        st.markdown(f"{line.score.score:.0f} of 100 · {line.score.band}")
        if not line.comparable:
            st.caption("Scored with other criteria: not comparable with newer scores.")
    elif line.submitted:
        st.markdown("Submitted, waiting for your self-review")
    else:
        st.markdown("In progress")


def _more(line: HistoryLine) -> None:
    st.download_button(
        "Export as JSON",
        data=session_document(line.attempt_id),
        file_name=f"dryrun-{line.prompt_id}-session.json",
        mime="application/json",
        on_click="ignore",
        key=f"export-{line.attempt_id}",
    )
    sure = st.checkbox("Delete this session for good", key=f"sure-{line.attempt_id}")
    st.button(
        "Delete",
        key=f"delete-{line.attempt_id}",
        disabled=not sure,
        on_click=_delete,
        args=(line.attempt_id,),
    )


@reported("delete the session")
def _delete(attempt_id: str) -> None:
    the_workbench().practice.delete(attempt_id)
    put_notice("The session is deleted.")
