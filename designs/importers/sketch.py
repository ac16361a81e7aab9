"""A drawing before it is understood: boxes with words, and arrows between them."""

from designs.drawing import EdgeMode
from designs.drawing_draft import Row
from designs.record import Record


class SketchBox(Record):
    """A shape that may be a node."""

    key: str
    """Its id in the file."""
    lines: tuple[str, ...] = ()
    """What is written in it."""
    places: tuple[str, ...] = ()
    """Titles of what it lies in, from the outside in."""
    is_store: bool = False
    """Whether it is drawn as a cylinder."""
    facts: Row | None = None
    """The fields that our own export wrote beside it."""
    order: int | None = None
    """Its number in our own export; other boxes come after those with one."""


class SketchArrow(Record):
    """A line from a box to another."""

    source: str
    target: str
    """Keys of boxes, or of something else, or empty for a loose end."""
    lines: tuple[str, ...] = ()
    """What is written beside it."""
    mode: EdgeMode | None = None
    """What its style stands for; None if the style is none of ours."""
    facts: Row | None = None


class Sketch(Record):
    """Everything in a file that may be part of a design."""

    title: str = ""
    boxes: tuple[SketchBox, ...] = ()
    arrows: tuple[SketchArrow, ...] = ()
