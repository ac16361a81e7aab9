"""Rows of a drawing as people type them."""

from hypothesis import strategies as st
from made_designs import KINDS, prose

from designs.drawing_draft import (
    DrawingDraft,
)
from designs.library import shipped_palette

PALETTE = shipped_palette()
Row = dict[str, str]

IDS = st.sampled_from(["a", "b", " b ", "c-2", "", "A", "no_slug", "a" * 65])
NUMBERS = st.sampled_from(
    ["", "1", " 2 ", "0", "-1", "2.5", "1e3", "many", "nan", "10001", "9" * 99]
)


def _rows(columns: dict[str, st.SearchStrategy[str]]) -> st.SearchStrategy[Row]:
    usual = st.fixed_dictionaries({}, optional=columns)
    return usual | st.dictionaries(st.sampled_from([*columns, "colour", ""]), prose, max_size=3)


node_rows = _rows(
    {
        "id": IDS,
        "kind": st.sampled_from([*KINDS, "", "spaceship", " cache "]),
        "label": prose,
        "replicas": NUMBERS,
        "zone": st.sampled_from(["", "online", "moon", " human "]),
        "note": prose | st.just("n" * 501),
        "service_p50_ms": NUMBERS,
        "cache_hit_ratio": NUMBERS,
    }
)
edge_rows = _rows(
    {
        "source": IDS,
        "target": IDS,
        "mode": st.sampled_from(["", "sync", "async", "batch", "soon"]),
        "calls_per_request": NUMBERS,
        "timeout_ms": NUMBERS,
        "fallback": prose,
        "note": prose,
    }
)
drafts = st.builds(
    DrawingDraft,
    nodes=st.lists(node_rows, max_size=6).map(tuple),
    edges=st.lists(edge_rows, max_size=6).map(tuple),
)
