"""Fitting one of several designs to graded answers; everything is chosen on training answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from benchmarks.public_grading.evidence import Bools, Evidence, Floats, Places
from benchmarks.public_grading.measures import Measure
from rubrics.graders.offline.level_model import LevelModel, shipped_models
from rubrics.training.examples import Example
from rubrics.training.fitting import STRENGTH, fit_model

FOLDS = 5
GRID = tuple(round(0.2 + 0.02 * step, 2) for step in range(31))
"""Thresholds that are tried."""
STRENGTHS = (0.03, STRENGTH)
"""Inverse penalties that are tried: the product's, and a stricter one for many columns."""
_AUTHORS = 2
"""Into how many authors the product's training is told to part the answers. It chooses thresholds
for three levels with them, which are not used where answers have two grades."""
MARK_IN = 3
"""Questions that a word must be marked in before it gets a weight."""


class Design(StrEnum):
    """What the answer is judged by."""

    SHIPPED = "the grader as shipped, trained on ML design answers only"
    CLUES = "engine's clues, by the product's own training"
    COVERAGE = "coverage of the reference alone"
    CLUES_COVERAGE = "engine's clues plus coverage of the reference"
    COVERAGE_WORDS = "coverage of the reference plus learned word weights"
    ALL = "engine's clues, coverage and learned word weights"
    TREES = "engine's clues plus coverage, boosted trees instead of the regression"


_COLUMNS: Mapping[Design, tuple[str, ...]] = {
    Design.CLUES: ("clues",),
    Design.COVERAGE: ("coverage",),
    Design.CLUES_COVERAGE: ("clues", "coverage"),
    Design.COVERAGE_WORDS: ("coverage", "marks"),
    Design.ALL: ("clues", "coverage", "marks"),
    Design.TREES: ("clues", "coverage"),
}


class Fitted(Protocol):
    """A fitted design."""

    def chances(self, evidence: Evidence, rows: Places) -> Floats:
        """Return how likely each row is to meet its criterion."""
        ...


@dataclass(frozen=True)
class Rule:
    """A fitted design with the threshold that was chosen for it."""

    fitted: Fitted
    threshold: float
    trained: float | None = None
    """What it reached on training answers that were left out in turn."""


def rule_for(
    design: Design, evidence: Evidence, rows: Places, measure: Measure, folds: int = FOLDS
) -> Rule:
    """Fit a design to some rows; penalty and threshold are chosen on units left out in turn."""
    if design is Design.SHIPPED:
        shipped = shipped_models().unseen
        return Rule(_Level(shipped), shipped.named_from)
    truth = evidence.met[rows]
    strengths = STRENGTHS if "marks" in _COLUMNS[design] else (STRENGTH,)
    tried = {one: left_out(design, evidence, rows, one, folds) for one in strengths}
    best = max(strengths, key=lambda one: float(roc_auc_score(truth, tried[one])))
    threshold = threshold_for(tried[best], truth, measure)
    reached = measure(truth, tried[best] >= threshold)
    if design is Design.CLUES:
        return Rule(_by_the_product(evidence, rows), threshold, reached)
    return Rule(_fit(design, evidence, rows, best), threshold, reached)


def threshold_for(chances: Floats, truth: Bools, measure: Measure) -> float:
    """Return the threshold at which a measure is highest; of equals the one nearest a half."""
    return max(GRID, key=lambda one: (measure(truth, chances >= one), -abs(one - 0.5)))


def left_out(
    design: Design, evidence: Evidence, rows: Places, strength: float, folds: int
) -> Floats:
    """Return the chances of each row, fitted without its unit."""
    number = numbered(evidence.unit[rows], folds)
    chances = np.zeros(len(rows))
    for fold in range(folds):
        fitted = _fit(design, evidence, rows[number != fold], strength)
        chances[number == fold] = fitted.chances(evidence, rows[number == fold])
    return chances


