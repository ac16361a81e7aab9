"""Training doubt: which statements count as wrong or right, and whose are left out."""

import pytest
from made_answers import a_label, a_labelled, a_mistaken

from designs.stage import StageId
from rubrics.gold_answers import ATTACKS, LabelledAnswer, Style
from rubrics.graders.offline.doubt import features_of
from rubrics.graders.offline.segments import sentences
from rubrics.mistake import Mistake
from rubrics.training.doubts import BANK, doubt_models, fit_doubt, statements
from rubrics.training.words import Statement, Statements

RIGHT, WRONG = "Labels mature for ninety days.", "Rows are shuffled before the split."
TEXT = f"{RIGHT} {WRONG}"
MISTAKE = Mistake(
    id="shuffled-split",
    stage=StageId.MODEL,
    title="Splits time-ordered rows at random",
    why="Rows of the same week stand on both sides of the split, so the test knows its answers.",
    instead="Test on later weeks than those of training.",
    says=(("split",), ("random*",)),
    phrasings=tuple(f"We split the rows randomly, variant {n}." for n in range(6)),
    lookalikes=tuple(f"Variant {n} is split by week." for n in range(3)),
)


def features(text: str) -> tuple[str, ...]:
    return tuple(features_of(sentences(text)))


def verdicts(*gold: LabelledAnswer) -> dict[tuple[str, ...], bool]:
    return {one.features: one.holds for one in statements(gold, [], [])}


# --- what is known about a statement ----------------------------------------------------


def test_what_both_graders_call_wrong_is_wrong_and_what_none_does_is_right() -> None:
    found = verdicts(a_labelled(TEXT, a_label(TEXT, WRONG), a_label(TEXT, WRONG)))
    assert found == {features(RIGHT): False, features(WRONG): True}


def test_what_only_one_grader_calls_wrong_is_left_out() -> None:
    found = verdicts(a_labelled(TEXT, a_label(TEXT, WRONG), a_label(TEXT)))
    assert found == {features(RIGHT): False}


def test_a_sentence_is_accused_by_a_part_of_it_and_not_by_its_neighbour() -> None:
    part = a_label(TEXT, "shuffled before")
    assert verdicts(a_labelled(TEXT, part, part)) == {features(RIGHT): False, features(WRONG): True}


@pytest.mark.parametrize("style", Style)
def test_answers_that_say_nothing_are_left_out_and_denied_advice_is_not(style: Style) -> None:
    found = verdicts(a_labelled(TEXT, style=style))
    assert bool(found) == (style not in ATTACKS or style == Style.NEGATED)


def test_a_marked_sentence_teaches_with_its_corrected_form() -> None:
    right = "Rows are split by week."
    written = a_mistaken("bea", {"text": RIGHT}, {"text": WRONG, "wrong": "why", "right": right})
    found = statements([], [written], [])
    assert [(one.features, one.holds) for one in found] == [
        (features(RIGHT), False),
        (features(WRONG), True),
        (features(right), False),
    ]
    assert {(one.author, one.prompt) for one in found} == {("bea", "fraud-detection")}


def test_the_bank_teaches_its_phrasings_as_wrong_and_its_lookalikes_as_right() -> None:
    found = list(statements([], [], [MISTAKE]))
    assert [one.holds for one in found] == [True] * 6 + [False] * 3
    assert {one.author for one in found} == {BANK}
    assert found[0].features == features(MISTAKE.phrasings[0])


# --- fitting ----------------------------------------------------------------------------


def said(author: str, prompt: str, is_wrong: bool, words: str) -> Statement:
    return Statement(author, prompt, is_wrong, tuple(sorted(words.split())))


def some_statements() -> Statements:
    """Two authors and two prompts, each with words of its own in enough statements."""
    return Statements(
        said(author, prompt, is_wrong, f"{'shuffl' if is_wrong else 'week'} {author} {prompt}")
        for author in ("ada", "ben")
        for prompt in ("fraud", "video")
        for is_wrong in (True, False)
        for _ in range(4)
    )


def test_wrong_words_are_doubted_and_right_ones_are_not() -> None:
    model = fit_doubt(some_statements())
    assert model.features["shuffl"][1] > 0.5
    assert model.features["week"][1] < -0.5
    (wrong,), (right,) = sentences("Shuffled."), sentences("Weeks.")
    assert model.doubt(wrong).chance > 0.5 > model.doubt(right).chance


def test_nobody_is_judged_by_his_own_statements() -> None:
    assert {"ada", "ben", "fraud", "video"} <= set(fit_doubt(some_statements()).features)
    without = doubt_models(some_statements()).without("ada")
    assert "ada" not in without.features
    assert "ben" in without.features
    rest = [one for one in some_statements() if one.author != "ada"]
    assert without == fit_doubt(Statements(rest))


def test_an_unseen_prompt_is_not_learnt_from() -> None:
    unseen = doubt_models(some_statements()).without("ada", "fraud")
    rest = [one for one in some_statements() if (one.author, one.prompt) == ("ben", "video")]
    assert unseen == fit_doubt(Statements(rest))
    assert not {"ada", "fraud"} & set(unseen.features)


def test_what_somebody_says_under_another_name_changes_his_model() -> None:
    """Leaving out goes by the author: the other way round nothing would be left out."""
    renamed = Statements(
        Statement("ann", one.prompt, one.holds, one.features) if one.author == "ada" else one
        for one in some_statements()
    )
    same, other = (doubt_models(one).without("ada") for one in (some_statements(), renamed))
    assert same != other


def test_what_is_said_fewer_than_three_times_is_no_feature() -> None:
    rare = [said("cy", "fraud", True, "shuffl hapax") for _ in range(2)]
    model = fit_doubt(Statements([*some_statements(), *rare]))
    assert "hapax" not in model.features
    assert "hapax" in fit_doubt(Statements([*some_statements(), *rare, *rare])).features


def test_the_same_statements_give_the_same_bytes() -> None:
    first, second = (fit_doubt(some_statements()).model_dump_json() for _ in range(2))
    assert first == second
