"""Train the offline grader: ``python -m rubrics.training [--check]``.

Reads the tuning half of the gold answers, the mistaken and the sound answers, the idle sentences,
the bank of known mistakes and the shipped rubrics, and writes the graded sentences and the fitted
models into ``rubrics/graders/offline/trained``. With ``--check`` nothing is written and the exit
status tells whether the files are up to date. The held-out half is never read.
"""

import argparse
import hashlib
import json
import math
import re
import sys
from collections.abc import Iterator, Sequence

from designs.content_hash import record_hash
from designs.record import Record
from rubrics.gold_answers import Half, LabelledAnswer, gold_answers
from rubrics.graders.offline.graded_sentences import TRAINED
from rubrics.graders.offline.level_model import LevelModels
from rubrics.graders.offline.prepared_mistakes import prepare
from rubrics.graders.offline.settings import OfflineSettings
from rubrics.graders.offline.trained_hashes import FILE_NAME as HASHES
from rubrics.graders.offline.trained_hashes import TrainedHashes
from rubrics.idle_sentences import idle_sentences
from rubrics.library import shipped_mistakes
from rubrics.mistaken_answers import mistaken_answers, sound_answers
from rubrics.training.doubts import doubt_models, fit_doubt, statements
from rubrics.training.examples import Known, examples
from rubrics.training.fitting import fit_model
from rubrics.training.graded import graded_sentences
from rubrics.training.idleness import fit_idle, idle_models, idle_statements
from rubrics.training.mistaken import fit_mistaken
from rubrics.training.stems import stems_of_content

_SHORT_LISTS = re.compile(r"\[[^\[\]{}\"]*\]|\[\n {6}[^\[\]{}]*\]")
"""Lists of numbers, and whatever lies deep: a line each."""
_LARGE = ("doubt_model.json", "idle_model.json", "graded_sentences.json")
"""Files whose hashes are part of every assessment."""
_EXACT = ("stems.json", "graded_sentences.json", "known_mistakes.json")
_ABSOLUTE, _RELATIVE = 0.005, 0.01
"""Between coefficients fitted on two machines; it changes no level that is not a close call."""


def main() -> int:
    """Train, and write or compare."""
    parser = argparse.ArgumentParser(prog="python -m rubrics.training", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with the files, write none")
    check = parser.parse_args().check
    answers = gold_answers(Half.TUNING)
    records = dict(_trained(answers))
    texts = {name: _text(record) for name, record in records.items()}
    hashes = {_digest(texts[name]): record_hash(records[name]) for name in _LARGE}
    texts[HASHES] = _text(TrainedHashes(by_digest=hashes))
    stale = [name for name, text in texts.items() if _differs(name, text)]
    if check:
        sys.stdout.write(f"out of date: {', '.join(stale)}\n" if stale else "up to date\n")
        return int(bool(stale))
    for name, text in texts.items():
        (TRAINED / name).write_text(text, encoding="utf-8", newline="\n")
    sys.stdout.write(f"trained on {len(answers)} answers\n")
    return 0


def _trained(answers: Sequence[LabelledAnswer]) -> Iterator[tuple[str, Record]]:
    """Yield the name and the content of every trained file."""
    settings = OfflineSettings()
    graded = graded_sentences(answers)
    mistaken = (*mistaken_answers(), *sound_answers())
    said = statements(answers, mistaken, shipped_mistakes())
    told = idle_statements(idle_sentences(), answers, mistaken, shipped_mistakes())
    doubts = doubt_models(said)
    known = Known(graded, doubts, idle_models(told))
    yield "stems.json", stems_of_content()
    yield "graded_sentences.json", graded
    yield "known_mistakes.json", prepare(shipped_mistakes())
    yield "doubt_model.json", fit_doubt(said)
    yield "idle_model.json", fit_idle(told)
    yield "mistaken_model.json", fit_mistaken(doubts, answers, mistaken)
    fitted = [
        fit_model(list(examples(answers, known, settings, is_seen=is_seen)))
        for is_seen in (True, False)
    ]
    yield "level_model.json", LevelModels(seen=fitted[0], unseen=fitted[1])


def _text(record: Record) -> str:
    plain = record.model_dump(mode="json", exclude_defaults=False)
    # One entry a line at the second level: small, and changes can be read.
    text = json.dumps(plain, ensure_ascii=False, indent=1)
    return _SHORT_LISTS.sub(lambda found: " ".join(found.group().split()), text) + "\n"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _differs(name: str, text: str) -> bool:
    path = TRAINED / name
    if not path.exists():
        return True
    kept = path.read_text(encoding="utf-8")
    return kept != text and not _is_as_good(name, kept, text)


def _is_as_good(name: str, kept: str, text: str) -> bool:
    """Return whether two models differ by no more than the arithmetic of two machines."""
    if name in _EXACT:
        return False
    numbers = [[float(one) for one in re.findall(r"-?\d+\.\d+", one)] for one in (kept, text)]
    return len(numbers[0]) == len(numbers[1]) and all(
        math.isclose(one, other, rel_tol=_RELATIVE, abs_tol=_ABSOLUTE)
        for one, other in zip(*numbers, strict=True)
    )


if __name__ == "__main__":
    sys.exit(main())
