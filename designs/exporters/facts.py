"""What a notation cannot show: every field of the design, carried along as text.

Other tools keep these texts beside their shapes, so that an export that comes back is the same
design, even after somebody moved things about. `designs.importers` reads them.
"""

import re

from designs.drawing import Design
from designs.drawing_draft import Row, draft_of
from designs.percent_encoding import percent_encoded

PREFIX = "dryrun-"
"""Begins the name of each fact among attributes that are somebody else's."""


def facts(design: Design) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Return the fields of each node and of each edge, in the order of the design.

    A field that has its default is left out.
    """
    draft = draft_of(design)
    return draft.nodes, draft.edges


def percent(row: Row) -> str:
    """Return fields as ``name=value`` pairs of letters, digits, ``-_.~`` and ``%``."""
    return " ".join(f"{name}={percent_encoded(value)}" for name, value in row.items())


def xml_safe(text: str) -> str:
    """Return a text as XML can hold it in an attribute; `importers.facts` undoes it."""
    return _NOT_IN_ATTRIBUTES.sub(lambda found: f"\\u{{{ord(found[0]):x}}}", text)


_NOT_IN_ATTRIBUTES = re.compile(
    r"[^\x20-\x5b\x5d-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)
"""Everything that XML forbids or normalises, and the backslash."""
