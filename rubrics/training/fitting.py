"""Fitting the level model, and choosing its thresholds on answers by authors left out."""

import itertools
import math
from collections.abc import Sequence

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
_GRID = (0.4, 0.45, 0.5, 0.55, 0.6)
_NO_DIFFERENCE = 0.005
"""Between two kappas: a fifth of their confidence interval."""
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
    columns = np.array([[float(name in some) for name in names] for some in keys])
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


def _thresholds(found: Sequence[Example]) -> tuple[float, float]:
    """Return the pair that agrees with the graders on authors that were left out.

    Several pairs have nearly the same weighted kappa; of these the one whose levels are on average
    nearest to the graders' is taken, so that a grader that is not surer is not stricter either.
    """
    chances: list[tuple[float, float, float]] = []
    for author in sorted({one.author for one in found}):
        model = _fit([one for one in found if one.author != author], 0.5, 0.5)
        for one in found:
            if one.author == author and one.weight == 1:
                named, reasoned = model.chances_of(one.clues, one.keys)
                chances.append((named, reasoned, one.level))
    agreed = {pair: _agreement(chances, *pair) for pair in itertools.product(_GRID, _GRID)}
    best = max(kappa for kappa, _ in agreed.values())
    equal = [pair for pair, (kappa, _) in agreed.items() if kappa >= best - _NO_DIFFERENCE]
    return min(equal, key=lambda pair: (agreed[pair][1], pair))


def _agreement(
    chances: Sequence[tuple[float, float, float]], named_from: float, reasoned_from: float
) -> tuple[float, float]:
    """Return the weighted kappa, and how far the mean level is from the graders'."""
    given = [
        2 if reasoned >= reasoned_from else int(named >= named_from)
        for named, reasoned, _ in chances
    ]
    wanted = [2 if level >= REASONED_FROM else int(level >= NAMED_FROM) for *_, level in chances]
    kappa = float(cohen_kappa_score(wanted, given, weights="quadratic"))
    off = sum(given) - math.fsum(level for *_, level in chances)
    return kappa, abs(round(off / len(chances), 3))
