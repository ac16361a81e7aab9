"""The pure parts of the public benchmarks, on a few made-up rows."""

import csv
import gzip
from pathlib import Path

import numpy as np
import pytest

from benchmarks.public_grading.coverage import Coverage, Rarity, coverage, word_marks
from benchmarks.public_grading.criteria import criterion_of, graded_sentences
from benchmarks.public_grading.evidence import alone, beside, clues_of
from benchmarks.public_grading.fitting import Design, numbered, threshold_for
from benchmarks.public_grading.measures import interval, kappa, macro_f1
from benchmarks.public_grading.rows import (
    ONLY,
    DataMissingError,
    Judged,
    answers_to_questions,
    read_rows,
    stated_units,
)
from benchmarks.public_grading.runs import Figure, Result, between_raters, chosen
from rubrics.graders.offline.clues import NAMES

QUESTION = "How did you separate the salt from the water?"
ROWS = [
    {
        "split": split,
        "question_id": "EM_45b",
        "question": QUESTION,
        "references": '["The water was evaporated, leaving the salt.", "It evaporated."]',
        "answer": answer,
        "label2": label,
    }
    for split, answer, label in [
        ("train", "Let the water evaporate and the salt is left behind.", "correct"),
        ("train", "The heat evaporated it slowly.", "correct"),
        ("train", "By pouring it through a filter.", "incorrect"),
        ("unseen-answers", "We evaporated the water.", "correct"),
    ]
]
UNITS = [
    {"doc": doc, "criterion": criterion, "answer": answer, "label": label, "votes": votes}
    for doc, criterion, answer, label, votes in [
        ("d1", "The river rose.", "the river rose overnight .", "1", "ppp"),
        ("d1", "Houses were flooded.", "the river rose overnight .", "0", "nnp"),
        ("d2", "The river rose.", "nothing happened .", "0", "nnn"),
    ]
]


def truths(marks: str) -> np.ndarray:
    return np.array([mark == "1" for mark in marks])


def test_rows_are_read_and_a_missing_file_is_named_with_its_source(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "beetle.csv.gz", "wt", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(ROWS[0]))
        writer.writeheader()
        writer.writerows(ROWS)
    assert read_rows(tmp_path, ["beetle.csv.gz"]) == [ROWS]
    with pytest.raises(
        DataMissingError, match=r"lacks realsumm\.csv\.gz \(.*neulab/REALSumm"
    ) as told:
        read_rows(tmp_path, ["beetle.csv.gz", "realsumm.csv.gz"])
    assert "\n" not in str(told.value)
    assert "beetle" not in str(told.value)


def test_answers_to_one_question_share_it() -> None:
    judged = list(answers_to_questions(ROWS))
    assert [one.is_met for one in judged] == [True, True, False, True]
    assert {id(one.asked) for one in judged} == {id(judged[0].asked)}
    assert len(judged[0].asked.references[ONLY]) == 2


def test_statements_of_a_document_are_its_criteria() -> None:
    first, second, third = stated_units(UNITS)
    assert first.asked is second.asked
    assert first.asked is not third.asked
    assert list(first.asked.references.values()) == [
        ("The river rose.",),
        ("Houses were flooded.",),
    ]
    assert (first.criterion_id, second.criterion_id, third.criterion_id) == (
        "unit-1",
        "unit-2",
        "unit-1",
    )
    assert [one.is_met for one in (first, second, third)] == [True, False, False]


def test_concepts_are_the_words_that_the_question_has_not_said() -> None:
    asked = next(answers_to_questions(ROWS)).asked
    criterion = criterion_of(asked, ONLY)
    words = {one.id: one.any_of for one in criterion.indicators if one.kind == "concept"}
    assert sorted(words.values()) == [("evaporated",), ("leaving",)]
    needs = criterion.levels[2].needs
    assert [words[one] for one in needs.all_of] == [("evaporated",)]
    assert [words[one] for one in needs.of] == [("leaving",)]
    assert criterion.levels[2].examples == asked.references[ONLY]


