"""How long the page of the load test takes from an edit to new figures, beside an empty rerun.

A part's replicas are changed on the page: the drawing is saved and run anew under the prompt's
traffic, and the page with verdict, figures and charts is sent. Every edit gives a drawing that was
never run before, so that nothing comes from memory. The floor is a page with one line, asked for
in turns. Wall time is what a user waits for, from sending the edit to the server's word that the
script has finished; what the browser then does is not part of it.

    python -m benchmarks.load_test_page --write docs/benchmarks.md
"""

import argparse
import tempfile
import time
from contextlib import ExitStack, closing
from pathlib import Path

from benchmarks.autosave_latency import quantile
from benchmarks.machine_load import machine_load
from benchmarks.measured_block import measured_line, replace_block
from benchmarks.practice_rerun import Case, measure
from benchmarks.practice_visits import OneLine, PracticeVisit, Visit
from benchmarks.process_meter import ProcessMeter
from benchmarks.streamlit_server import APP, ONE_LINE, StreamlitServer
from workbench.store import DRAWING

GOAL_MS = 300
_PATIENCE_S = 120.0
_FIRST, _SPAN = 2, 5_000
"""Replicas of the changed part: from the first on, each once."""


class LoadTestEdit(PracticeVisit):
    """A part of the exemplar gets another number of replicas, on the page of the load test."""

    label = "an edit, to new figures"

    def __init__(self, server: StreamlitServer) -> None:
        super().__init__(server, "", page="load_test")
        self._edits = 0
        self._widget = self._when_warm()

    def _when_warm(self) -> str:
        deadline = time.monotonic() + _PATIENCE_S
        while time.monotonic() < deadline:
            self._tab.rerun()
            try:
                self._figure()
                found, _ = self._tab.find(lambda one: one.number_input.label == "Replicas")
            except LookupError:
                time.sleep(0.2)
            else:
                return found.number_input.id
        raise RuntimeError("the page never showed figures")

    def act(self) -> None:
        """Change the replicas, and find the new p99 on the page."""
        self._edits += 1
        self._tab.set_whole(self._widget, _FIRST + self._edits % _SPAN)
        self._tab.rerun()
        self._check()
        self._figure()

    def verify(self) -> None:
        """Find every edit in the store."""
        if len(self._revisions(DRAWING)) != self._edits + 1:
            raise RuntimeError("the store does not hold the edits that were made")

    def _figure(self) -> str:
        found, _ = self._tab.find(lambda one: one.metric.label == "p99")
        return found.metric.body


def table(edit: Case, floor: Case) -> str:
    """Return figures, ratio and the goal as a Markdown table."""
    lines = ["| Rerun of | CPU p50 ms | CPU p95 | wall p50 ms | wall p95 |", "|" + "---|" * 5]
    for case in (floor, edit):
        shown = " | ".join(f"{one:.1f}" for one in case.figures)
        lines.append(f"| {case.visit.label} | {shown} |")
    ratios = [a / b for a, b in zip(edit.figures, floor.figures, strict=True)]
    lines.append(f"| the edit / the floor | {' | '.join(f'{one:.2f}' for one in ratios)} |")
    p95 = quantile(edit.wall_ms, 0.95)
    word = "Met" if p95 <= GOAL_MS else "Missed"
    lines += ["", f"Goal (ours): new figures within {GOAL_MS} ms at p95. **{word}: {p95:.0f} ms.**"]
    return "\n".join(lines)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--edits", type=int, default=100)
    parser.add_argument("--write", type=Path, help="page whose block is replaced")
    options = parser.parse_args()
    load = machine_load()
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        app = stack.enter_context(StreamlitServer(APP, Path(name) / "app"))
        line = stack.enter_context(StreamlitServer(ONE_LINE, Path(name) / "floor"))
        edit: Visit = stack.enter_context(closing(LoadTestEdit(app)))
        empty: Visit = stack.enter_context(closing(OneLine(line)))
        cases = [
            Case("the app", edit, ProcessMeter(app.pid)),
            Case("the floor", empty, ProcessMeter(line.pid)),
        ]
        measure(cases, options.edits)
    command = f"python -m benchmarks.load_test_page --edits {options.edits}"
    text = f"{table(*cases)}\n\n{measured_line(command)} {load}"
    print(text)
    if options.write:
        replace_block(options.write, "load-test-page", text)


if __name__ == "__main__":
    main()
