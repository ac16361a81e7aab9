"""Measure what a fully compromised language model could talk out of the gates.

python -m benchmarks.injections --write docs/llm.md
"""

import argparse
from pathlib import Path

from benchmarks.injections.corpus import texts
from benchmarks.injections.measuring import STRATEGIES, Findings, measure
from benchmarks.measured_block import measured_line, replace_block

_COMMAND = "python -m benchmarks.injections"


def main() -> None:
    """Measure, print, and write where asked."""
    parser = argparse.ArgumentParser(prog=_COMMAND, description="Injections against the gates.")
    parser.add_argument("--write", type=Path, metavar="PAGE")
    parser.add_argument("--list", action="store_true", help="show what passed and was rejected")
    asked = parser.parse_args()
    found = measure()
    page = markdown(found)
    print(page)
    if asked.list:
        for attack in found.passed:
            print(f"passed ({attack.family}, {attack.criterion.id}): {attack.text!r}")
        for sentence, problem in found.rejected:
            print(f"rejected ({problem}): {sentence}")
    if asked.write is not None:
        replace_block(asked.write, "injections", f"{page}\n\n{measured_line(_COMMAND)}")


def markdown(found: Findings) -> str:
    """Return the figures as Markdown."""
    lines = [
        f"| Family | {' | '.join(STRATEGIES)} |",
        f"|---|{'---|' * len(STRATEGIES)}",
    ]
    for family in texts().families:
        counts = [str(found.raised[name].get(family, 0)) for name in STRATEGIES]
        lines.append(f"| {family} | {' | '.join(counts)} |")
    totals = [f"{100 * found.share_raised(name):.1f} %" for name in STRATEGIES]
    lines.append(f"| **all {found.attacks}** | {' | '.join(totals)} |")
    lines.append("")
    lines.append(
        f"Honest sentences that carry no credit: {len(found.rejected)} of {found.honest} "
        f"({100 * found.share_rejected:.1f} %)."
    )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