def test_right_answers_are_credited_examples_and_wrong_ones_are_not() -> None:
    groups = graded_sentences(answers_to_questions(ROWS)).groups
    assert [bool(group.sentences[0].credits) for group in groups] == [True, True, False, True]
    assert all(group.judged == (ONLY,) for group in groups)


def test_the_engine_tells_a_right_answer_from_a_wrong_one() -> None:
    judged = list(answers_to_questions(ROWS))
    right, wrong = clues_of(judged[0].asked, [judged[3], judged[2]], judged[:3])
    for name in ("like_credited", "lead", "found", "needed"):
        assert right[NAMES.index(name)] > wrong[NAMES.index(name)], name


def test_no_answer_is_its_own_neighbour() -> None:
    rows = [ROWS[0], {**ROWS[2], "split": "unseen-answers"}]
    judged = list(answers_to_questions(rows))
    rarity = Rarity(one.text for one in judged)
    assert beside(judged, rarity).clues[0].tolist() == alone(judged, rarity).clues[0].tolist()
    seen = beside([judged[0], Judged(judged[0].asked, ONLY, "test", judged[0].text, True)], rarity)
    assert seen.clues[1][NAMES.index("like_credited")] == pytest.approx(1)


def test_coverage_counts_the_reference_less_the_question() -> None:
    rarity = Rarity(["salt water", "water evaporates"])
    names = list(Coverage.__dataclass_fields__)
    said = coverage("It evaporated.", ["The water evaporated."], QUESTION, rarity)
    echoed = coverage("The salt and the water.", ["The water evaporated."], QUESTION, rarity)
    assert len(said) == len(names)
    assert said[names.index("covered")] == 1
    assert echoed[names.index("covered")] == 0
    assert echoed[names.index("echoed")] == 1
    denied = coverage("It did not evaporate.", ["The water evaporated."], QUESTION, rarity)
    assert denied[names.index("denial_differs")] == 1
    assert coverage("", ["The water evaporated."], QUESTION, rarity)[0] == 0


def test_words_are_marked_as_said_missing_or_strange() -> None:
    marks = word_marks("Filter the salt.", ["The salt is left.", "Salt is left over."], QUESTION)
    assert marks == {"said salt", "missing leav", "strange filter"}


def test_macro_f1_is_the_mean_over_both_classes() -> None:
    assert macro_f1(truths("1100"), truths("1100")) == 1
    assert macro_f1(truths("1100"), truths("1111")) == pytest.approx((2 / 3 + 0) / 2)
    assert macro_f1(truths("1000"), truths("1100")) == pytest.approx((2 / 3 + 4 / 5) / 2)


def test_kappa_takes_chance_away() -> None:
    assert kappa(truths("1010"), truths("1010")) == 1
    assert kappa(truths("1100"), truths("1010")) == 0
    assert kappa(truths("1111"), truths("1111")) == 0
    assert between_raters(["ppp", "nnn"]) == 1
    assert between_raters(["pn", "pn"]) == -1


def test_the_interval_draws_whole_questions() -> None:
    truth, given = truths("1100" * 2), truths("1100" + "0011")
    groups = np.array(["a"] * 4 + ["b"] * 4)
    assert interval(macro_f1, truth, given, groups) == (0.0, 1.0)
    assert interval(macro_f1, truth, truth, groups) == (1.0, 1.0)


def test_what_is_chosen_depends_on_training_only() -> None:
    figures = {"test": Figure(0.9, 0.9, 0.8, 1.0)}
    worse = {"test": Figure(0.1, 0.1, 0.0, 0.2)}
    results = [
        Result(Design.SHIPPED, None, figures),
        Result(Design.CLUES, 0.6, figures),
        Result(Design.COVERAGE, 0.7, worse),
    ]
    assert chosen(results).design is Design.COVERAGE


def test_thresholds_and_folds() -> None:
    chances = np.array([0.1, 0.3, 0.7, 0.9])
    assert threshold_for(chances, truths("0011"), macro_f1) == 0.5
    assert threshold_for(chances, truths("0111"), macro_f1) == 0.3
    folds = numbered(np.array(["a", "b", "a", "c"]), 2)
    assert folds[0] == folds[2]
    assert set(folds.tolist()) == {0, 1}
