"""The runs: every design on every benchmark, trained on what may be known, tested on the rest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from scipy import sparse
from sklearn.metrics import roc_auc_score

from benchmarks.public_grading.evidence import Bools, Evidence, Floats, Places
from benchmarks.public_grading.fitting import Design, numbered, rule_for, threshold_for
from benchmarks.public_grading.measures import Measure, interval, kappa, macro_f1

DOCUMENTS = "documents"
"""The test that has no official split: each document in its turn."""
UNKNOWN_QUESTION = (
    Design.SHIPPED,
    Design.CLUES,
    Design.COVERAGE,
    Design.CLUES_COVERAGE,
    Design.COVERAGE_WORDS,
    Design.ALL,
    Design.TREES,
)
KNOWN_QUESTION = UNKNOWN_QUESTION[:-1]
STATED = (Design.SHIPPED, Design.CLUES, Design.COVERAGE, Design.CLUES_COVERAGE, Design.ALL)
TRANSFERRED = (Design.SHIPPED, Design.CLUES, Design.COVERAGE, Design.CLUES_COVERAGE)


@dataclass(frozen=True)
class Figure:
    """Agreement on one test."""

    agreement: float
    """Macro-F1, or kappa."""
    auc: float
    low: float
    high: float
    """Of the agreement, when whole questions or documents are drawn again."""


@dataclass(frozen=True)
class Result:
    """What one design reached."""

    design: Design
    trained: float | None
    """On training answers, questions or parts left out in turn; None for what is not trained."""
    tests: dict[str, Figure] = field(default_factory=dict)


def on_splits(evidence: Evidence, designs: Iterable[Design]) -> list[Result]:
    """Train each design on the training split and test it on every other."""
    train = np.flatnonzero(evidence.split == "train")
    others = [str(one) for one in np.unique(evidence.split) if one != "train"]
    results = []
    for design in designs:
        rule = rule_for(design, evidence, train, macro_f1)
        tests = {}
        for split in others:
            rows = np.flatnonzero(evidence.split == split)
            chances = rule.fitted.chances(evidence, rows)
            given = np.asarray(chances >= rule.threshold)
            tests[split] = _figure(macro_f1, evidence, rows, chances, given)
        results.append(Result(design, rule.trained, tests))
    return results


def across_documents(evidence: Evidence, designs: Iterable[Design], folds: int) -> list[Result]:
    """Test each design on documents that neither fit nor threshold has seen, in turn."""
    number = numbered(evidence.unit, folds)
    rows = np.arange(len(number))
    results = []
    for design in designs:
        chances, given = np.zeros(len(rows)), np.zeros(len(rows), dtype=np.bool_)
        trained: list[float] = []
        for fold in range(folds):
            held = number == fold
            rule = rule_for(design, evidence, rows[~held], kappa)
            trained += [rule.trained] if rule.trained is not None else []
            chances[held] = rule.fitted.chances(evidence, rows[held])
            given[held] = chances[held] >= rule.threshold
        figure = _figure(kappa, evidence, rows, chances, given)
        reached = sum(trained) / len(trained) if trained else None
        results.append(Result(design, reached, {DOCUMENTS: figure}))
    return results


@dataclass(frozen=True)
class Transfer:
    """A design trained on one kind of answers and used on another."""

    design: Design
    carried: Figure
    """With the threshold of the answers that it was trained on."""
    anew: Figure
    """With a threshold chosen on other documents of the new kind."""


def transferred(
    train: Evidence, test: Evidence, designs: Iterable[Design], folds: int
) -> list[Transfer]:
    """Train on one benchmark and test on another."""
    results = []
    rows, known = np.arange(len(test.met)), np.arange(len(train.met))
    number = numbered(test.unit, folds)
    for design in designs:
        rule = rule_for(design, train, known, kappa)
        chances = rule.fitted.chances(test, rows)
        anew = np.zeros(len(rows), dtype=np.bool_)
        for fold in range(folds):
            held = number == fold
            anew[held] = chances[held] >= threshold_for(chances[~held], test.met[~held], kappa)
        results.append(
            Transfer(
                design,
                _figure(kappa, test, rows, chances, np.asarray(chances >= rule.threshold)),
                _figure(kappa, test, rows, chances, anew),
            )
        )
    return results


def _figure(
    measure: Measure, evidence: Evidence, rows: Places, chances: Floats, given: Bools
) -> Figure:
    truth, groups = evidence.met[rows], evidence.group[rows]
    low, high = interval(measure, truth, given, groups)
    return Figure(measure(truth, given), float(roc_auc_score(truth, chances)), low, high)


def training_rows(*tables: Evidence) -> Evidence:
    """Return the training rows of several benchmarks as one, without word marks."""
    kept = [np.flatnonzero(one.split == "train") for one in tables]
    pairs = list(zip(tables, kept, strict=True))
    count = sum(len(rows) for rows in kept)
    return Evidence(
        met=np.concatenate([one.met[rows] for one, rows in pairs]),
        group=np.concatenate([one.group[rows] for one, rows in pairs]),
        unit=np.concatenate([one.unit[rows] for one, rows in pairs]),
        split=np.full(count, "train"),
        clues=np.vstack([one.clues[rows] for one, rows in pairs]),
        coverage=np.vstack([one.coverage[rows] for one, rows in pairs]),
        marks=sparse.csr_array((count, 0)),
    )


def between_raters(votes: Iterable[str]) -> float:
    """Return kappa of one rater against another: every pair of votes on a row, both ways."""
    pairs = [
        pair
        for one in votes
        for first, second in combinations(one, 2)
        for pair in ((first, second), (second, first))
    ]
    yes = np.array([[vote == "p" for vote in pair] for pair in pairs])
    return kappa(yes[:, 0], yes[:, 1])


def chosen(results: Sequence[Result]) -> Result:
    """Return the result of the design that did best on training answers; no test is looked at."""
    return max(results, key=lambda one: -1.0 if one.trained is None else one.trained)
