"""Running the renderer: a program of its own, so that it can neither hang nor crash the server."""

import os
import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Literal

TIMEOUT_S = 5.0
_AT_ONCE = threading.BoundedSemaphore(max(2, os.cpu_count() or 2))
"""More renderers than cores would only make each other late."""

_WAITS = 50
"""Into so many the time is cut: a function that is given no clock counts them."""
_WAYS: tuple[tuple[str, ...], ...] = (
    (),
    ("-Gnewrank=true",),
    ("-Gnodesep=0.6",),
    ("-Gsplines=curved",),
)
"""Arguments for one try after the other. Graphviz cannot always find a way for an edge, mostly
between two nodes of one rank that have several; where they are placed otherwise, it does."""


class RenderError(Exception):
    """A design could not be drawn; the text says why and what to do."""


def render(dot: str, form: Literal["svg", "json"], *, edges: int) -> bytes:
    """Draw DOT source that this package wrote.

    Args:
        dot: The source; never a learner's own.
        form: What to draw.
        edges: How many edges the picture must have; checked for SVG.

    Raises:
        RenderError: If the renderer is missing, too slow, or did not draw everything.
    """
    drawn, waits = b"", iter([TIMEOUT_S / _WAITS] * _WAITS)
    with _AT_ONCE:
        for way in _WAYS:
            drawn = _drawn([str(_program()), f"-T{form}", *way], dot, waits)
            if drawn and (form != "svg" or _count_edges(drawn) == edges):
                return drawn
    if drawn:
        raise RenderError("Not every edge of this drawing could be laid out. Simplify it.")
    raise RenderError("This drawing could not be laid out. Simplify it and try again.")


def _drawn(command: list[str], dot: str, waits: Iterator[float]) -> bytes:
    """Return what the renderer drew; nothing if it says that something is missing.

    Args:
        command: The program with its arguments.
        dot: The source.
        waits: How long to wait, in seconds, one after the other; all tries share them.
    """
    try:
        running = subprocess.Popen(  # noqa: S603 - our own program, with constant arguments
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
    except OSError:
        raise RenderError(
            "The program that draws diagrams could not be started. Reinstall it with "
            "`python -m pip install --force-reinstall graphviz-pure`."
        ) from None
    with running:
        said: bytes | None = dot.encode("utf-8")
        try:
            for wait in waits:
                with suppress(subprocess.TimeoutExpired):
                    drawn, _ = running.communicate(said, timeout=wait)
                    return b"" if running.returncode else drawn
                said = None  # it was taken already; what was read so far is kept
        finally:
            running.kill()  # does nothing where it has ended
    raise RenderError(
        f"This drawing is too dense to lay out within {TIMEOUT_S:g} seconds. "
        "Remove edges, or merge nodes that always go together."
    )


def _count_edges(svg: bytes) -> int:
    return len(re.findall(rb'<g id="[^"]*" class="edge"', svg))


@lru_cache(maxsize=1)
def _program() -> Path:
    """Find the program where pip put it, whatever the platform's folder for scripts is.

    Raises:
        RenderError: If the package is not installed.
    """
    try:
        files = metadata.distribution("graphviz-pure").files or []
    except metadata.PackageNotFoundError:
        files = []
    for file in files:
        if file.name in ("graphviz-pure", "graphviz-pure.exe"):
            return Path(str(file.locate())).resolve()
    raise RenderError(
        "The package graphviz-pure, which draws diagrams, is not installed. Run "
        "`python -m pip install -r requirements.txt -c constraints.txt`."
    )
