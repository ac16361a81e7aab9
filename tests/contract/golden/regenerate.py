"""Writes the golden drawings anew, after a change of the exporters that was meant:

    python tests/contract/golden/regenerate.py

Look at what changed (`git diff tests/contract/golden`) before committing it. SVG, draw.io and
Excalidraw depend on the layout of the pinned renderer too; when that is updated, look at the
pictures.
"""
# ruff: noqa: E402, T201 -- run as a script, it has to say first where the product is

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[2]))

from designs.drawing import Zone
from designs.exporters import EXPORTERS
from designs.library import prompt_slugs, shipped_pack, shipped_palette
from workbench.pictures import picture_options

PROMPTS = prompt_slugs()
NOTATIONS = ("dot", "mermaid", "drawio", "excalidraw", "json", "svg")
"""PNG and PDF are left out: their bytes depend on the libraries that compress and embed."""


def golden_path(prompt: str, notation: str) -> Path:
    return HERE / f"{prompt}{EXPORTERS[notation].extension}"


def drawn(prompt: str, notation: str) -> bytes:
    exemplar = shipped_pack(prompt).exemplar
    return EXPORTERS[notation].export(exemplar.design, shipped_palette(), exemplar.title)


COLLAPSED = HERE / "fraud-detection.collapsed.svg"
"""A picture with everything that a reader can choose."""


def drawn_collapsed() -> bytes:
    palette, exemplar = shipped_palette(), shipped_pack("fraud-detection").exemplar
    zones = (Zone.OFFLINE, Zone.HUMAN)
    options = picture_options(exemplar.design, palette, collapsed=zones)
    return EXPORTERS["svg"].export(exemplar.design, palette, exemplar.title, options)


def main() -> None:
    COLLAPSED.write_bytes(drawn_collapsed())
    for prompt in PROMPTS:
        for notation in NOTATIONS:
            path = golden_path(prompt, notation)
            path.write_bytes(drawn(prompt, notation))
            print(path.name)


if __name__ == "__main__":
    main()
