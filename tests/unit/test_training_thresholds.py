"""Thresholds are chosen with the guards in force, and not where attacks get far."""

import numpy as np

from rubrics.graders.offline.clues import NAMES
from rubrics.training.examples import Example
from rubrics.training.fitting import Foretold, fit_model

CLUES = (0.0,) * len(NAMES)


def example(
    level: float = 2.0, most: int = 2, *, is_opposed: bool = False, author: str = "ada"
) -> Example:
    return Example(
        author=author,
        answer_id="one",
        stage="model",
        criterion_id="model-choice",
        clues=CLUES,
        level=level,
        most=most,
        is_opposed=is_opposed,
    )


def test_a_level_follows_from_both_chances_and_both_thresholds() -> None:
    likely = Foretold(example(), named=0.6, reasoned=0.5)
    assert likely.level(0.5, 0.5) == 2
    assert likely.level(0.5, 0.6) == 1
    assert likely.level(0.7, 0.5) == 0


def test_guards_hold_whatever_the_chances_are() -> None:
    for most in (0, 1, 2):
        assert Foretold(example(most=most), named=1.0, reasoned=1.0).level(0.5, 0.5) == most
    opposed = Foretold(example(is_opposed=True), named=1.0, reasoned=1.0)
    assert opposed.level(0.5, 0.5) == 1
    assert Foretold(example(most=1, is_opposed=True), 1.0, 1.0).level(0.5, 0.5) == 0


def some_answers(*, attacks: bool) -> list[Example]:
    """Answers of which one clue tells roughly what they are worth; lists share it."""
    drawn = np.random.default_rng(5)
    return [
        Example(
            author=author,
            answer_id=f"{author}-{number}",
            stage="model",
            criterion_id="model-choice",
            clues=(number % 3 + drawn.normal(0, 0.8), *CLUES[1:]),
            level=float(number % 3),
            is_attack=attacks and number % 3 == 0,
        )
        for author in ("ada", "ben", "cy")
        for number in range(60)
    ]


def test_where_attacks_get_far_more_is_asked_for() -> None:
    without = fit_model(some_answers(attacks=False))
    fooled = fit_model(some_answers(attacks=True))
    assert fooled.named_from > without.named_from
    assert fooled.named == without.named, "the regressions know nothing of attacks"
