"""Mermaid draws no source of more than 50,000 characters; captions give way, nothing else."""

import re

import pytest

from designs.drawing import MAX_EDGES, MAX_NODES, Design
from designs.exporters.mermaid import MOST_CHARACTERS, mermaid_source
from designs.importers import read_drawing
from designs.library import shipped_palette

PALETTE = shipped_palette()


def _large(caption: str, count: int = MAX_NODES, edges: int = MAX_EDGES) -> Design:
    ends = [(one, (one + 1 + one // count) % count) for one in range(edges)]
    return Design.model_validate(
        {
            "nodes": [
                {"id": f"n-{n}", "kind": "model-server", "label": caption, "replicas": 9999}
                for n in range(count)
            ],
            "edges": [
                {
                    "source": f"n-{one % count}",
                    "target": f"n-{other}",
                    "fallback": caption,
                    "timeout_ms": 3_599_999.5,
                    "calls_per_request": 12_345,
                }
                for one, other in ends
                if one % count != other
            ],
        }
    )


def _drawn(source: str) -> list[str]:
    return [line for line in source.splitlines() if not line.startswith("  %%")]


@pytest.mark.parametrize("caption", ["word " * 24, '"' * 120, "\U0001f600" * 120, "wide 字" * 20])
def test_a_source_is_never_longer_than_mermaid_draws(caption: str) -> None:
    design = _large(caption)
    source = mermaid_source(design, PALETTE, "\U0001f600" * 400)
    units = len("\n".join(_drawn(source)).encode("utf-16-le")) // 2
    assert units <= MOST_CHARACTERS
    assert source.count("Captions are cut to") == 1
    read = read_drawing(source.encode(), "drawing.mmd", PALETTE)
    assert read.design == design


def test_a_cut_caption_that_was_changed_since_is_taken_as_it_stands() -> None:
    source = mermaid_source(_large("word " * 24), PALETTE)
    begun = re.search(r"word w[^#]*#8230;", source)
    assert begun
    changed = source.replace(begun[0], "A new name#8230;", 1)
    read = read_drawing(changed.encode(), "drawing.mmd", PALETTE)
    assert read.design.nodes[0].label == "A new name…"


def test_captions_stay_whole_as_long_as_they_fit() -> None:
    source = mermaid_source(_large("A caption of some length", 20, 30), PALETTE)
    assert "A caption of some length" in source
    assert "Captions are cut" not in source
    assert "…" not in source
    assert "#8230;" not in source
