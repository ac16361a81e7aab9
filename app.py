"""Dryrun: start with ``streamlit run app.py``."""

import streamlit as st

from components.boundary import boundary
from components.navigation import navigate
from components.server_care import freeze_heap, prepare_later
from components.state import put_workbench
from workbench.settings import Settings, read_settings
from workbench.workbench import Workbench, open_workbench


@st.cache_resource(show_spinner="Opening the workbench …")
def _open(settings: Settings) -> Workbench:
    workbench = open_workbench(settings)
    freeze_heap()
    return workbench


with boundary("open the workbench"):
    workbench = _open(read_settings())
    put_workbench(workbench)
    navigate()
    prepare_later(workbench)
