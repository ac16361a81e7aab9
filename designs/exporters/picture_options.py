"""What a reader chooses about a picture: none of it changes the design."""

from designs.drawing import Zone
from designs.identifiers import Slug
from designs.record import Record


class PictureOptions(Record):
    """How much of a design a picture shows, and what it points out."""

    collapsed: tuple[Zone, ...] = ()
    """Zones that are drawn as one node each, which stands for their parts."""
    critical_path: tuple[Slug, ...] = ()
    """Ids of the nodes whose chain of sync calls is pointed out, in the order of the calls."""
    legend: bool = True
    """Whether the picture explains its line styles, shapes and colours."""


AS_DRAWN = PictureOptions(legend=False)
"""The design and nothing beside it, as other notations take their layout from it."""
