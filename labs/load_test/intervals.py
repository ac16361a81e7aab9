"""Confidence intervals of a simulation whose samples depend on one another.

Requests that queue together share their luck, so single requests are no independent samples.
Replications are, and batches of one long run nearly; both are called groups here.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from labs.load_test.figures import Estimate

Times = NDArray[np.float64]

_GROUPS = 20
"""Fewer replications than half of this are cut into batches."""
# Two-sided 95 % quantiles of Student's t by degrees of freedom; beyond, the last is near enough.
_T95 = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
    2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
    2.052, 2.048, 2.045, 2.042,
)  # fmt: skip
_Z95 = 1.96


def t95(degrees: int) -> float:
    """Return the two-sided 95 % quantile of Student's t, a little too wide between 30 and 120."""
    if degrees < 1:
        return math.inf
    if degrees <= len(_T95):
        return _T95[degrees - 1]
    return _T95[-1] if degrees < 120 else _Z95 + 0.02


def groups(replications: Sequence[Times]) -> list[Times]:
    """Return replications, cut into batches where there are few of them."""
    if len(replications) >= _GROUPS // 2:
        return list(replications)
    pieces = math.ceil(_GROUPS / len(replications))
    return [
        piece
        for one in replications
        for piece in np.array_split(one, min(pieces, max(one.size, 1)))
    ]


def share(marks: Sequence[NDArray[np.bool_]]) -> Estimate:
    """Return the share of marked samples, from groups of samples.

    Where none or all are marked the groups do not differ; the rule of three bounds the share then.
    """
    total = sum(one.size for one in marks)
    if total == 0:
        return Estimate(value=0, low=0, high=1)
    value = sum(int(np.count_nonzero(one)) for one in marks) / total
    if value in (0.0, 1.0):
        reach = min(3 / total, 1.0)
        return Estimate(value=value, low=max(value - reach, 0.0), high=min(value + reach, 1.0))
    reach = _reach([float(np.mean(one)) for one in marks if one.size])
    return Estimate(value=value, low=max(value - reach, 0.0), high=min(value + reach, 1.0))


def mean(samples: Sequence[Times]) -> Estimate:
    """Return the mean with its interval, from groups of samples."""
    value = float(np.concatenate(samples).mean())
    reach = _reach([float(one.mean()) for one in samples if one.size])
    return Estimate(value=value, low=value - reach, high=value + reach)


def paired(pairs: Sequence[tuple[float, float]]) -> Estimate:
    """Return the mean of second less first, from runs of two things that share their luck.

    Args:
        pairs: A figure of both in each replication.
    """
    differences = [second - first for first, second in pairs]
    value = float(np.mean(differences))
    reach = _reach(differences)
    return Estimate(value=value, low=value - reach, high=value + reach)


def quantiles(samples: Sequence[Times], levels: Sequence[float]) -> list[Estimate]:
    """Return quantiles of all samples together.

    The quantile of single short runs is biased low, that of the pooled samples hardly. Its
    interval comes from how much the share of samples above it differs between groups: the same
    distance in shares to both sides, read off the pooled samples.

    Args:
        samples: Groups, in the order of time.
        levels: Between 0 and 1.

    Returns:
        One estimate for each level.
    """
    pooled = np.concatenate(samples)
    if pooled.size == 0:
        return []
    values = _at(pooled, levels)
    reaches = [
        _reach([float(np.count_nonzero(one > value)) / one.size for one in samples if one.size])
        for value in values
    ]
    bounds = [
        min(max(level + side * reach, 0.0), 1.0)
        for level, reach in zip(levels, reaches, strict=True)
        for side in (-1, 1)
    ]
    ends = _at(pooled, bounds)
    return [
        Estimate(value=value, low=min(ends[2 * k], value), high=max(ends[2 * k + 1], value))
        for k, value in enumerate(values)
    ]


def _at(pooled: Times, levels: Sequence[float]) -> list[float]:
    ranks = [round(level * (pooled.size - 1)) for level in levels]
    parted = np.partition(pooled, sorted(set(ranks)))
    return [float(parted[rank]) for rank in ranks]


def _reach(means: Sequence[float]) -> float:
    count = len(means)
    if count < 2:
        return math.inf
    deviation = float(np.std(means, ddof=1))
    return t95(count - 1) * deviation / math.sqrt(count)
