"""Running the renderer: a program of its own, so that it can neither hang nor crash the server."""

import os
import re
import subprocess
import threading
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Literal

TIMEOUT_S = 5.0
_AT_ONCE = threading.BoundedSemaphore(max(2, os.cpu_count() or 2))
"""More renderers than cores would only make each other late."""

_WAYS: tuple[tuple[float, tuple[str, ...]], ...] = (
    (0.7, ()),
    (0.1, ("-Gnewrank=true",)),
    (0.1, ("-Gnodesep=0.6",)),
    (0.1, ("-Gsplines=curved",)),
)
"""Arguments for one try after the other, each with its share of the time. Graphviz cannot always
find a way for an edge, mostly between two nodes of one rank that have several; where they are
placed otherwise, it does."""


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
    drawn = b""
    with _AT_ONCE:
        for share, way in _WAYS:
            drawn = _drawn([str(_program()), f"-T{form}", *way], dot, share * TIMEOUT_S)
            if drawn and (form != "svg" or _count_edges(drawn) == edges):
                return drawn
    if drawn:
        raise RenderError("Not every edge of this drawing could be laid out. Simplify it.")
    raise RenderError("This drawing could not be laid out. Simplify it and try again.")


def _drawn(command: list[str], dot: str, timeout_s: float) -> bytes:
    """Return what the renderer drew; nothing if it says that something is missing."""
    try:
        done = subprocess.run(  # noqa: S603 - our own program, with constant arguments
            command,
            input=dot.encode("utf-8"),
            capture_output=True,
            timeout=timeout_s,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise RenderError(
            f"This drawing is too dense to lay out within {TIMEOUT_S:g} seconds. "
            "Remove edges, or merge nodes that always go together."
        ) from None
    except OSError:
        raise RenderError(
            "The program that draws diagrams could not be started. Reinstall it with "
            "`python -m pip install --force-reinstall graphviz-pure`."
        ) from None
    return b"" if done.returncode else done.stdout


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
