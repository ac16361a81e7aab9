"""What every exporter is: a name, a file type, and a function of the design."""

from dataclasses import dataclass
from typing import Protocol

from designs.drawing import Design
from designs.exporters.picture_options import PictureOptions
from designs.node_kind import Palette

FOR_EXPORT = PictureOptions()
"""What a picture shows if nothing else is asked for: everything, with a legend."""


class Export(Protocol):
    """Takes design, palette, title and options; raises `RenderError` if it cannot be drawn."""

    def __call__(
        self, design: Design, palette: Palette, title: str, options: PictureOptions = FOR_EXPORT, /
    ) -> bytes:
        """Return the file."""


@dataclass(frozen=True)
class Exporter:
    """One notation."""

    id: str
    label: str
    extension: str
    """With its dot, for instance ``.svg``."""
    mime: str
    export: Export
    is_picture: bool = False
    """Whether it heeds options; the other notations are read again and so hold all of a design."""
