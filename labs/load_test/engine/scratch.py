"""Arrays that are used again: fresh memory costs more than what is done with it.

The system hands out large arrays page by page as they are first written to, which takes longer
than the few nanoseconds that a kernel needs for each call. Each thread has its own.
"""

import threading

import numpy as np
from numpy.typing import NDArray

_own = threading.local()


def numbers(purpose: str, size: int) -> NDArray[np.float64]:
    """Return room for numbers; what it held before is lost at the next call for this purpose."""
    held: NDArray[np.float64] | None = getattr(_own, purpose, None)
    if held is None or held.size < size:
        held = np.empty(size)
        setattr(_own, purpose, held)
    return held[:size]


def whole_numbers(purpose: str, size: int) -> NDArray[np.int32]:
    """Return room for whole numbers, likewise."""
    held: NDArray[np.int32] | None = getattr(_own, purpose, None)
    if held is None or held.size < size:
        held = np.empty(size, dtype=np.int32)
        setattr(_own, purpose, held)
    return held[:size]
