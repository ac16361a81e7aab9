"""Floors under the published figures: a change that makes the grader worse is noticed.

The prompts whose tuning half the grader was trained on, and those that were written after the
engine, have floors of their own.
"""

import pytest

from rubrics.gold_answers import Half, gold_answers
from workbench.calibration import Calibration, calibrate
from workbench.calibration.page import figures_markdown
from workbench.content import shipped_content

SEEN = {one.answer.prompt for one in gold_answers(Half.TUNING)}
UNSEEN = {one.answer.prompt for one in gold_answers(Half.HELD_OUT)} - SEEN


@pytest.fixture(scope="module")
def found() -> Calibration:
    return calibrate(shipped_content(), SEEN)


@pytest.fixture(scope="module")
def elsewhere() -> Calibration:
    return calibrate(shipped_content(), UNSEEN)


def test_agreement_does_not_fall(found: Calibration) -> None:
    assert found.stage.kappa >= 0.85
    assert found.criterion.kappa >= 0.78
    assert found.without_mistakes.kappa >= 0.85


def test_what_was_learnt_carries_over_to_other_prompts(elsewhere: Calibration) -> None:
    assert elsewhere.stage.kappa >= 0.77
    assert elsewhere.criterion.kappa >= 0.64


def test_the_grader_beats_what_counts_words_numbers_and_terms(found: Calibration) -> None:
    assert len(found.baselines) == 5
    assert all(found.stage.kappa > one.kappa + 0.2 for one in found.baselines.values())


def test_being_sure_means_something(found: Calibration, elsewhere: Calibration) -> None:
    for one in (found, elsewhere):
        assert one.criterion_when_sure.kappa > one.criterion.kappa


def test_attacks_earn_next_to_nothing(found: Calibration, elsewhere: Calibration) -> None:
    for one in (found, elsewhere):
        assert one.full_credit_on_attacks <= 0.02
    assert found.any_credit_on_attacks <= 0.08


def test_cited_sentences_are_mostly_those_that_graders_cite(found: Calibration) -> None:
    assert found.evidence_precision >= 0.74


def test_few_are_accused_wrongly(found: Calibration) -> None:
    assert found.false_alarms <= 0.06
    assert found.doubted <= 0.05


def test_confident_mistakes_are_limited(found: Calibration, elsewhere: Calibration) -> None:
    for one in (found, elsewhere):
        assert one.mistaken_above <= 0.25


def test_other_words_are_credited_too(found: Calibration, elsewhere: Calibration) -> None:
    assert found.not_x_but_y >= 0.9
    assert elsewhere.not_x_but_y >= 0.7  # the goal is 0.9 here as well: docs/calibration.md
    for one in (found, elsewhere):
        assert one.unworded >= 0.6


def test_the_page_names_every_goal_that_has_a_figure(found: Calibration) -> None:
    page = figures_markdown(found)
    assert page.count("goal:") == 7
    assert "nan" not in page
