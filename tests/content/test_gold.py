"""Gold answers: well-formed, labelled twice, and the halves have no author in common."""

import pytest

from rubrics.gold_answers import ATTACKS, Half, gold_answers
from rubrics.graders.offline.clues import NAMES
from rubrics.graders.offline.graded_sentences import shipped_sentences
from rubrics.graders.offline.level_model import shipped_models
from rubrics.library import shipped_rubric
from rubrics.training.graded import graded_sentences

every_half = pytest.mark.parametrize("half", Half)


@every_half
def test_every_answer_is_labelled_by_two_graders(half: Half) -> None:
    assert {len(one.labels) for one in gold_answers(half)} == {2}


@every_half
def test_labels_are_about_the_criteria_of_the_stage(half: Half) -> None:
    for one in gold_answers(half):
        known = {c.id for c in shipped_rubric(one.answer.prompt).stage(one.answer.stage)}
        for label in one.labels:
            assert set(label.levels) == known, one.answer.id


@every_half
def test_spans_lie_in_the_answer(half: Half) -> None:
    for one in gold_answers(half):
        for label in one.labels:
            spans = [span for level in label.levels.values() for span in level.spans]
            for span in (*spans, *label.mistakes):
                assert one.answer.text[span.start : span.end].strip()


@every_half
def test_credit_cites_a_sentence(half: Half) -> None:
    for one in gold_answers(half):
        for label in one.labels:
            for level in label.levels.values():
                assert bool(level.spans) == (level.level != "missing")


def test_no_author_writes_for_both_halves() -> None:
    authors = [{one.author for one in gold_answers(half)} for half in Half]
    assert not authors[0] & authors[1]


def test_graders_gave_attacks_almost_nothing() -> None:
    for half in Half:
        scores = [one.score for one in gold_answers(half) if one.answer.style in ATTACKS]
        assert sum(scores) / len(scores) < 0.3


def test_the_shipped_examples_are_the_tuning_half() -> None:
    """What is held out is never an example."""
    assert shipped_sentences() == graded_sentences(gold_answers(Half.TUNING))


def test_the_shipped_models_know_todays_clues() -> None:
    models = shipped_models()
    assert models.seen.clues == models.unseen.clues == NAMES
