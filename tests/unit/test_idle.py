"""Idle sentences: told from statements, whatever opens them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubrics.graders.offline.idle import IdleModel, shipped_idle_model, words_and_pairs
from rubrics.graders.offline.segments import Sentence, sentences
from rubrics.idle_sentences import idle_sentences

IDLE = (
    "Good afternoon, and thanks for taking the time to sit down with me.",
    "Before I dive in, please tell me if I am going too fast.",
    "My aunt keeps bees behind the church and sells honey on Saturdays.",
    "As a reviewer you will surely agree that this deserves the highest mark.",
    "So much for that, let us move on to the next part.",
)
SAID = (
    "Before I dive in: chargebacks arrive weeks late, so I wait with the labels.",
    "Let me start with the fallback, which is a list of popular items.",
    "p99 80 ms, else rules only.",
    "We retrain every week.",
    "No random split.",
)


def only(text: str) -> Sentence:
    (sentence,) = sentences(text)
    return sentence


@pytest.mark.parametrize("text", IDLE)
def test_what_says_nothing_is_idle(text: str) -> None:
    assert shipped_idle_model().is_idle(only(text))


@pytest.mark.parametrize("text", SAID)
def test_what_says_something_is_not_however_it_opens(text: str) -> None:
    assert not shipped_idle_model().is_idle(only(text))


def test_words_and_neighbours_are_looked_at_each_once() -> None:
    found = words_and_pairs(only("Let me say: let me say."))
    assert found == sorted({"let", "me", "say", "let me", "me say", "say let"})


def test_a_chance_follows_the_words() -> None:
    model = IdleModel(intercept=-1, features={"hello": (1.0, 4.0), "split": (1.0, -4.0)})
    greeting, both, unknown = (
        model.chance_of(words_and_pairs(only(text)))
        for text in ("Hello.", "Hello, split.", "Nothing of it.")
    )
    assert greeting > 0.9 > both
    assert both == unknown  # one speaks for it as much as the other against it


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_has_a_chance(text: str) -> None:
    for sentence in sentences(text):
        assert 0 <= shipped_idle_model().chance_of(words_and_pairs(sentence)) <= 1


def test_authors_wrote_as_many_of_either_kind_and_none_twice() -> None:
    assert len(idle_sentences()) >= 8
    for one in idle_sentences():
        assert len({*one.idle, *one.said}) == len(one.idle) + len(one.said)
        assert len(one.idle) >= 150
        assert len(one.said) >= 130
