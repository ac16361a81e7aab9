"""What a rerun of the practice page costs the server, beside the same app without `gc.freeze`.

The floor is a page with one line. Three servers stand side by side and are asked in turns, so that
a busy moment of the machine meets all of them; between two reruns a server comes to rest, and what
it does until then (Streamlit collects garbage) counts as CPU time of the rerun. Wall time is what
a user waits for: from sending the request to the server's word that the script has finished.

    python -m benchmarks.practice_rerun --write docs/benchmarks.md
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.autosave_latency import quantile
from benchmarks.machine_load import machine_load
from benchmarks.measured_block import measured_line, replace_block
from benchmarks.practice_visits import (
    Autosave,
    DrawingEdit,
    DrawingPage,
    OneLine,
    StagePage,
    Visit,
)
from benchmarks.process_meter import ProcessMeter
from benchmarks.streamlit_server import APP, ONE_LINE, WITHOUT_FREEZE, StreamlitServer

VISITS: tuple[Callable[[StreamlitServer], Visit], ...] = (
    StagePage,
    Autosave,
    DrawingPage,
    DrawingEdit,
)
WARM_UP = 10
AS_IT_IS, WITHOUT, FLOOR = "the app", "without `gc.freeze`", "the floor"


@dataclass
class Case:
    """One kind of rerun on one server, and what was measured of it."""

    server: str
    visit: Visit
    meter: ProcessMeter
    cpu_ms: list[float] = field(default_factory=list)
    wall_ms: list[float] = field(default_factory=list)

    def rerun(self) -> None:
        """Do it once and note what it took."""
        before, begun = self.meter.cpu_ms(), time.perf_counter()
        self.visit.act()
        self.wall_ms.append((time.perf_counter() - begun) * 1000)
        self.meter.settle()
        self.cpu_ms.append(self.meter.cpu_ms() - before)

    def forget(self) -> None:
        """Drop what was measured while warming up."""
        self.cpu_ms.clear()
        self.wall_ms.clear()

    @property
    def figures(self) -> list[float]:
        """CPU p50, CPU p95, wall p50, wall p95."""
        return [
            quantile(times, share) for times in (self.cpu_ms, self.wall_ms) for share in (0.5, 0.95)
        ]


def measure(cases: list[Case], reruns: int) -> None:
    """Ask all cases in turns, then show that each did its work."""
    for number in range(WARM_UP + reruns):
        for case in cases:
            if number == WARM_UP:
                case.forget()
            case.rerun()
    for case in cases:
        case.visit.verify()


def servers(folder: Path, stack: ExitStack) -> dict[str, StreamlitServer]:
    """Start the three servers."""
    prepared = {
        AS_IT_IS: StreamlitServer(APP, folder / "as-it-is"),
        WITHOUT: StreamlitServer(APP, folder / "without", WITHOUT_FREEZE),
        FLOOR: StreamlitServer(ONE_LINE, folder / "floor"),
    }
    return {name: stack.enter_context(server) for name, server in prepared.items()}


def open_cases(running: dict[str, StreamlitServer], stack: ExitStack) -> Iterator[Case]:
    """Open a tab for every kind of rerun on both apps, and one on the floor."""
    meters = {name: ProcessMeter(server.pid) for name, server in running.items()}
    for kind in VISITS:
        for name in (AS_IT_IS, WITHOUT):
            visit = stack.enter_context(closing(kind(running[name])))
            yield Case(name, visit, meters[name])
    floor = stack.enter_context(closing(OneLine(running[FLOOR])))
    yield Case(FLOOR, floor, meters[FLOOR])


def table(cases: list[Case]) -> str:
    """Return figures and ratios as a Markdown table."""
    lines = ["| Rerun of | Server | CPU p50 ms | CPU p95 | wall p50 ms | wall p95 |"]
    lines.append("|" + "---|" * 6)
    floor = cases[-1]
    lines.append(_row(floor.visit.label, FLOOR, floor.figures, 1))
    for ours, without in zip(cases[:-1:2], cases[1:-1:2], strict=True):
        label = ours.visit.label
        lines += [_row(label, case.server, case.figures, 1) for case in (ours, without)]
        lines.append(_ratio(label, "without / with", without, ours))
        lines.append(_ratio(label, "the app / the floor", ours, floor))
    return "\n".join(lines)


def _row(label: str, server: str, figures: list[float], digits: int) -> str:
    return f"| {label} | {server} | {' | '.join(f'{one:.{digits}f}' for one in figures)} |"


def _ratio(label: str, name: str, above: Case, below: Case) -> str:
    ratios = [a / b for a, b in zip(above.figures, below.figures, strict=True)]
    return _row(label, name, ratios, 2)


def memory_line(cases: list[Case]) -> str:
    """Say how much memory the servers held in the end."""
    held = {case.server: case.meter.memory_mb() for case in cases}
    said = ", ".join(f"{name} {megabytes:.0f} MB" for name, megabytes in held.items())
    return f"Resident memory after the last rerun: {said}."


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--reruns",
        type=int,
        default=60,
        help="of each kind, on each server; 60 take two to four minutes",
    )
    parser.add_argument("--write", type=Path, help="page whose block is replaced")
    options = parser.parse_args()
    load = machine_load()
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        running = servers(Path(name), stack)
        cases = list(open_cases(running, stack))
        measure(cases, options.reruns)
        memory = memory_line(cases)
    command = f"python -m benchmarks.practice_rerun --reruns {options.reruns}"
    text = f"{table(cases)}\n\n{memory}\n\n{measured_line(command)} {load}"
    print(text)
    if options.write:
        replace_block(options.write, "practice-rerun", text)


if __name__ == "__main__":
    main()
