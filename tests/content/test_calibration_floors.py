"""Floors under the published figures: a change that makes the grader worse is noticed."""

import pytest

from workbench.calibration import Calibration, calibrate
from workbench.calibration.page import figures_markdown
from workbench.content import shipped_content


@pytest.fixture(scope="module")
def found() -> Calibration:
    return calibrate(shipped_content())


def test_agreement_does_not_fall(found: Calibration) -> None:
    assert found.stage.kappa >= 0.78
    assert found.criterion.kappa >= 0.77
    assert found.without_mistakes.kappa >= 0.81


def test_the_grader_beats_what_counts_words_and_numbers(found: Calibration) -> None:
    assert all(found.stage.kappa > one.kappa + 0.2 for one in found.baselines.values())


def test_being_sure_means_something(found: Calibration) -> None:
    assert found.criterion_when_sure.kappa > found.criterion.kappa


def test_attacks_earn_next_to_nothing(found: Calibration) -> None:
    assert found.full_credit_on_attacks <= 0.02
    assert found.any_credit_on_attacks <= 0.08


def test_cited_sentences_are_mostly_those_that_graders_cite(found: Calibration) -> None:
    assert found.evidence_precision >= 0.74


def test_few_are_accused_wrongly(found: Calibration) -> None:
    assert found.false_alarms <= 0.06


def test_the_page_names_every_goal_that_has_a_figure(found: Calibration) -> None:
    page = figures_markdown(found)
    assert page.count("goal:") == 4
    assert "nan" not in page
