"""The least that has a heading and a button: the floor of a cold start."""

import streamlit as st

st.title("Hello")
st.button("Start")
