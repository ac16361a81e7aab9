"""Care of the server process: done once, before the first session."""

import gc

from workbench.workbench import Workbench


def freeze_heap() -> None:
    """Keep what is imported now out of every later garbage collection.

    Streamlit collects after each script run; with pandas and pyarrow on the heap that is most
    of a rerun's cost (benchmarks/practice_rerun.py measures it). Called after heavy imports only,
    at the start, because what is frozen is never collected.
    """
    import pandas  # noqa: F401 - imported here so that it is part of what is frozen
    import pyarrow  # noqa: F401

    gc.collect()
    gc.freeze()


def warm_kernels(workbench: Workbench) -> None:
    """Let the kernels of the load test be compiled or loaded beside the pages.

    The compiler is large: the heap is frozen once more when it is there, soon after the start.
    """
    workbench.load_test_session.warm_up(then=freeze_heap)
