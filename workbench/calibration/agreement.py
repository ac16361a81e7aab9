"""Agreement between two series of ordered ratings."""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np

from designs.record import Record

_RESAMPLES = 1000
_SEED = 20261127


class Agreement(Record):
    """How far ratings agree with those they are compared to."""

    count: int
    kappa: float
    """Cohen's kappa with quadratic weights (QWK)."""
    low: float
    high: float
    """95 percent bootstrap interval of `kappa`, answers resampled."""
    error: float
    """Mean absolute difference, in the unit of the ratings."""
    bias: float
    """Mean of rating minus reference."""


def quadratic_kappa(ratings: Sequence[int], references: Sequence[int]) -> float:
    """Return Cohen's kappa with quadratic weights.

    1 is perfect, 0 what chance gives. Two constant and equal series agree perfectly.

    Source: Cohen (1968), Weighted kappa, Psychological Bulletin 70(4).
    """
    count = len(ratings)
    if not count:
        return math.nan
    observed = sum((a - b) ** 2 for a, b in zip(ratings, references, strict=True)) / count
    mine, theirs = Counter(ratings), Counter(references)
    expected = sum(n * m * (a - b) ** 2 for a, n in mine.items() for b, m in theirs.items()) / (
        count * count
    )
    return 1.0 if expected == 0 else 1 - observed / expected


def agreement(
    ratings: Sequence[float],
    references: Sequence[float],
    step: float,
    groups: Sequence[str] | None = None,
) -> Agreement:
    """Compare ratings with references.

    Args:
        ratings: Those under test.
        references: What they should be, in the same order.
        step: Width of a category, for kappa: 0.5 for stage scores.
        groups: What is resampled as a whole, such as the answer that ratings belong to.
    """
    mine = np.array([math.floor(one / step + 0.5) for one in ratings])
    theirs = np.array([math.floor(one / step + 0.5) for one in references])
    low, high = _interval(mine, theirs, groups or [str(n) for n in range(len(ratings))])
    pairs = list(zip(ratings, references, strict=True))
    count = max(1, len(pairs))
    return Agreement(
        count=len(pairs),
        kappa=round(quadratic_kappa(mine.tolist(), theirs.tolist()), 3),
        low=round(low, 3),
        high=round(high, 3),
        error=round(math.fsum(abs(a - b) for a, b in pairs) / count, 3),
        bias=round(math.fsum(a - b for a, b in pairs) / count, 3),
    )


def _interval(
    mine: "np.ndarray[tuple[int], np.dtype[np.int64]]",
    theirs: "np.ndarray[tuple[int], np.dtype[np.int64]]",
    groups: Sequence[str],
) -> tuple[float, float]:
    names = sorted(set(groups))
    places = {name: np.array([i for i, one in enumerate(groups) if one == name]) for name in names}
    random = np.random.default_rng(_SEED)
    kappas = []
    for _ in range(_RESAMPLES if len(names) > 1 else 0):
        drawn = random.integers(0, len(names), len(names))
        chosen = np.concatenate([places[names[n]] for n in drawn])
        kappas.append(_fast_kappa(mine[chosen], theirs[chosen]))
    if not kappas:
        return math.nan, math.nan
    low, high = np.percentile(kappas, [2.5, 97.5])
    return float(low), float(high)


def _fast_kappa(
    mine: "np.ndarray[tuple[int], np.dtype[np.int64]]",
    theirs: "np.ndarray[tuple[int], np.dtype[np.int64]]",
) -> float:
    """Return the same as `quadratic_kappa`: the expected square has a closed form."""
    observed = float(np.mean((mine - theirs) ** 2))
    expected = float(np.var(mine) + np.var(theirs) + (np.mean(mine) - np.mean(theirs)) ** 2)
    return 1.0 if expected == 0 else 1 - observed / expected
