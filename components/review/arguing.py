"""Where the two graders part, criterion by criterion, and whom the learner believes."""

import streamlit as st

from components.state import the_workbench
from designs.stage import StageId
from rubrics.assessment import AnswerEvidence, Scored, Unscored
from workbench.review import ReviewView
from workbench.second_opinions import Disagreement

_LEVELS = {"missing": "Missing", "named": "Named", "reasoned": "Reasoned"}
_UNVERIFIED = "unverified"
_OUTCOMES = {
    "offline": "The score is right",
    "second-opinion": "The second opinion is right",
    "own-words": "Neither, in my words",
}


def disagreements(view: ReviewView, stage: StageId) -> None:
    """Show every criterion of a stage that the second opinion was asked about."""
    found = the_workbench().second_opinions.disagreements(view, stage)
    if not any(one.was_asked for one in found):
        return
    parted = sum(one.differs for one in found)
    unverified = sum(_level(one.second) == _UNVERIFIED for one in found)
    st.markdown(
        f"**{stage.title}**: the two differ on {parted} of {len(found)} criteria"
        + (f"; {unverified} unverified." if unverified else ".")
    )
    if unverified:
        st.caption(
            "Unverified: the model gave credit, but no passage of yours that it points to "
            "supports it, so the credit does not count."
        )
    for one in sorted(found, key=lambda one: not one.differs):
        _criterion(view, one)


def _criterion(view: ReviewView, one: Disagreement) -> None:
    with st.container(border=True):
        st.markdown(f"**{one.criterion.title}**")
        with st.container(horizontal=True):
            st.badge(f"Score: {_level(one.offline)}", color="blue")
            st.badge(f"Second opinion: {_level(one.second)}", color="violet")
            if one.differs:
                st.badge("they differ", color="orange", icon=":material/call_split:")
        if isinstance(one.second, Scored):
            for evidence in one.second.evidence:
                if isinstance(evidence, AnswerEvidence):
                    st.text(f"“{evidence.quote}”")
            for remark in one.second.remarks:
                st.text(f"The model's reason: {remark}")  # its words are data too
        elif isinstance(one.second, Unscored) and one.second.detail:
            st.text(one.second.detail)
        if one.argument is not None:
            st.caption(f"You said: {_OUTCOMES[one.argument.outcome]}.")
            if one.argument.words:
                st.text(one.argument.words)
        if one.was_asked and one.offline is not None:
            _argue(view, one)


def _argue(view: ReviewView, one: Disagreement) -> None:
    name = one.criterion.id
    with st.popover("Argue with this", icon=":material/gavel:"):
        outcome = st.radio(
            "Who is right?", list(_OUTCOMES), format_func=_OUTCOMES.__getitem__, key=f"who-{name}"
        )
        words = st.text_area("Why? (needed for your own words)", key=f"why-{name}", max_chars=2000)
        if st.button("Keep my view", key=f"keep-{name}", type="primary"):
            the_workbench().second_opinions.argue(view, name, outcome, words)
            st.rerun()
        st.caption("Kept with this session and its export. It changes no score.")


def _level(result: Scored | Unscored | None) -> str:
    if isinstance(result, Scored):
        return _LEVELS[result.level_id]
    if result is not None and result.reason == "unsupported":
        return _UNVERIFIED
    return "not judged"
