"""The least that a Streamlit page can be: the floor of a rerun."""

import streamlit as st

st.write("One line")
