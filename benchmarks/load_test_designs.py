"""What the load test finds of the designs that ship, exemplars and flawed ones.

The same code gives the same table; a test holds the page against it.

    python -m benchmarks.load_test_designs --write docs/load-test.md
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measured_block import replace_block
from designs.attempt_document import ReferenceDocument
from designs.prompt import Measure
from labs.load_test.lab import Setup
from labs.load_test.report import LoadTestReport, Verdict
from workbench.content import shipped_content
from workbench.load_testing import LoadTesting

BLOCK = "load-test-designs"
SETUP = Setup(requests=32_000)
"""Enough to tell all verdicts; the tests run the same, so that nothing is run twice."""
_MEASURES = (Measure.LATENCY, Measure.THROUGHPUT, Measure.AVAILABILITY)
_LEANS = 0.01
"""From this share of requests on, it is said how many get a fallback."""


def designs_table(testing: LoadTesting) -> str:
    """Return the verdicts on every shipped design at its prompt's peak, and why, as Markdown."""
    head = [
        "| Prompt | Design | Latency | Throughput | Availability | Why |",
        "|---|---|---|---|---|---|",
    ]
    return "\n".join([*head, *_rows(testing)])


def _rows(testing: LoadTesting) -> Iterator[str]:
    for slug, pack in sorted(testing.content.packs.items()):
        for name, reference in (("exemplar", pack.exemplar), *sorted(pack.flawed.items())):
            report = testing.run(reference.design, slug, SETUP)
            words = [_word(report, measure) for measure in _MEASURES]
            cells = [slug, f"`{name}`", *words, " ".join(_why(testing, report, reference))]
            yield f"| {' | '.join(cells)} |"


def _word(report: LoadTestReport, measure: Measure) -> str:
    found = [one.verdict.words for one in report.verdicts if one.measure is measure]
    return ", ".join(found) or "none asked"


def _why(
    testing: LoadTesting, report: LoadTestReport, reference: ReferenceDocument
) -> Iterator[str]:
    missed = any(one.verdict is Verdict.MISSED for one in report.verdicts)
    if report.overloads:
        yield report.overloads[0].text
    elif missed:
        yield testing.sizing(reference.design, report.prompt_id).text
    elif reference.faults:
        stages = dict.fromkeys(fault.stage.value for fault in reference.faults)
        yield f"The request path holds; its faults are in {', '.join(stages)}."
    if report.fallback_requests_share >= _LEANS:
        yield f"{100 * report.fallback_requests_share:.0f} percent of requests get a fallback."


def main() -> None:
    """Print the table, or put it into a page."""
    parser = argparse.ArgumentParser(description="The shipped designs under load.")
    parser.add_argument("--write", type=Path, help="a page with a block for the table")
    page = parser.parse_args().write
    table = designs_table(LoadTesting(shipped_content()))
    if page is None:
        sys.stdout.write(f"{table}\n")
    else:
        replace_block(page, BLOCK, table)


if __name__ == "__main__":
    main()
