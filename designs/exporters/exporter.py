"""What every exporter is: a name, a file type, and a function of the design."""

from collections.abc import Callable
from dataclasses import dataclass

from designs.drawing import Design
from designs.node_kind import Palette


@dataclass(frozen=True)
class Exporter:
    """One notation."""

    id: str
    label: str
    extension: str
    """With its dot, for instance ``.svg``."""
    mime: str
    export: Callable[[Design, Palette, str], bytes]
    """Takes design, palette and title; raises `RenderError` if the design cannot be drawn."""
