"""What the interviewer asked in a stage, after the submission: why, and what a good reply does."""

import streamlit as st

from components.plain_text import markdown_text
from components.state import the_workbench
from designs.stage import StageId
from designs.transcript import Exchange
from workbench.interview.follow_ups import FollowUps
from workbench.reports.interview import NOT_GRADED
from workbench.review import ReviewView


def interview_review(view: ReviewView, stage: StageId) -> None:
    """Show the interview of a stage, if there was one."""
    said = [one for one in view.submission.transcript if one.stage == stage]
    if not said:
        return
    follow_ups = the_workbench().content.follow_ups(view.prompt.id)
    st.subheader("What the interviewer asked", anchor=False)
    st.caption(NOT_GRADED)
    for exchange in said:
        with st.container(border=True):
            _exchange(exchange, follow_ups)


def _exchange(exchange: Exchange, follow_ups: FollowUps | None) -> None:
    st.markdown(f"**{markdown_text(exchange.wording)}**")
    if exchange.kind == "remark":
        return
    if exchange.reply.strip():
        st.text(exchange.reply)
    else:
        st.caption("You passed." if exchange.outcome == "passed" else "No reply.")
    asked = follow_ups.asked_as(exchange.question_id) if follow_ups else None
    if asked is None or exchange.kind == "probe":
        return
    with st.expander("Why it was asked, and what a good reply does"):
        st.markdown(markdown_text(asked.why))
        for line in asked.good_reaction:
            st.markdown(f"- {markdown_text(line)}")
