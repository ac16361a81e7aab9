"""One line and a button: the floor of what a click costs in a browser."""

import streamlit as st

st.session_state["runs"] = st.session_state.get("runs", 0) + 1
st.button("Again")
st.write(f"Run {st.session_state['runs']}")