def numbered(units: npt.NDArray[np.str_], folds: int) -> Places:
    """Return a fold for each row, so that rows of one unit share it."""
    _, places = np.unique(units, return_inverse=True)
    return np.asarray(places % folds, dtype=np.intp)


def _by_the_product(evidence: Evidence, rows: Places) -> "_Level":
    """Train as `python -m rubrics.training` does; a correct answer has the top level."""
    number = numbered(evidence.unit[rows], _AUTHORS)
    return _Level(
        fit_model(
            [
                Example(
                    author=f"author-{fold}",
                    answer_id="",
                    stage="",
                    criterion_id="",
                    clues=tuple(evidence.clues[row]),
                    level=2.0 * evidence.met[row],
                )
                for row, fold in zip(rows, number, strict=True)
            ]
        )
    )


def _fit(design: Design, evidence: Evidence, rows: Places, strength: float) -> Fitted:
    columns = _COLUMNS[design]
    return (
        _Trees(evidence, rows)
        if design is Design.TREES
        else _Weights(evidence, rows, strength, columns)
    )


class _Level:
    """The product's level model; its two regressions are one where answers have two grades."""

    def __init__(self, model: LevelModel) -> None:
        self._model = model

    def chances(self, evidence: Evidence, rows: Places) -> Floats:
        return np.array([self._model.chances_of(one, ())[0] for one in evidence.clues[rows]])


class _Weights:
    """A logistic regression as the product's, on more columns."""

    def __init__(
        self, evidence: Evidence, rows: Places, strength: float, columns: tuple[str, ...]
    ) -> None:
        self._columns = columns
        dense = _dense(evidence, rows, columns)
        self._means = dense.mean(axis=0)
        self._deviations = np.maximum(dense.std(axis=0), 1e-6)
        self._marks = _frequent(evidence, rows) if "marks" in columns else None
        self._model = LogisticRegression(C=strength, max_iter=5000)
        self._model.fit(self._matrix(evidence, rows), evidence.met[rows])

    def chances(self, evidence: Evidence, rows: Places) -> Floats:
        return np.asarray(self._model.predict_proba(self._matrix(evidence, rows))[:, 1])

    def _matrix(self, evidence: Evidence, rows: Places) -> Floats | sparse.csr_array:
        dense = (_dense(evidence, rows, self._columns) - self._means) / self._deviations
        if self._marks is None:
            return dense
        return sparse.csr_array(sparse.hstack([dense, evidence.marks[rows][:, self._marks]]))


class _Trees:
    """Boosted trees, to see whether the regression is what limits."""

    def __init__(self, evidence: Evidence, rows: Places) -> None:
        self._model = HistGradientBoostingClassifier(
            max_iter=150,
            learning_rate=0.05,
            max_leaf_nodes=8,
            min_samples_leaf=40,
            l2_regularization=5,
            random_state=0,
        )
        self._model.fit(_dense(evidence, rows, _COLUMNS[Design.TREES]), evidence.met[rows])

    def chances(self, evidence: Evidence, rows: Places) -> Floats:
        dense = _dense(evidence, rows, _COLUMNS[Design.TREES])
        return np.asarray(self._model.predict_proba(dense)[:, 1])


def _dense(evidence: Evidence, rows: Places, columns: tuple[str, ...]) -> Floats:
    known = {"clues": evidence.clues, "coverage": evidence.coverage}
    return np.hstack([table[rows] for name, table in known.items() if name in columns])


def _frequent(evidence: Evidence, rows: Places) -> Places:
    """Return the marks that enough questions of the training rows hold."""
    names, places = np.unique(evidence.group[rows], return_inverse=True)
    shape = (len(names), len(rows))
    by_group = sparse.csr_array((np.ones(len(rows)), (places, np.arange(len(rows)))), shape=shape)
    seen = (by_group @ evidence.marks[rows]) > 0
    return np.flatnonzero(np.asarray(seen.sum(axis=0)).ravel() >= MARK_IN)
