"""Agreement with people: macro-F1, Cohen's kappa, and how far chance could move them."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Bools = npt.NDArray[np.bool_]
Measure = Callable[[Bools, Bools], float]

_DRAWS = 1000
_SEED = 20_26


def macro_f1(truth: Bools, given: Bools) -> float:
    """Return the mean of both classes' F1; a class that nobody names and nobody gives counts 0."""
    return (_f1(truth, given) + _f1(~truth, ~given)) / 2


def _f1(truth: Bools, given: Bools) -> float:
    named = int(truth.sum()) + int(given.sum())
    return 2 * int((truth & given).sum()) / named if named else 0.0


def kappa(truth: Bools, given: Bools) -> float:
    """Return Cohen's kappa of two yes-or-no judgements; 0 if chance alone explains everything."""
    agreed = float((truth == given).mean())
    yes, said = float(truth.mean()), float(given.mean())
    by_chance = yes * said + (1 - yes) * (1 - said)
    return (agreed - by_chance) / (1 - by_chance) if by_chance < 1 else 0.0


def interval(
    measure: Measure, truth: Bools, given: Bools, groups: npt.NDArray[np.str_]
) -> tuple[float, float]:
    """Return the middle 95 % of a measure when whole questions or documents are drawn again.

    Answers to one question are alike, so a test on nine questions says less than its number of
    answers promises.
    """
    places = [np.flatnonzero(groups == one) for one in np.unique(groups)]
    chance = np.random.default_rng(_SEED)
    values = []
    for _ in range(_DRAWS):
        drawn = np.concatenate(
            [places[at] for at in chance.integers(len(places), size=len(places))]
        )
        values.append(measure(truth[drawn], given[drawn]))
    low, high = np.percentile(values, (2.5, 97.5))
    return float(low), float(high)
