"""The numbers behind a prompt, each with its source."""

import streamlit as st

from designs.prompt import Prompt
from designs.source import Grounded

_MARKS = {
    "primary": "published by whoever measured it",
    "second-hand": "somebody else's summary",
    "teaching": "made up for practice",
}


def the_numbers(prompt: Prompt) -> None:
    """Show the scale card, the objectives and what the interviewer knew."""
    st.subheader("Scale card", anchor=False)
    for fact in prompt.scale_card:
        with st.container(border=True):
            st.markdown(f"**{fact.label}: {fact.value} {fact.unit}**")
            st.markdown(f"Forces: {fact.decides}")
            st.caption(_ground(prompt, fact))
    st.subheader("Objectives", anchor=False)
    for slo in prompt.slos:
        st.markdown(f"- {slo.text}")
    st.subheader("What the interviewer knew", anchor=False)
    for reveal in prompt.reveals:
        with st.expander(reveal.topic):
            st.markdown(reveal.answer)
            st.caption(_ground(prompt, reveal))
    st.subheader("Sources", anchor=False)
    for source in prompt.sources:
        st.markdown(f"- [{source.title}]({source.url}) — {_MARKS[source.mark]}")


def _ground(prompt: Prompt, fact: Grounded) -> str:
    if fact.assumption is not None:
        return f"Assumption: {fact.assumption}"
    source = next((one for one in prompt.sources if one.id == fact.source), None)
    return f"Source: [{source.title}]({source.url}), {_MARKS[source.mark]}" if source else ""
