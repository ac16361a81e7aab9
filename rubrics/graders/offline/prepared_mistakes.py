"""Prepared mistakes: the bank of known mistakes as the grader reads it.

The authored files are long, and reading and stemming them takes seconds. ``python -m
rubrics.training`` therefore writes them down once more, stemmed, without phrasings and look-alikes.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Literal

from designs.identifiers import Slug
from designs.record import Record
from designs.stage import StageId
from rubrics.graders.offline.graded_sentences import read_trained
from rubrics.graders.offline.terms import is_beginning, stemmed_keys, stemmed_term
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


Wordings = dict[str, tuple[str, ...]]
"""Stemmed wordings by the key of their rarest word: where it is missing, none of them can stand."""
_BEGINNINGS_COUNT = 10
"""Words that begin alike, for every word that is spelt out."""


class PreparedMistake(Record):
    """A known mistake, ready for looking."""

    id: Slug
    stages: tuple[StageId, ...]
    severity: Literal["serious", "slip"]
    title: str
    why: str
    instead: str
    says: tuple[Wordings, ...]
    """Groups of wordings, one of each has to stand in a sentence."""
    unless: Wordings
    marks: tuple[str, ...]
    """Marks of reported speech that its own phrasings hold: they say nothing here."""


class PreparedMistakes(Record):
    """The whole bank."""

    schema_version: Literal[1] = 1
    mistakes: tuple[PreparedMistake, ...]


def prepare(mistakes: Iterable[Mistake]) -> PreparedMistakes:
    """Stem the wordings of some mistakes and sort them by their rarest words."""
    stemmed = [(one, [*map(_stemmed, one.says), _stemmed(one.unless)]) for one in mistakes]
    commonness = _commonness(chain.from_iterable(chain.from_iterable(g for _, g in stemmed)))
    return PreparedMistakes(
        mistakes=tuple(
            _prepared(one, [_by_rarest(group, commonness) for group in groups])
            for one, groups in stemmed
        )
    )


def _prepared(mistake: Mistake, groups: Sequence[Wordings]) -> PreparedMistake:
    *says, unless = groups
    return PreparedMistake(
        id=mistake.id,
        stages=mistake.stages,
        severity=mistake.severity,
        title=mistake.title,
        why=mistake.why,
        instead=mistake.instead,
        says=tuple(says),
        unless=unless,
        marks=tuple(sorted(reporting_marks(mistake.phrasings))),
    )


def _stemmed(wordings: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(stemmed_term, wordings))))


def _commonness(wordings: Iterable[str]) -> Counter[str]:
    """Count the keys of all words; the beginning of a word is met more often than a word."""
    counted: Counter[str] = Counter()
    for wording in wordings:
        counted.update(stemmed_keys(wording))
    for key in filter(is_beginning, counted):
        counted[key] *= _BEGINNINGS_COUNT
    return counted


def _by_rarest(wordings: Iterable[str], commonness: Mapping[str, int]) -> Wordings:
    found: dict[str, list[str]] = defaultdict(list)
    for wording in wordings:
        rarest = min(stemmed_keys(wording), key=lambda key: (commonness[key], key))
        found[rarest].append(wording)
    return {key: tuple(found[key]) for key in sorted(found)}


def reporting_marks(texts: Iterable[str]) -> frozenset[str]:
    """Return the marks of reported speech in some texts."""
    return frozenset(mark for text in texts for mark in _REPORTED.findall(text.lower()))


@lru_cache(maxsize=1)
def shipped_prepared() -> PreparedMistakes:
    """Return the shipped bank, read once per process."""
    return read_trained("known_mistakes.json", PreparedMistakes)
