"""Train the offline grader: ``python -m rubrics.training [--check]``.

Reads the tuning half of the gold answers and the shipped rubrics, and writes the graded sentences
and the level model into ``rubrics/graders/offline/trained``. With ``--check`` nothing is written
and the exit status tells whether the files are up to date. The held-out half is never read.
"""

import argparse
import json
import re
import sys

from designs.record import Record
from rubrics.gold_answers import Half, gold_answers
from rubrics.graders.offline.graded_sentences import TRAINED
from rubrics.graders.offline.settings import OfflineSettings
from rubrics.training.examples import examples
from rubrics.training.fitting import fit_model
from rubrics.training.graded import graded_sentences

_TOLERANCE = 0.002
"""Between coefficients fitted on two machines; it changes no level that is not a close call."""


def main() -> int:
    """Train, and write or compare."""
    parser = argparse.ArgumentParser(prog="python -m rubrics.training", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with the files, write none")
    check = parser.parse_args().check
    answers = gold_answers(Half.TUNING)
    graded = graded_sentences(answers)
    model = fit_model(list(examples(answers, graded, OfflineSettings())))
    texts = {"graded_sentences.json": _text(graded), "level_model.json": _text(model)}
    stale = [name for name, text in texts.items() if _differs(name, text)]
    if check:
        sys.stdout.write(f"out of date: {', '.join(stale)}\n" if stale else "up to date\n")
        return int(bool(stale))
    for name, text in texts.items():
        (TRAINED / name).write_text(text, encoding="utf-8", newline="\n")
    sys.stdout.write(f"trained on {len(answers)} answers\n")
    return 0


def _text(record: Record) -> str:
    plain = record.model_dump(mode="json", exclude_defaults=False)
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def _differs(name: str, text: str) -> bool:
    path = TRAINED / name
    if not path.exists():
        return True
    kept = path.read_text(encoding="utf-8")
    return kept != text and not _is_as_good(name, kept, text)


def _is_as_good(name: str, kept: str, text: str) -> bool:
    """Return whether two models differ by no more than the arithmetic of two machines."""
    if name != "level_model.json":
        return False
    numbers = [[float(one) for one in re.findall(r"-?\d+\.\d+", one)] for one in (kept, text)]
    return len(numbers[0]) == len(numbers[1]) and all(
        abs(one - other) <= _TOLERANCE for one, other in zip(*numbers, strict=True)
    )


if __name__ == "__main__":
    sys.exit(main())
