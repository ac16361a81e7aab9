"""The level model: what shifts do, which model a prompt meets, and what is refused."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_answers import PROMPT, a_labelled
from made_rubrics import a_criterion
from pydantic import ValidationError

from designs.stage import StageId
from rubrics.graders.offline.clues import NAMES, Clues
from rubrics.graders.offline.level_model import Chances, LevelModel, LevelModels, Regression
from rubrics.training.graded import graded_sentences

COUNT = len(NAMES)
NOTHING = Clues(**dict.fromkeys(NAMES, 0.0))


def a_regression(intercept: float = 0.0, **shifts: float) -> Regression:
    named = {key.replace("_", "-"): value for key, value in shifts.items()}
    return Regression(intercept=intercept, coefficients=(0.0,) * COUNT, shifts=named)


def a_model(**changes: Any) -> LevelModel:
    plain: dict[str, Any] = {
        "clues": NAMES,
        "means": (0.0,) * COUNT,
        "deviations": (1.0,) * COUNT,
        "named": a_regression(1.0, data=0.5, one=0.25),
        "reasoned": a_regression(-1.0, data=-0.5),
        "named_from": 0.5,
        "reasoned_from": 0.5,
        "unsure_within": 0.1,
    }
    return LevelModel.model_validate(plain | changes)


def sigmoid(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))


@pytest.mark.parametrize(
    ("criterion", "named", "reasoned"),
    [
        (a_criterion("one", StageId.DATA), 1.75, -1.5),
        (a_criterion("two", StageId.DATA), 1.5, -1.5),
        (a_criterion("one", StageId.MODEL), 1.25, -1.0),
        (a_criterion("two", StageId.MODEL), 1.0, -1.0),
    ],
    ids=["both", "the stage's", "the criterion's", "none"],
)
def test_shifts_of_the_stage_and_of_the_criterion_are_added(
    criterion: Any, named: float, reasoned: float
) -> None:
    chances = a_model().chances(criterion, NOTHING)
    assert chances.named == pytest.approx(sigmoid(named))
    assert chances.reasoned == pytest.approx(sigmoid(reasoned))


def test_clues_are_standardised_and_weighed() -> None:
    weights = (2.0, *(0.0,) * (COUNT - 1))
    model = a_model(
        means=(3.0,) * COUNT,
        deviations=(4.0,) * COUNT,
        named=Regression(intercept=0.5, coefficients=weights),
    )
    named, _ = model.chances_of((11.0,) * COUNT, ())
    assert named == pytest.approx(sigmoid(2 * (11 - 3) / 4 + 0.5))


@given(st.lists(st.floats(-1e6, 1e6), min_size=COUNT, max_size=COUNT), st.floats(-1e6, 1e6))
def test_no_clue_breaks_a_chance(values: list[float], weight: float) -> None:
    model = a_model(named=Regression(intercept=weight, coefficients=(weight,) * COUNT))
    assert all(0 <= one <= 1 for one in model.chances_of(values, ("data", "one")))


@pytest.mark.parametrize(
    "change",
    [
        {"clues": NAMES[:-1]},
        {"clues": NAMES[::-1]},
        {"means": (0.0,) * (COUNT - 1)},
        {"deviations": (1.0,) * (COUNT + 1)},
        {"named": Regression(intercept=0, coefficients=(0.0,))},
        {"reasoned": Regression(intercept=0, coefficients=())},
        {"named_from": 0},
        {"reasoned_from": 1},
    ],
    ids="-".join,
)
def test_numbers_that_fit_other_clues_are_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        a_model(**change)


@pytest.mark.parametrize(
    ("named", "reasoned", "level", "is_close"),
    [
        (0.2, 0.0, 0, False),
        (0.45, 0.0, 0, True),
        (0.5, 0.1, 1, True),
        (0.8, 0.1, 1, False),
        (0.8, 0.45, 1, True),
        (0.8, 0.5, 2, True),
        (0.8, 0.9, 2, False),
        (0.1, 0.9, 0, False),  # what is not even named is not reasoned
    ],
)
def test_levels_and_close_calls(named: float, reasoned: float, level: int, is_close: bool) -> None:
    chances = Chances(named=named, reasoned=reasoned)
    assert (a_model().level(chances), a_model().is_close(chances)) == (level, is_close)


def test_each_kind_of_prompt_has_its_model() -> None:
    models = LevelModels(seen=a_model(), unseen=a_model(named_from=0.6))
    assert models.of(is_seen=True) == models.seen
    assert models.of(is_seen=False) == models.unseen != models.seen
    swapped = LevelModels(seen=models.unseen, unseen=models.seen)
    assert swapped.hash() != models.hash()
    assert LevelModels.model_validate_json(models.model_dump_json()).hash() == models.hash()


def test_a_prompt_is_seen_if_graded_answers_to_it_are_among_the_examples() -> None:
    graded = graded_sentences([a_labelled("We split by time.")])
    assert graded.know(PROMPT)
    assert not graded.know("video-recommendation")


def test_examples_by_an_author_or_about_a_prompt_can_be_left_out() -> None:
    graded = graded_sentences(
        [
            a_labelled(f"We split by {author} and {prompt}.", author=author, prompt=prompt)
            for author in ("ada", "ben")
            for prompt in ("one-prompt", "two-prompt")
        ]
    )

    def kept(author: str, prompt: str | None = None) -> set[tuple[str, str]]:
        return {(one.author, one.prompt) for one in graded.without(author, prompt).groups}

    assert kept("ada") == {("ben", "one-prompt"), ("ben", "two-prompt")}
    assert kept("ada", "one-prompt") == {("ben", "two-prompt")}
