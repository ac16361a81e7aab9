"""Grade public answers with the engine that grades designs, and compare with the people who did.

    python -m benchmarks.public_grading --data DIR --write docs/public-benchmarks.md

The data are not part of this repository; a file that is missing is named, with where to get it.
"""

import argparse
import sys
from pathlib import Path

from benchmarks.measured_block import measured_line, replace_block
from benchmarks.public_grading.coverage import Rarity
from benchmarks.public_grading.evidence import Evidence, alone, beside
from benchmarks.public_grading.rows import (
    DataMissingError,
    answers_to_questions,
    read_rows,
    stated_units,
)
from benchmarks.public_grading.runs import (
    KNOWN_QUESTION,
    STATED,
    TRANSFERRED,
    UNKNOWN_QUESTION,
    Result,
    across_documents,
    between_raters,
    on_splits,
    training_rows,
    transferred,
)
from benchmarks.public_grading.tables import BEETLE, REALSUMM, SCIENTSBANK, Measured, page_text

FILES = {
    SCIENTSBANK: "scientsbank.csv.gz",
    BEETLE: "beetle.csv.gz",
    REALSUMM: "realsumm.csv.gz",
}
DOCUMENT_FOLDS = 10
"""Of 35 documents; fewer folds would leave too few to train on."""

Rows = list[dict[str, str]]


def measure(rows: dict[str, Rows]) -> Measured:
    """Run everything."""
    unknown: dict[str, list[Result]] = {}
    known: dict[str, list[Result]] = {}
    graded: list[Evidence] = []
    for name in (SCIENTSBANK, BEETLE):
        judged = list(answers_to_questions(rows[name]))
        rarity = Rarity(one.text for one in judged if one.split == "train")
        without = alone([one for one in judged if one.split != "unseen-answers"], rarity)
        graded.append(without)
        unknown[name] = on_splits(without, UNKNOWN_QUESTION)
        ours = [one for one in judged if one.split in ("train", "unseen-answers")]
        known[name] = on_splits(beside(ours, rarity), KNOWN_QUESTION)
    units = list(stated_units(rows[REALSUMM]))
    stated = alone(units, Rarity(one.text for one in units))
    return Measured(
        unknown=unknown,
        known=known,
        stated=across_documents(stated, STATED, DOCUMENT_FOLDS),
        raters=between_raters(row["votes"] for row in rows[REALSUMM]),
        transfers=transferred(training_rows(*graded), stated, TRANSFERRED, DOCUMENT_FOLDS),
    )


def main() -> int:
    """Measure, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="holds the files")
    parser.add_argument("--write", type=Path, metavar="PAGE")
    wanted = parser.parse_args()
    try:
        rows = dict(zip(FILES, read_rows(wanted.data, list(FILES.values())), strict=True))
    except DataMissingError as missing:
        print(missing, file=sys.stderr)
        return 2
    line = measured_line("python -m benchmarks.public_grading --data DIR")
    text = f"{page_text(measure(rows))}\n\n{line}"
    print(text)
    if wanted.write is not None:
        replace_block(wanted.write, "public-grading", text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
