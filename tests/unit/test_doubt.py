"""Doubt about sentences: a chance, a weight, and padding that waters nothing down."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubrics.graders.offline.doubt import (
    REACH,
    Doubt,
    DoubtModel,
    features_of,
    highest_doubts,
    mean_doubt,
    shipped_doubt_model,
)
from rubrics.graders.offline.segments import sentences

MODEL = DoubtModel(
    intercept=-1.0,
    features={
        "random": (2.0, 3.0),
        "split": (1.0, 0.0),
        "time": (2.0, -3.0),
        "random split": (3.0, 4.0),
        "split time": (3.0, -4.0),
    },
)
RISKY, SOUND = "We use a random split.", "We split by time."
NEUTRAL = (
    "The kettle whistled while rain fell on the garden.",
    "My cousin paints small wooden boats in the evening.",
    "He bought two tickets for the opera.",
    "The river is cold in March.",
    "Our neighbour's dog sleeps under the table.",
    "Grandfather told us a story about a lighthouse keeper.",
)
texts = st.text(max_size=200) | st.lists(
    st.sampled_from("we never split random time by all . , 90 days leaks future \n".split(" "))
).map(" ".join)


def doubts(text: str, model: DoubtModel = MODEL) -> list[Doubt]:
    return [model.doubt(one) for one in sentences(text)]


@pytest.mark.parametrize("which", ["made-up", "shipped"])
@settings(max_examples=60, deadline=None)
@given(text=texts)
def test_doubt_is_a_chance_and_its_weight_is_never_negative(which: str, text: str) -> None:
    model = shipped_doubt_model() if which == "shipped" else MODEL
    for one in doubts(text, model):
        assert 0 <= one.chance <= 1
        assert one.weight >= 0


@settings(max_examples=60)
@given(st.floats(-1e9, 1e9), st.lists(st.floats(-1e9, 1e9), min_size=5, max_size=5))
def test_no_coefficient_breaks_it(intercept: float, weights: list[float]) -> None:
    names = MODEL.features
    model = DoubtModel(
        intercept=intercept,
        features={name: (1.0, weight) for name, weight in zip(names, weights, strict=True)},
    )
    assert all(0 <= one.chance <= 1 for one in doubts(f"{RISKY} {SOUND}", model))


def test_what_reads_like_mistakes_is_doubted_more() -> None:
    (risky,), (sound,) = doubts(RISKY), doubts(SOUND)
    assert sound.chance < 0.05 < 0.95 < risky.chance


def test_the_numbers_are_those_of_a_logistic_regression() -> None:
    (risky,) = doubts(RISKY)
    length = math.sqrt(2**2 + 1**2 + 3**2)
    logit = (2 * 3 + 1 * 0 + 3 * 4) / length - 1
    assert risky.chance == pytest.approx(1 / (1 + math.exp(-logit)))
    assert risky.weight == 1  # of three features that are known, one is a pair


def test_what_the_model_never_heard_of_has_no_weight() -> None:
    (unheard,) = doubts(NEUTRAL[0])
    assert unheard.weight == 0
    assert unheard.chance == pytest.approx(1 / (1 + math.exp(1)))  # the intercept alone


@given(st.lists(st.sampled_from([RISKY, SOUND]), min_size=1, max_size=4), st.data())
def test_unheard_of_sentences_change_nothing(said: list[str], data: st.DataObject) -> None:
    padded = list(said)
    for one in data.draw(st.lists(st.sampled_from(NEUTRAL), max_size=6)):
        padded.insert(data.draw(st.integers(0, len(padded))), one)
    before, after = doubts(" ".join(said)), doubts(" ".join(padded))
    assert mean_doubt(after, 0.3) == pytest.approx(mean_doubt(before, 0.3))
    assert highest_doubts(after) == highest_doubts(before)


def test_padding_does_not_water_down_the_doubt_of_the_shipped_model() -> None:
    """Prose about something else has next to no weight for it."""
    said = (
        "We split the rows at random, because that uses all data. "
        "Missing labels are filled with zero, so every row can be used. "
        "Accuracy is the metric, since everybody understands it."
    )
    model = shipped_doubt_model()
    before = mean_doubt(doubts(said, model), 0.3)
    after = mean_doubt(doubts(f"{said} {' '.join(NEUTRAL)}", model), 0.3)
    assert after == pytest.approx(before, abs=0.02)
    plain = [one.chance for one in doubts(f"{said} {' '.join(NEUTRAL)}", model)]
    assert abs(sum(plain) / len(plain) - before) > 0.2  # a plain mean would be watered down


weights = st.integers(0, 25).map(math.sqrt)
chances = st.builds(Doubt, st.floats(0, 1), weights)


@given(st.lists(chances, max_size=12))
def test_the_mean_lies_between_the_lowest_and_the_highest(found: list[Doubt]) -> None:
    weighty = [one.chance for one in found if one.weight]
    mean = mean_doubt(found, 0.3)
    if sum(one.weight for one in found) == 0:
        assert mean == 0.3
    else:
        assert min(weighty) - 1e-9 <= mean <= max(weighty) + 1e-9


@given(st.lists(chances, max_size=12))
def test_the_highest_doubts_are_three_at_most_of_sentences_with_weight(found: list[Doubt]) -> None:
    best = highest_doubts(found)
    weighty = sorted(one.chance for one in found if one.weight)
    assert list(best) == weighty[::-1][:3]


def test_features_are_words_and_pairs_within_reach_each_once_and_in_order() -> None:
    words = "alpha beta gamma delta omega"
    found = list(features_of(sentences(f"{words} {words}.")))
    assert found == sorted(set(found))
    stems = [token.stem for one in sentences(words) for token in one.tokens]
    assert set(stems) <= set(found)
    assert f"{stems[0]} {stems[REACH]}" in found
    assert f"{stems[0]} {stems[REACH + 1]}" not in found


def test_words_that_turn_a_statement_round_count_and_other_function_words_do_not() -> None:
    found = set(features_of(sentences("The rows are not split at random.")))
    assert "not split" in found
    assert not {"the", "are", "at"} & found


def test_pairs_end_with_the_sentence() -> None:
    apart = set(features_of(sentences("We split. Random seeds.")))
    assert not {"split random"} & apart
    assert "split random" in set(features_of(sentences("We split random seeds.")))


@settings(max_examples=40, deadline=None)
@given(texts)
def test_the_same_text_has_the_same_doubt(text: str) -> None:
    again = DoubtModel.model_validate_json(MODEL.model_dump_json())
    assert doubts(text, again) == doubts(text)
    assert again.hash() == MODEL.hash()


def test_another_coefficient_is_another_model() -> None:
    other = MODEL.model_copy(update={"features": MODEL.features | {"time": (2.0, -3.1)}})
    assert other.hash() != MODEL.hash()
