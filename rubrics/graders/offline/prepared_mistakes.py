"""Prepared mistakes: the bank of known mistakes as the grader reads it.

The authored files are long, and reading and stemming them takes seconds. ``python -m
rubrics.training`` therefore writes them down once more, stemmed, without phrasings and look-alikes.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from designs.identifiers import Slug
from designs.record import Record
from designs.stage import StageId
from rubrics.graders.offline.graded_sentences import read_trained
from rubrics.graders.offline.terms import stemmed_term
from rubrics.mistake import Mistake

_REPORTED = re.compile(
    r"\?|\b(?:mistakes?|wrong(?:ly)?|traps?|dangerous|naive(?:ly)?|tempting|misleading|avoids?"
    r"|avoiding|rejected?|ruled out|leaks?|leaking|leakage|pretends?|flatter\w*|bad idea|pitfalls?"
    r"|would (?:be|have|let|make|give|look|mean|only|hide|miss|teach|learn|count|punish|reward"
    r"|inflate|overstate|understate|bias)"
    r"|if (?:we|you|one|i) (?:only|just|simply|did|split|used|use|trained|train|took|take)"
    r"|today'?s?|so far|used to|until now|currently|at present|the old|some (?:people|teams))\b"
)
"""Marks of a sentence that tells of an error rather than makes it."""


class PreparedMistake(Record):
    """A known mistake, ready for looking."""

    id: Slug
    stages: tuple[StageId, ...]
    severity: Literal["serious", "slip"]
    title: str
    why: str
    instead: str
    says: tuple[tuple[str, ...], ...]
    """Groups of stemmed wordings, one of each has to stand in a sentence."""
    unless: tuple[str, ...]
    marks: tuple[str, ...]
    """Marks of reported speech that its own phrasings hold: they say nothing here."""


class PreparedMistakes(Record):
    """The whole bank."""

    schema_version: Literal[1] = 1
    mistakes: tuple[PreparedMistake, ...]


def prepare(mistakes: Iterable[Mistake]) -> PreparedMistakes:
    """Stem the wordings of some mistakes."""
    return PreparedMistakes(mistakes=tuple(map(_prepared, mistakes)))


def _prepared(mistake: Mistake) -> PreparedMistake:
    return PreparedMistake(
        id=mistake.id,
        stages=mistake.stages,
        severity=mistake.severity,
        title=mistake.title,
        why=mistake.why,
        instead=mistake.instead,
        says=tuple(_stemmed(group) for group in mistake.says),
        unless=_stemmed(mistake.unless),
        marks=tuple(sorted(reporting_marks(mistake.phrasings))),
    )


def _stemmed(wordings: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(stemmed_term, wordings))))


def reporting_marks(texts: Iterable[str]) -> frozenset[str]:
    """Return the marks of reported speech in some texts."""
    return frozenset(mark for text in texts for mark in _REPORTED.findall(text.lower()))


@lru_cache(maxsize=1)
def shipped_prepared() -> PreparedMistakes:
    """Return the shipped bank, read once per process."""
    return read_trained("known_mistakes.json", PreparedMistakes)
