"""Fitting the level model, and choosing its thresholds on answers by authors left out."""

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import cohen_kappa_score

from rubrics.graders.offline.clues import NAMES
from rubrics.graders.offline.level_model import LevelModel, Regression
from rubrics.training.examples import Example

Floats = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]

STRENGTH = 0.1
"""Inverse of the L2 penalty; between 0.03 and 0.3 it made no difference that could be told."""
NAMED_FROM, REASONED_FROM = 0.75, 1.5
"""Mean level of two graders that counts as credited, and as reaching the top."""
UNSURE_WITHIN = 0.12
_NAMED_GRID = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)
_REASONED_GRID = (0.45, 0.5, 0.55, 0.6)
"""Full credit takes more: it should be about as likely as not at least."""
_NO_DIFFERENCE = 0.01
"""Between two kappas: two fifths of their confidence interval."""
_FOOLED = 0.035
"""Share of the criteria of attacks that may earn anything, on authors left out. The goal is 0.05;
attacks by strangers get further than those that guards were written against."""
_DIGITS = 6


def fit_model(found: Sequence[Example]) -> LevelModel:
    """Fit both regressions to all examples; thresholds are chosen on authors left out."""
    named_from, reasoned_from = _thresholds(found)
    return _fit(found, named_from, reasoned_from)


def _fit(found: Sequence[Example], named_from: float, reasoned_from: float) -> LevelModel:
    clues = np.array([one.clues for one in found])
    levels = np.array([one.level for one in found])
    weights = np.array([one.weight for one in found])
    means = clues.mean(axis=0).round(_DIGITS)
    deviations = np.maximum(clues.std(axis=0), 1e-6).round(_DIGITS)
    standardised = (clues - means) / deviations
    keys = [one.keys for one in found]
    return LevelModel(
        clues=NAMES,
        means=_numbers(means),
        deviations=_numbers(deviations),
        named=_regression(standardised, keys, levels >= NAMED_FROM, weights),
        reasoned=_regression(standardised, keys, levels >= REASONED_FROM, weights),
        named_from=named_from,
        reasoned_from=reasoned_from,
        unsure_within=UNSURE_WITHIN,
    )


def _regression(
    standardised: Floats, keys: Sequence[tuple[str, ...]], truths: Truths, weights: Floats
) -> Regression:
    names = sorted({key for some in keys for key in some})
    columns = np.zeros((len(keys), len(names)))
    place = {name: number for number, name in enumerate(names)}
    for row, some in enumerate(keys):
        columns[row, [place[name] for name in some]] = 1.0
    plain = LogisticRegression(C=STRENGTH, max_iter=5000, tol=1e-8)
    fitted = plain.fit(np.hstack([standardised, columns]), truths, sample_weight=weights)
    count = standardised.shape[1]
    return Regression(
        intercept=round(float(fitted.intercept_[0]), _DIGITS),
        coefficients=_numbers(fitted.coef_[0][:count]),
        shifts=dict(zip(names, _numbers(fitted.coef_[0][count:]), strict=True)),
    )


def _numbers(values: Floats) -> tuple[float, ...]:
    return tuple(round(float(one), _DIGITS) for one in values)


@dataclass(frozen=True)
class Foretold:
    """An example and what a model says that never saw its author."""

    example: Example
    named: float
    reasoned: float

    def level(self, named_from: float, reasoned_from: float) -> int:
        """Return the level that the grader would give, its guards in force."""
        one = self.example
        level = 0 if self.named < named_from else 2 if self.reasoned >= reasoned_from else 1
        level = min(level, one.most)
        return level - 1 if one.is_opposed and level else level


@dataclass(frozen=True)
class _Outcome:
    """What a pair of thresholds gives."""

    kappa: float
    off: float
    """How far the mean level is from the graders'."""
    fooled: float
    """Share of the criteria of attacks that earn anything."""


def _thresholds(found: Sequence[Example]) -> tuple[float, float]:
    """Return the pair that agrees with the graders on authors that were left out.

    Pairs that attacks get too far with are out. Several others have nearly the same weighted kappa;
    of these the one whose levels are on average nearest to the graders' is taken, so that a grader
    that is not surer is not stricter either.
    """
    foretold = list(_foretold(found))
    pairs = itertools.product(_NAMED_GRID, _REASONED_GRID)
    outcomes = {pair: _outcome(foretold, *pair) for pair in pairs}
    least = min(one.fooled for one in outcomes.values())
    safe = {pair: one for pair, one in outcomes.items() if one.fooled <= max(_FOOLED, least)}
    best = max(one.kappa for one in safe.values())
    equal = [pair for pair, one in safe.items() if one.kappa >= best - _NO_DIFFERENCE]
    return min(equal, key=lambda pair: (safe[pair].off, pair))


def _foretold(found: Sequence[Example]) -> Iterator[Foretold]:
    for author in sorted({one.author for one in found}):
        model = _fit([one for one in found if one.author != author], 0.5, 0.5)
        for one in found:
            if one.author == author and one.weight == 1:
                yield Foretold(one, *model.chances_of(one.clues, one.keys))


def _outcome(foretold: Sequence[Foretold], named_from: float, reasoned_from: float) -> _Outcome:
    given = [one.level(named_from, reasoned_from) for one in foretold]
    levels = [one.example.level for one in foretold]
    wanted = [2 if level >= REASONED_FROM else int(level >= NAMED_FROM) for level in levels]
    attacks = [
        level > 0 for one, level in zip(foretold, given, strict=True) if one.example.is_attack
    ]
    return _Outcome(
        kappa=float(cohen_kappa_score(wanted, given, weights="quadratic")),
        off=abs(round((sum(given) - math.fsum(levels)) / len(levels), 3)),
        fooled=sum(attacks) / max(1, len(attacks)),
    )
