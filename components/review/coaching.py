"""The coach on a page: three next actions and a paragraph, streamed, with marks."""

import re
from collections.abc import Iterator

import streamlit as st

from components.plain_text import markdown_text
from components.state import the_workbench
from designs.stage import StageId
from rubrics.graders.llm.coach import HEADINGS
from rubrics.graders.llm.endpoint import Endpoint
from rubrics.graders.llm.outcome import Answer
from workbench.background_jobs import Job
from workbench.review import ReviewView

_PARAGRAPH = re.compile(r"\n\s*\n")
_MARK = re.compile(r"(\[not in your answer: .*?\])")


def coaching(view: ReviewView, endpoint: Endpoint | None, stage: StageId) -> None:
    """Offer the coach for one stage."""
    st.subheader("Coach", anchor=False)
    st.markdown(
        "Three next actions, and one of your paragraphs rewritten in your own words. What is in "
        "it and not in your answer is marked."
    )
    paragraphs = [one.strip() for one in _PARAGRAPH.split(view.submission.answers[stage])]
    paragraphs = [one for one in paragraphs if one]
    if not paragraphs:
        st.caption("This stage has no answer to work on.")
        return
    if endpoint is None:
        st.caption("Choose a model above to be coached.")
        return
    longest = max(range(len(paragraphs)), key=lambda number: len(paragraphs[number]))
    number = st.selectbox(
        "Paragraph to rewrite",
        range(len(paragraphs)),
        index=longest,
        format_func=lambda at: " ".join(paragraphs[at].split())[:80],
        key=f"coach-{stage}",
    )
    if st.button("Coach me", icon=":material/school:", key=f"coach-me-{stage}"):
        _coach(view, endpoint, stage, paragraphs[number])
    else:
        _said_before(view, stage)


def _coach(view: ReviewView, endpoint: Endpoint, stage: StageId, paragraph: str) -> None:
    workbench = the_workbench()
    opinions, owner = workbench.second_opinions, workbench.desk.owner
    workbench.jobs.forget(owner, view.attempt_id, _kind(stage))

    def work(job: Job) -> object:
        return opinions.coach(view, endpoint, stage, paragraph, job.cancel, job.say)

    job = workbench.jobs.start(owner, view.attempt_id, _kind(stage), work)
    stop = st.empty()
    # Any press ends this run of the page, and with it the stream; what it says is then dropped.
    stop.button("Stop the coach", icon=":material/cancel:", key=f"coach-stop-{stage}")
    try:
        said = st.write_stream(_shown(job))
        job.notes.append(str(said))
    finally:
        job.cancel.set()
    stop.empty()
    if isinstance(job.result, Answer):
        if not job.result.is_ok:
            st.warning(job.result.sentence, icon=":material/cloud_off:")
    elif job.failure:
        st.error(f"The call broke off ({job.failure}).", icon=":material/error:")


def _said_before(view: ReviewView, stage: StageId) -> None:
    """Show again what the coach said, so that pressing something else does not take it away."""
    workbench = the_workbench()
    job = workbench.jobs.find(workbench.desk.owner, view.attempt_id, _kind(stage))
    for text in job.notes if job is not None else ():
        st.markdown(text)


def _kind(stage: StageId) -> str:
    return f"coach-{stage}"


def _shown(job: Job) -> Iterator[str]:
    """Yield the coach's words as text: nothing in them is Markdown, only the marks are."""
    for piece in job.pieces():
        for line in re.split(r"(\n+)", piece):
            if line.startswith("\n"):
                yield "\n\n"
            elif line in HEADINGS:
                yield f"**{line}**"
            elif line.strip():
                parts = _MARK.split(line)
                shown = [
                    f":orange-background[{markdown_text(one[1:-1])}]"
                    if _MARK.fullmatch(one)
                    else markdown_text(one)
                    for one in parts
                    if one.strip()
                ]
                yield " ".join(shown) + " "
            else:
                yield ""  # lets the page be left while nothing comes
