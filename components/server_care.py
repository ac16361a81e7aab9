"""Care of the server process: done once, before the first session."""

import gc


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
