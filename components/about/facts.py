"""What the score is, what is kept, and where."""

import streamlit as st

from components.boundary import boundary
from components.state import the_workbench
from workbench.doctor import examine_store


def how_it_scores() -> None:
    """Say what the score is and what it is not."""
    st.title("About Dryrun", anchor=False)
    st.header("How the score is made", anchor=False)
    st.markdown(
        "Each stage has five to eight criteria, and each criterion three levels: *missing*, "
        "*named*, and *reasoned*, which asks for a reason, a number, a mechanism or a trade-off. "
        "A level is only given with the sentence or the nodes that show it. Word lists, copied "
        "text, negated advice and maybes do not count. The rules run on this computer and give "
        "the same score for the same answer every time."
    )
    st.markdown(
        "It is a practice score. It cannot follow every good idea in every wording, it does not "
        "check facts beyond what the rubric knows, and its agreement with human interviewers has "
        "not been measured yet. That is why you judge yourself first. Dryrun is for practice, "
        "never for use during a live interview."
    )


def what_is_kept() -> None:
    """Say where work is kept and whether the store is well."""
    st.header("What is kept, and where", anchor=False)
    st.markdown(
        "Everything you type stays in one database. Nothing is sent anywhere: no account, no "
        "statistics. Only if you ask a language model for a second opinion or for coaching, or "
        "have it speak for the interviewer, your answers go to the server that you chose; the "
        "page says so first."
    )
    with boundary("look at the store"):
        lines = list(examine_store(the_workbench().desk.store).lines())
        width = max(len(label) for label, _ in lines)
        text = "\n".join(f"{label:<{width}}  {value}" for label, value in lines)
        st.code(text, language=None, wrap_lines=True)
