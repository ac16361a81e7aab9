"""The interviewer understands other words, and keeps quiet about what nobody asked."""

import pytest
from asked_questions import FOUND, kept_back, not_known, tuned
from hypothesis import given, settings
from hypothesis import strategies as st

from designs.library import prompt_slugs, shipped_pack
from designs.prompt import Reveal
from workbench.interviewer import MAX_CHARS, find_reveal
from workbench.question_words import FILLER, IDEAS, MEASURES


def facts(prompt: str) -> tuple[Reveal, ...]:
    return shipped_pack(prompt).prompt.reveals


def told(prompt: str, question: str) -> str | None:
    found = find_reveal(question, facts(prompt))
    return found.id if found else None


def share_found(rows: list[tuple[str, str, str]]) -> float:
    return sum(told(prompt, question) == fact for prompt, question, fact in rows) / len(rows)


def test_every_fact_is_asked_for_in_other_words() -> None:
    assert set(FOUND) == set(prompt_slugs())
    for prompt, questions in FOUND.items():
        assert set(questions) == {fact.id for fact in facts(prompt)}
        assert min(len(set(one)) for one in questions.values()) >= 3


@pytest.mark.parametrize("prompt", FOUND)
def test_the_wording_of_a_fact_finds_it(prompt: str) -> None:
    for fact in facts(prompt):
        assert told(prompt, fact.question) == fact.id
        assert told(prompt, fact.topic.upper()) == fact.id


def test_paraphrases_find_their_fact() -> None:
    assert share_found(tuned()) >= 0.9  # 134 of 142 when this was written


def test_paraphrases_that_nobody_tuned_on_find_their_fact() -> None:
    """The word groups were made with the first two prompts, and know the others less well."""
    first = [row for row in kept_back() if row[0] in ("fraud-detection", "video-recommendation")]
    assert share_found(first) >= 0.8  # 28 of 32 when this was written
    assert share_found(kept_back()) >= 0.7  # 52 of 70


def test_a_wrong_fact_is_told_seldom() -> None:
    rows = [*tuned(), *kept_back()]
    wrong = [row for row in rows if told(row[0], row[1]) not in (row[2], None)]
    assert len(wrong) <= 0.1 * len(rows)


@pytest.mark.parametrize(
    ("prompt", "question"), [(prompt, one) for prompt in FOUND for one in not_known(prompt)]
)
def test_what_nobody_knows_finds_nothing(prompt: str, question: str) -> None:
    assert told(prompt, question) is None


@pytest.mark.parametrize(
    "question",
    [
        "",
        " \n\t ",
        "?!.,;",
        "\x00",
        "\ud83d",
        "😀🎉",
        "\u202eמה קורה כאן\u202c",
        "сколько стоит ошибка",
        "_" * 1000,
        "the of and to",
        "<img src=x onerror=1>",
        "'; DROP TABLE reveal; --",
        "(" * 400,
        "a" * 5_000_000,
    ],
)
def test_hostile_input_finds_nothing(question: str) -> None:
    for prompt in FOUND:
        assert told(prompt, question) is None


def test_only_the_beginning_is_read() -> None:
    question = "Is there a manual review team? " + "x" * (MAX_CHARS - 31)
    assert told("fraud-detection", question + " What is the current baseline?") == told(
        "fraud-detection", question
    )


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(exclude_categories=[]), max_size=700))
def test_any_text_gives_a_fact_or_nothing(question: str) -> None:
    found = find_reveal(question, facts("fraud-detection"))
    assert found is None or found in facts("fraud-detection")
    assert found == find_reveal(question, facts("fraud-detection"))


def test_without_facts_there_is_nothing_to_find() -> None:
    assert find_reveal("How late are the labels?", ()) is None


def test_word_groups_are_sound() -> None:
    for idea, phrases in IDEAS.items():
        spelled = [phrase.strip() for phrase in phrases.split(",")]
        assert all(1 <= len(phrase.split()) <= 3 for phrase in spelled), idea
        assert len(set(spelled)) == len(spelled), idea
        assert not FILLER & set(spelled), idea  # a word cannot mean something and nothing
    assert set(IDEAS) >= MEASURES
