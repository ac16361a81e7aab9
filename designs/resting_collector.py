"""Cyclic garbage collection that rests while much is made that stays.

Each full collection looks at everything that lives. Reading trained files and compiling a rubric
make hundreds of thousands of objects in a second and throw none away, so that a tenth of a cold
start went into looking for garbage that was not there.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def resting_collector() -> Iterator[None]:
    """Let the collector rest within a block; nested and in several threads it ends at work again.

    Only memory that refers to itself waits longer; all other is freed at once, as always.
    """
    was_at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_at_work:
            gc.enable()
