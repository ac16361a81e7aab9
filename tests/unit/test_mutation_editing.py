"""Edits of the mutation lab: what goes, what comes, and that nothing else changes."""

import pytest

from benchmarks.grader_mutations.editing import as_sentence, chosen, edited, merged, without
from benchmarks.grader_mutations.operators import Edit

TEXT = "One stays. Two goes. Three stays.\n\nFour goes. Five stays."


def place(part: str, text: str = TEXT) -> tuple[int, int]:
    return text.index(part), text.index(part) + len(part)


def test_the_first_range_is_replaced_and_the_others_go() -> None:
    found = without(TEXT, [place("Two goes."), place("Four goes.")], "New.")
    assert found == "One stays. New. Three stays.\n\nFive stays."


def test_nothing_put_in_leaves_no_gap() -> None:
    assert (
        without(TEXT, [place("Two goes.")], "")
        == "One stays. Three stays.\n\nFour goes. Five stays."
    )


def test_a_paragraph_that_goes_takes_its_blank_lines_along() -> None:
    text = "One.\n\nTwo.\n\nThree."
    assert without(text, [place("Two.", text)], "") == "One.\n\nThree."


@pytest.mark.parametrize("bullet", ["- ", "  * ", "2) ", "3. "])
def test_a_bullet_without_words_goes(bullet: str) -> None:
    text = f"- first\n{bullet}second\n- third"
    assert without(text, [place("second", text)], "") == "- first\n- third"


def test_a_bullet_keeps_its_mark_for_the_new_words() -> None:
    text = "- first\n- second"
    assert without(text, [place("first", text)], "new") == "- new\n- second"


def test_all_of_an_answer_may_go() -> None:
    assert without("- all", [(2, 5)], "") == ""


def test_overlapping_ranges_are_joined_and_sorted() -> None:
    assert merged([(8, 9), (2, 5), (1, 3), (2, 5)]) == ((1, 5), (8, 9))


def test_a_note_before_a_sentence_ends_with_a_full_stop() -> None:
    assert as_sentence("no test", " Next one.") == "no test."
    assert as_sentence("No test.", " Next one.") == "No test."
    assert as_sentence("no test", "  \n- next") == "no test"
    assert as_sentence("no test", "") == "no test"
    assert as_sentence("", " Next one.") == ""


def test_edits_put_the_wording_or_their_own_words() -> None:
    edits = (Edit(find="Two goes."), Edit(find=" goes. Five", put=" and five"))
    assert edited(TEXT, edits, "new") == "One stays. new. Three stays.\n\nFour and five stays."


@pytest.mark.parametrize("find", ["Six", "stays."])
def test_an_edit_must_find_its_text_exactly_once(find: str) -> None:
    with pytest.raises(ValueError, match="not once"):
        edited(TEXT, (Edit(find=find),), "new")


def test_the_same_key_always_gets_the_same_wording() -> None:
    wordings = ("a", "b", "c")
    picked = [chosen(wordings, f"answer-{number}") for number in range(60)]
    assert picked == [chosen(wordings, f"answer-{number}") for number in range(60)]
    assert set(picked) == set(wordings)
    assert chosen((), "answer") == ""
