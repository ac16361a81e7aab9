"""Agreement: weighted kappa by its textbook values, and its bounds."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.calibration import agreement as agreements
from workbench.calibration.agreement import agreement, quadratic_kappa

ratings = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), min_size=2, max_size=40)


def test_equal_ratings_agree_perfectly() -> None:
    assert quadratic_kappa([0, 1, 2, 2], [0, 1, 2, 2]) == 1
    assert quadratic_kappa([1, 1], [1, 1]) == 1


def test_reversed_ratings_disagree() -> None:
    assert quadratic_kappa([0, 1, 2], [2, 1, 0]) == -1


def test_a_constant_says_nothing() -> None:
    assert quadratic_kappa([1, 1, 1], [0, 1, 2]) == pytest.approx(0)


def test_nothing_to_compare() -> None:
    assert math.isnan(quadratic_kappa([], []))


@given(ratings)
def test_kappa_is_symmetric_and_bounded(pairs: list[tuple[int, int]]) -> None:
    mine, theirs = [a for a, _ in pairs], [b for _, b in pairs]
    kappa = quadratic_kappa(mine, theirs)
    assert kappa == pytest.approx(quadratic_kappa(theirs, mine))
    assert -1.000001 <= kappa <= 1.000001


def test_an_agreement_names_its_error_and_bias() -> None:
    found = agreement([1.0, 2.0, 3.5], [1.0, 2.5, 3.0], 0.5)
    assert (found.count, found.bias) == (3, 0.0)
    assert found.error == pytest.approx(1 / 3, abs=1e-3)
    assert found.low <= found.kappa <= found.high


def test_the_same_ratings_give_the_same_interval() -> None:
    assert agreement([0, 1, 2, 1], [0, 1, 1, 1], 1) == agreement([0, 1, 2, 1], [0, 1, 1, 1], 1)


def test_the_interval_is_that_of_resampled_answers() -> None:
    """Written out: draw answers, take all their ratings, compute kappa, take the percentiles."""
    random = np.random.default_rng(7)
    theirs = random.integers(0, 3, 60)
    mine = np.clip(theirs + random.integers(-1, 2, 60), 0, 2)
    answers = [f"answer {number // 3}" for number in range(60)]
    names = sorted(set(answers))
    again = np.random.default_rng(agreements._SEED)
    kappas = []
    for _ in range(1000):
        drawn = [names[place] for place in again.integers(0, len(names), len(names))]
        rated = [n for name in drawn for n, one in enumerate(answers) if one == name]
        kappas.append(quadratic_kappa(mine[rated].tolist(), theirs[rated].tolist()))
    found = agreement(mine.tolist(), theirs.tolist(), 1, answers)
    assert [found.low, found.high] == pytest.approx(np.percentile(kappas, [2.5, 97.5]), abs=6e-4)


@pytest.mark.parametrize("ratings", [[], [1.0]])
def test_fewer_than_two_have_no_agreement(ratings: list[float]) -> None:
    with pytest.raises(ValueError, match="cannot be resampled"):
        agreement(ratings, ratings, 0.5)
    with pytest.raises(ValueError, match="cannot be resampled"):
        agreement(ratings * 2, ratings * 2, 0.5, ["one answer"] * 2 * len(ratings))
