"""Colours of a drawing, for light and for dark pages.

Fills are pale (or deep) tints, so that text keeps a contrast of at least 4.5 to 1 in both themes;
a test computes it. Meaning never rests on colour alone: groups have shapes, modes have line styles.
"""

from typing import Literal

from designs.node_kind import NodeGroup
from designs.record import Record

ThemeName = Literal["light", "dark"]


class Theme(Record):
    """One set of colours, as ``#rrggbb``."""

    paper: str
    ink: str
    """Text and node borders."""
    soft: str
    """Secondary text, edges and zone frames."""
    zone: str
    """Ground of a zone."""
    critical: str
    """Lines and outlines of the critical path, which are thicker too."""
    fills: dict[NodeGroup, str]

    def fill(self, group: NodeGroup | None) -> str:
        """Return the fill of a group; the paper where the palette does not know the kind."""
        return self.paper if group is None else self.fills[group]


_FAMILIES = {
    NodeGroup.SOURCES: "grey",
    NodeGroup.STREAMS: "teal",
    NodeGroup.BATCH: "sand",
    NodeGroup.STORAGE: "sand",
    NodeGroup.FEATURES: "green",
    NodeGroup.TRAINING: "violet",
    NodeGroup.REGISTRY: "violet",
    NodeGroup.SERVING: "blue",
    NodeGroup.RETRIEVAL: "blue",
    NodeGroup.CACHES: "green",
    NodeGroup.QUEUES: "teal",
    NodeGroup.REVIEW: "rose",
    NodeGroup.MONITORING: "amber",
    NodeGroup.EXPERIMENT: "violet",
}
_LIGHT = {
    "grey": "#eceff4",
    "teal": "#d5eeee",
    "sand": "#f1e9d8",
    "green": "#dcf0dc",
    "violet": "#e8e1f6",
    "blue": "#dbe7fa",
    "rose": "#f9dfe6",
    "amber": "#fbecc4",
}
_DARK = {
    "grey": "#333a47",
    "teal": "#17464a",
    "sand": "#4a3f28",
    "green": "#23472a",
    "violet": "#413464",
    "blue": "#234270",
    "rose": "#5a2a3a",
    "amber": "#574313",
}

THEMES: dict[ThemeName, Theme] = {
    "light": Theme(
        paper="#ffffff",
        ink="#1d2433",
        soft="#525c70",
        zone="#f7f8fb",
        critical="#a8431a",
        fills={group: _LIGHT[family] for group, family in _FAMILIES.items()},
    ),
    "dark": Theme(
        paper="#0e1117",
        ink="#f2f4f8",
        soft="#b3bccb",
        zone="#161b25",
        critical="#ffb07c",
        fills={group: _DARK[family] for group, family in _FAMILIES.items()},
    ),
}
