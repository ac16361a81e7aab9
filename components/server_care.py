"""Care of the server process: done once, before the first session."""

import gc

from workbench.workbench import Workbench


def freeze_heap() -> None:
    """Keep what is imported now out of every later garbage collection.

    Streamlit collects after each script run; with pandas and pyarrow on the heap that is most
    of a rerun's cost (benchmarks/practice_rerun.py measures it). Called once, after the heavy
    imports and before any user's session, because what is frozen is never collected.
    """
    import pandas  # noqa: F401 - imported here so that it is part of what is frozen
    import pyarrow  # noqa: F401

    gc.collect()
    gc.freeze()


def warm_kernels(workbench: Workbench) -> None:
    """Let the kernels of the load test be compiled or loaded beside the pages.

    They and the chart library are large: the heap is frozen once more when they are there, some
    seconds after the start.
    """
    workbench.load_testing.warm_up(then=_freeze_charts_too)


def _freeze_charts_too() -> None:
    import altair  # noqa: F401 - see freeze_heap

    gc.collect()
    gc.freeze()
