"""Care of the server process: done once, for all sessions."""

import gc
import threading

import streamlit as st

from workbench.workbench import Workbench

_SHOWN_S = 3.0
"""Seconds that a browser is given to show the first page; what is done before would delay it."""


def freeze_heap() -> None:
    """Keep what is imported now out of every later garbage collection.

    Streamlit collects after each script run; with pandas and pyarrow on the heap that is most
    of a rerun's cost (benchmarks/practice_rerun.py measures it). Called after heavy imports only,
    at the start, because what is frozen is never collected.
    """
    gc.collect()
    gc.freeze()


@st.cache_resource(show_spinner=False)
def prepare_later(_workbench: Workbench) -> None:
    """Have what later pages need made ready while the first one is read; once per process.

    That is their imports, and the kernels of the load test, which are compiled or loaded. A page
    that is opened earlier does its part of it itself.
    """
    timer = threading.Timer(_SHOWN_S, _prepare, (_workbench,))
    timer.daemon = True  # nothing is lost if the server stops before
    timer.start()


def _prepare(workbench: Workbench) -> None:
    import pandas  # noqa: F401 - imported so that it is part of what is frozen
    import pyarrow  # noqa: F401

    import components.load_test.session
    import components.practice.session
    import components.review.session  # noqa: F401

    workbench.load_test_session.warm_up(then=freeze_heap)
