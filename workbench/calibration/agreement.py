"""Agreement between two series of ordered ratings."""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np

from designs.record import Record

_RESAMPLES = 1000
_SEED = 20261127
_Whole = np.ndarray[tuple[int], np.dtype[np.int64]]


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

    Raises:
        ValueError: If there are fewer than two groups, or than two ratings where none are given.
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


def _interval(mine: _Whole, theirs: _Whole, groups: Sequence[str]) -> tuple[float, float]:
    names, group = np.unique(groups, return_inverse=True)
    count = len(names)
    if count <= 1:
        raise ValueError("one answer alone cannot be resampled")
    # Kappa needs six sums, and sums over groups add up: no resample is ever written out.
    terms = (np.ones_like(mine), (mine - theirs) ** 2, mine, mine**2, theirs, theirs**2)
    sums = np.zeros((count, len(terms)), dtype=np.int64)
    np.add.at(sums, group, np.stack(terms, axis=1))
    drawn = np.random.default_rng(_SEED).integers(0, count, (_RESAMPLES, count))
    low, high = np.percentile([_kappa_of(*sums[one].sum(axis=0)) for one in drawn], [2.5, 97.5])
    return float(low), float(high)


def _kappa_of(count: int, squares: int, mine: int, mine2: int, theirs: int, theirs2: int) -> float:
    """Return the same as `quadratic_kappa`: the expected square has a closed form.

    All are sums: of the squared differences, of the ratings on both sides, and of their squares.
    """
    expected = count * (mine2 + theirs2) - 2 * mine * theirs
    return 1.0 if expected == 0 else float(1 - count * squares / expected)
