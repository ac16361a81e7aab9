"""Which loops a run uses: machine code once it is loaded, NumPy until then.

The kernels take a second to load, and the very first time far longer to compile; a short run is
over before. Both give the same results to the bit, so that nobody can tell which ones ran.
"""

from types import ModuleType
from typing import Any

from labs.load_test.engine import plain

WORTH_LOADING = 1_000_000
"""Calls to all stations from which a run has the kernels loaded."""


class _Chosen:
    module: ModuleType = plain


_NOW = _Chosen()


def loops() -> Any:
    """Return the module of the loops that runs use now, `plain` or `kernels`."""
    return _NOW.module


def use(module: ModuleType) -> None:
    """Have runs use the loops of a module from now on."""
    _NOW.module = module


def load_kernels() -> None:
    """Have runs use the kernels from now on, loaded or compiled; without Numba nothing changes."""
    from labs.load_test.engine import kernels
    from labs.load_test.engine.compiled import COMPILED

    if COMPILED:
        use(kernels)
