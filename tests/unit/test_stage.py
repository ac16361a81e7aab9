"""The seven stages and their minutes."""

import pytest

from designs.stage import BUDGET_CHOICES, STAGES, StageId, stage_budget_minutes


def test_the_ids_are_those_that_documents_use() -> None:
    assert [str(stage) for stage in STAGES] == [
        "framing",
        "data",
        "features",
        "model",
        "serving",
        "metrics",
        "monitoring",
    ]


def test_every_stage_has_a_title_of_its_own() -> None:
    titles = [stage.title for stage in STAGES]
    assert len(set(titles)) == 7
    assert all(title[0].isupper() for title in titles)


@pytest.mark.parametrize("minutes", BUDGET_CHOICES)
def test_the_minutes_of_the_stages_add_up(minutes: int) -> None:
    plan = [stage_budget_minutes(minutes, stage) for stage in STAGES]
    assert sum(plan) == minutes
    assert min(plan) >= 3


def test_a_longer_session_gives_every_stage_more() -> None:
    for stage in STAGES:
        assert stage_budget_minutes(60, stage) > stage_budget_minutes(45, stage)


@pytest.mark.parametrize("minutes", [0, 30, 46, 90])
def test_there_is_no_other_plan(minutes: int) -> None:
    with pytest.raises(KeyError):
        stage_budget_minutes(minutes, StageId.DATA)
