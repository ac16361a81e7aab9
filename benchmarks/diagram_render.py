"""How long a drawing takes, beside Graphviz's own `dot` where that is installed.

Ours begins with the design and ends with the picture: DOT is written, the renderer is started, the
picture is checked and finished. `dot` gets the finished DOT on its standard input, so that the
ratio holds all that is ours. Both are started anew for each picture.

    python -m benchmarks.diagram_render --write docs/benchmarks.md
"""

import argparse
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.autosave_latency import quantile
from benchmarks.layered_design import layered_design
from benchmarks.machine_load import machine_load
from benchmarks.measured_block import measured_line, replace_block
from designs.drawing import Design
from designs.exporters import EXPORTERS, render_svg
from designs.exporters.png import resolution
from designs.exporters.typeset import page_size
from designs.library import prompt_slugs, shipped_pack, shipped_palette

LAYERED = "layered"
SIZES = (20, 60, 150)
SHARE_OF_REPETITIONS = {"svg": 1.0, "png": 0.2}
"""A PNG takes many times as long as an SVG, and its quantiles lie closer together."""
GOAL_NODES, GOAL_P95_MS = 60, 60.0
WARM_UP = 3
SHARES = (0.5, 0.95)

Draw = Callable[[], bytes]


def cases() -> Iterator[tuple[str, Design]]:
    """Yield what is drawn: the exemplar of each prompt, then layered designs."""
    for slug in prompt_slugs():
        yield f"exemplar of {slug}", shipped_pack(slug).exemplar.design
    for size in SIZES:
        yield LAYERED, layered_design(size, shipped_palette())


def ours(design: Design, form: str) -> bytes:
    """Draw as the product does."""
    return EXPORTERS[form].export(design, shipped_palette(), "")


def by_dot(design: Design, form: str, program: str) -> Draw:
    """Return what draws the same DOT with Graphviz."""
    source = EXPORTERS["dot"].export(design, shipped_palette(), "")
    command = [program, f"-T{form}"]
    if form == "png":
        svg = render_svg(design, shipped_palette())
        command.append(f"-Gdpi={resolution(*page_size(svg)):.1f}")

    def draw() -> bytes:
        # Its warnings about fonts that it lacks are no part of the measurement.
        return subprocess.run(command, input=source, capture_output=True, check=True).stdout

    return draw


def alternating(draws: list[Draw], repetitions: int) -> list[list[float]]:
    """Return the milliseconds of each, taken in turns so that a busy moment meets all of them."""
    took: list[list[float]] = [[] for _ in draws]
    for number in range(WARM_UP + repetitions):
        for draw, times in zip(draws, took, strict=True):
            begun = time.perf_counter()
            if not draw():
                raise RuntimeError("nothing was drawn")
            if number >= WARM_UP:
                times.append((time.perf_counter() - begun) * 1000)
    return took


@dataclass(frozen=True)
class Measured:
    """The times of one design in one form, in milliseconds."""

    label: str
    design: Design
    form: str
    ours: list[float]
    dot: list[float]
    """Empty where there is no `dot`."""

    @property
    def row(self) -> str:
        """The figures as a row of the table."""
        mine = [quantile(self.ours, share) for share in SHARES]
        theirs = [quantile(self.dot, share) for share in SHARES if self.dot]
        shown = [f"{value:.1f}" for value in mine + theirs]
        shown += [f"{own / other:.2f}" for own, other in zip(mine, theirs, strict=False)]
        shown += ["-"] * (3 * len(SHARES) - len(shown))
        sizes = [str(len(self.design.nodes)), str(len(self.design.edges))]
        return f"| {' | '.join([self.label, *sizes, self.form.upper(), *shown])} |"


def measure(form: str, repetitions: int, program: str | None) -> Iterator[Measured]:
    """Measure every case in one form."""
    for label, design in cases():
        draws: list[Draw] = [partial(ours, design, form)]
        if program:
            draws.append(by_dot(design, form, program))
        times = alternating(draws, repetitions)
        yield Measured(label, design, form, times[0], times[1] if program else [])


def table(measured: list[Measured]) -> str:
    """Return the figures as a Markdown table."""
    head = "| Design | Nodes | Edges | Form | p50 ms | p95 ms | `dot` p50 | `dot` p95 |"
    head += " ratio p50 | ratio p95 |"
    return "\n".join([head, "|" + "---|" * 10, *(one.row for one in measured)])


def goal_line(measured: list[Measured]) -> str:
    """Say whether the goal was met."""
    p95_ms = next(
        quantile(one.ours, 0.95)
        for one in measured
        if (one.label, one.form, len(one.design.nodes)) == (LAYERED, "svg", GOAL_NODES)
    )
    met = "met" if p95_ms <= GOAL_P95_MS else "missed"
    return (
        f"Goal (ours): an SVG of {GOAL_NODES} nodes within {GOAL_P95_MS:g} ms at p95. "
        f"**{met.capitalize()}: {p95_ms:.1f} ms.**"
    )


def _dot_line(program: str | None) -> str:
    if program is None:
        return "`dot` is not installed here; nothing is compared."
    said = subprocess.run([program, "-V"], capture_output=True, text=True, check=True).stderr
    return f"Compared with `{said.strip()}`."


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--repetitions", type=int, default=100, help="of each SVG; a fifth of it for PNG"
    )
    parser.add_argument("--write", type=Path, help="page whose block is replaced")
    options = parser.parse_args()
    load, program = machine_load(), shutil.which("dot")
    times = {form: int(share * options.repetitions) for form, share in SHARE_OF_REPETITIONS.items()}
    measured = [one for form, often in times.items() for one in measure(form, often, program)]
    counts = " and ".join(f"{often} {form.upper()}" for form, often in times.items())
    command = f"python -m benchmarks.diagram_render --repetitions {options.repetitions}"
    text = "\n\n".join(
        [
            table(measured),
            goal_line(measured),
            f"{measured_line(command)} {load} {counts} of each. {_dot_line(program)}",
        ]
    )
    print(text)
    if options.write:
        replace_block(options.write, "diagram-render", text)


if __name__ == "__main__":
    main()
