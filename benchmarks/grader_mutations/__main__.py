"""Break strong answers in one place each, and measure what the offline grader notices.

python -m benchmarks.grader_mutations --write docs/calibration.md
"""

import argparse
import json
from pathlib import Path

from benchmarks.grader_mutations.measuring import StageGrading, borrowed, measured
from benchmarks.grader_mutations.mutants import all_mutants
from benchmarks.grader_mutations.page import figures, markdown, survivors
from benchmarks.measured_block import measured_line, replace_block

_COMMAND = "python -m benchmarks.grader_mutations"
_FORMATS = ("markdown", "json", "survivors")


def main() -> None:
    """Measure, print, and write where asked."""
    parser = argparse.ArgumentParser(prog=_COMMAND, description="The mutation lab.")
    parser.add_argument("--format", choices=_FORMATS, default="markdown")
    parser.add_argument("--write", type=Path, metavar="PAGE")
    asked = parser.parse_args()
    grading = StageGrading()
    outcomes = measured(all_mutants(), grading)
    halo = borrowed(outcomes, grading)
    page = markdown(outcomes, grading.grader, halo)
    if asked.format == "json":
        print(json.dumps(figures(outcomes, grading.grader, halo), indent=2))
    elif asked.format == "survivors":
        print(survivors(outcomes))
    else:
        print(page)
    if asked.write is not None:
        replace_block(asked.write, "grader-mutations", f"{page}\n\n{measured_line(_COMMAND)}")


if __name__ == "__main__":
    main()
