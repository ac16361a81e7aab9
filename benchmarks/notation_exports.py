"""How long each notation takes to write, beside the SVG of the same drawing, and to read again.

The SVG is the floor of all notations with positions: they need the same layout. Exports are taken
in turns, so that a busy moment meets all of them. An import is given what the export wrote.

    python -m benchmarks.notation_exports --write docs/benchmarks.md
"""

import argparse
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.autosave_latency import quantile
from benchmarks.diagram_render import LAYERED, Draw, alternating, ours
from benchmarks.layered_design import layered_design
from benchmarks.machine_load import machine_load
from benchmarks.measured_block import measured_line, replace_block
from designs.drawing import Design
from designs.exporters import EXPORTERS
from designs.importers import IMPORTERS, read_drawing
from designs.library import prompt_slugs, shipped_pack, shipped_palette

FLOOR = "svg"
GOAL_MS = 200.0
PAGE_GOAL_MS = 500.0
"""For notations that hold pages or pixels."""
_PAGES = ("pdf", "png")
_NODES = 60


def cases() -> Iterator[tuple[str, Design]]:
    """Yield what is exported: the exemplar of each prompt, then a layered design."""
    for slug in prompt_slugs():
        yield f"exemplar of {slug}", shipped_pack(slug).exemplar.design
    yield f"{LAYERED}, {_NODES} nodes", layered_design(_NODES, shipped_palette())


def _read(raw: bytes) -> bytes:
    """Read a file, and return something that is never empty."""
    return read_drawing(raw, "the file", shipped_palette()).design.model_dump_json().encode()


def rows(label: str, design: Design, repetitions: int) -> Iterator[str]:
    """Measure one design in every notation."""
    exports: list[Draw] = [partial(ours, design, one) for one in EXPORTERS]
    times = dict(zip(EXPORTERS, alternating(exports, repetitions), strict=True))
    files = {one: ours(design, one) for one in IMPORTERS}
    reads: list[Draw] = [partial(_read, raw) for raw in files.values()]
    read = dict(zip(IMPORTERS, alternating(reads, repetitions), strict=True))
    floor = quantile(times[FLOOR], 0.5)
    for one, took in times.items():
        p50, p95 = quantile(took, 0.5), quantile(took, 0.95)
        goal = PAGE_GOAL_MS if one in _PAGES else GOAL_MS
        said = "met" if p95 <= goal else "missed"
        again = f"{quantile(read[one], 0.5):.1f}" if one in read else "-"
        shown = f"{p50:.1f} | {p95:.1f} | {p50 / floor:.2f} | {goal:g}, {said} | {again}"
        yield f"| {label} | {EXPORTERS[one].label} | {shown} |"


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--repetitions", type=int, default=20, help="of each export and import")
    parser.add_argument("--write", type=Path, help="page whose block is replaced")
    options = parser.parse_args()
    load = machine_load()
    head = "| Design | Notation | p50 ms | p95 ms | ratio to SVG, p50 | goal p95 ms | read p50 ms |"
    lines = [head, "|" + "---|" * 7]
    for label, design in cases():
        lines += rows(label, design, options.repetitions)
    command = f"python -m benchmarks.notation_exports --repetitions {options.repetitions}"
    text = "\n".join(lines) + f"\n\n{measured_line(command)} {load}"
    print(text)
    if options.write:
        replace_block(options.write, "notation-exports", text)


if __name__ == "__main__":
    main()
