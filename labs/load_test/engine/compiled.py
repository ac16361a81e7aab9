"""The one place that knows whether Numba is there.

A module of kernels is imported when it is first needed, never with the app: its decorators compile
or load from the cache at import. Without Numba the same functions run as plain Python.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

try:
    import numba

    COMPILED = True
except ImportError:  # no wheel for this platform or Python version
    COMPILED = False

# Kernels divide by nothing that can be zero, and a check costs time in each.
_OPTIONS = {"nogil": True, "error_model": "numpy"}

_Function = TypeVar("_Function", bound=Callable[..., Any])

"""Whether kernels are machine code."""


def kernel(signature: str = "") -> Callable[[_Function], _Function]:
    """Compile a function for one signature, or at its first call, or leave it without Numba.

    The machine code is kept beside the source, or in the user's cache where that is read-only, or
    in NUMBA_CACHE_DIR; where nothing is writable it is compiled once per process.
    """

    def decorate(function: _Function) -> _Function:
        if not COMPILED:
            return function
        compile_with: Any = numba.njit
        signatures = (signature,) if signature else ()
        try:
            return cast(_Function, compile_with(*signatures, cache=True, **_OPTIONS)(function))
        except RuntimeError as error:
            if "no locator" not in str(error):
                raise
            return cast(_Function, compile_with(*signatures, **_OPTIONS)(function))

    return decorate
