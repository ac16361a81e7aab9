"""The public data: answers that people have graded, read from a folder."""

import csv
import gzip
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

WHERE_TO_GET = {
    "scientsbank.csv.gz": "https://github.com/myrosia/semeval-2013-task7, CC BY-SA 3.0",
    "beetle.csv.gz": "https://github.com/myrosia/semeval-2013-task7, CC BY-SA 3.0",
    "realsumm.csv.gz": "https://github.com/neulab/REALSumm, CC BY 4.0",
}
ONLY = "answer"
"""Id of the criterion of a question that has one."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, or a document that summaries are checked against."""

    id: str
    question: str
    """Empty for a document: nobody who writes a summary is asked for its criteria."""
    references: Mapping[str, tuple[str, ...]]
    """By criterion id: sentences that meet it."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One answer, and whether people say that it meets one criterion."""

    asked: Asked
    criterion_id: str
    split: str
    text: str
    is_met: bool


class DataMissingError(Exception):
    """A file is not there; the message says which, and where it can be got."""


def read_rows(folder: Path, names: Sequence[str]) -> list[list[dict[str, str]]]:
    """Return the rows of some files.

    Raises:
        DataMissingError: If one is not there.
    """
    missing = [name for name in names if not (folder / name).is_file()]
    if missing:
        told = ", ".join(f"{name} ({WHERE_TO_GET[name]})" for name in missing)
        raise DataMissingError(
            f"{folder} lacks {told}; docs/public-benchmarks.md says which columns they hold"
        )
    return [_rows(folder / name) for name in names]


def _rows(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def answers_to_questions(rows: Iterable[Mapping[str, str]]) -> Iterator[Judged]:
    """Yield the rows of SciEntsBank or Beetle; *met* is correct, in two ways."""
    known: dict[str, Asked] = {}
    for row in rows:
        key = row["question_id"]
        if key not in known:
            references = tuple(dict.fromkeys(json.loads(row["references"])))
            known[key] = Asked(key, row["question"], {ONLY: references})
        yield Judged(known[key], ONLY, row["split"], row["answer"], row["label2"] == "correct")


def stated_units(rows: Iterable[Mapping[str, str]]) -> Iterator[Judged]:
    """Yield the rows of REALSumm; each statement of a document is a criterion of its own."""
    kept = list(rows)
    statements: dict[str, dict[str, str]] = {}
    for row in kept:
        found = statements.setdefault(row["doc"], {})
        found.setdefault(row["criterion"], f"unit-{len(found) + 1}")
    documents = {
        doc: Asked(doc, "", {key: (text,) for text, key in found.items()})
        for doc, found in statements.items()
    }
    for row in kept:
        doc, key = row["doc"], statements[row["doc"]][row["criterion"]]
        yield Judged(documents[doc], key, doc, row["answer"], row["label"] == "1")
