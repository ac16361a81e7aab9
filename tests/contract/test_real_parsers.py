"""Exports, read by the parsers of the tools that they are for: Mermaid, draw.io's, Excalidraw.

The parsers are npm packages, fetched with `npm ci --prefix tests/notations` (CONTRIBUTING.md).
maxGraph is the library that grew out of the one inside draw.io; both read the same XML.
"""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from drawn_designs import HOSTILE, PALETTE, every_kind, labelled
from golden.regenerate import PROMPTS

from designs.drawing import Design
from designs.exporters import EXPORTERS
from designs.exporters.captions import by_zone, node_subtitle, node_title
from designs.library import shipped_pack

FOLDER = Path(__file__).parents[1] / "notations"
NODE = shutil.which("node")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(NODE is None, reason="Node.js is not installed"),
    pytest.mark.skipif(
        not (FOLDER / "node_modules" / ".bundles").is_dir(),
        reason="the tools' parsers are not installed: npm ci --prefix tests/notations",
    ),
]

DESIGNS = {
    **{prompt: shipped_pack(prompt).exemplar.design for prompt in PROMPTS},
    "every kind": every_kind(),
    "one node": Design(nodes=every_kind().nodes[:1]),
    "hostile": labelled(*HOSTILE.values()),
    **{f"hostile {name}": labelled(text) for name, text in HOSTILE.items()},
}
NOTATIONS = ("mermaid", "drawio", "excalidraw")


@pytest.fixture(scope="module")
def found() -> dict[tuple[str, str], dict[str, Any]]:
    """Let the parsers read everything at once; they take seconds to load."""
    keys = [(notation, name) for notation in NOTATIONS for name in DESIGNS]
    asked = [
        {
            "notation": notation,
            "name": name,
            "text": EXPORTERS[notation]
            .export(DESIGNS[name], PALETTE, HOSTILE["title end"])
            .decode(),
        }
        for notation, name in keys
    ]
    done = subprocess.run(
        [str(NODE), "read_exports.mjs"],
        cwd=FOLDER,
        input=json.dumps(asked).encode(),
        capture_output=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return dict(zip(keys, json.loads(done.stdout), strict=True))


@pytest.mark.parametrize("name", DESIGNS)
@pytest.mark.parametrize("notation", NOTATIONS)
def test_the_tool_reads_what_was_drawn(
    found: dict[tuple[str, str], dict[str, Any]], notation: str, name: str
) -> None:
    one, design = found[notation, name], DESIGNS[name]
    assert "error" not in one, one
    zones = by_zone(design, PALETTE)
    assert (one["nodes"], one["edges"]) == (len(design.nodes), len(design.edges))
    assert (one["zones"], one["links"]) == (len(zones), 0)
    captions = [
        node_title(node, PALETTE) + node_subtitle(node, PALETTE)
        for nodes in zones.values()
        for _, node in nodes
    ]
    assert sorted(map(_bare, one["labels"])) == sorted(map(_bare, captions))


def _bare(text: str) -> str:
    return "".join(text.split())
