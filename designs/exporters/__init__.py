"""One drawn design, many notations.

Every notation is a function of the design, the palette and a title: the same input gives the same
bytes, so that golden files can tell when one changes.
"""

from designs.exporters.catalogue import EXPORTERS
from designs.exporters.exporter import Exporter
from designs.exporters.picture_options import PictureOptions
from designs.exporters.renderer import RenderError
from designs.exporters.svg import render_svg
from designs.exporters.theme import ThemeName

__all__ = ["EXPORTERS", "Exporter", "PictureOptions", "RenderError", "ThemeName", "render_svg"]
