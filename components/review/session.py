"""A review: the self-review first, then everything."""

import streamlit as st

from components import links
from components.practice.clock import minutes_text
from components.review.downloads import downloads
from components.review.markup import show_stage_bars
from components.review.second_opinion import second_opinion
from components.review.self_review import self_review
from components.review.sources import the_numbers
from components.review.two_drawings import two_drawings
from components.review.verdicts import stage_review
from components.scrolling import scroll_to_top_of
from components.state import the_workbench
from designs.stage import STAGES, StageId
from rubrics.score import OverallScore
from workbench.history import history
from workbench.next_actions import next_actions
from workbench.review import ReviewView

_DRAWING, _NUMBERS, _SECOND = "Drawing", "Numbers", "Second opinion"


def review_session() -> None:
    """Show the review of the attempt that the address names."""
    attempt_id = links.attempt_in_address()
    if attempt_id is None:
        _nothing_open()
        return
    view = the_workbench().review.open(attempt_id)
    st.title(f"Review: {view.prompt.title}", anchor=False)
    st.caption(
        f"{minutes_text(view.clock.total)} of {view.budget_minutes} minutes · "
        f"{view.hints} {'hint' if view.hints == 1 else 'hints'} used"
    )
    if view.self_review_open:
        self_review(view)
        return
    scroll_to_top_of(f"{view.attempt_id}:review")
    score = view.machine_score
    if score is not None:
        _summary(view, score)
    downloads(view)
    st.divider()
    _detail(view)


def _nothing_open() -> None:
    st.title("Review", anchor=False)
    submitted = [line for line in history(the_workbench().desk) if line.submitted]
    if not submitted:
        st.markdown("Nothing is submitted yet. Practise a prompt and submit it to be reviewed.")
        st.page_link(links.PROMPTS, label="Choose a prompt", icon=":material/list_alt:")
    for line in submitted[:10]:
        label = f"{line.prompt_title} · {line.created_at:%d %b %Y, %H:%M} UTC"
        if st.button(label, key=f"open-{line.attempt_id}"):
            links.go_to_review(line.attempt_id)


def _summary(view: ReviewView, score: OverallScore) -> None:
    left, right = st.columns([4, 7], gap="large")
    own = view.self_score
    with left:
        st.metric("Score", f"{score.score:.0f} of 100", border=True)
        st.markdown(f"**{score.band.capitalize()}** — {score.band.expectation}")
        if score.gated_by:
            names = " and ".join(stage.title for stage in score.gated_by)
            st.warning(f"The band is capped: {names} was hardly reached.")
        if own is not None:
            st.markdown(f"You gave yourself {own.score:.0f}. {_gap_text(own.score - score.score)}")
        st.caption(
            "Made on this computer, without asking a language model. It is a practice score, "
            "not a hiring decision; its agreement with human judges is not measured yet."
        )
    with right:
        st.header("Stages, 0 to 4", anchor=False)
        show_stage_bars(score, own)
    if view.machine_assessment is not None:
        actions = next_actions(view.machine_assessment, view.rubric)
        if actions:
            st.header("What to work on next", anchor=False)
        for action in actions:
            st.markdown(f"- **{action.stage.title}: {action.title}.** {action.action}")


def _gap_text(gap: float) -> str:
    if abs(gap) < 5:
        return "That is close to the score."
    direction = "above" if gap > 0 else "below"
    return f"That is {abs(gap):.0f} points {direction} the score; look where the two part."


def _detail(view: ReviewView) -> None:
    names = {stage.title: stage for stage in STAGES}
    place = st.segmented_control(
        "Look at",
        [*names, _DRAWING, _NUMBERS, _SECOND],
        default=StageId.FRAMING.title,
        required=True,
        key=f"look-{view.attempt_id}",
    )
    if place == _DRAWING:
        two_drawings(view)
    elif place == _NUMBERS:
        the_numbers(view.prompt)
    elif place == _SECOND:
        second_opinion(view)
    else:
        stage_review(view, names[str(place)])
