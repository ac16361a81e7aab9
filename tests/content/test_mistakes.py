"""The bank of known mistakes: each phrasing is found, no correct look-alike is."""

import pytest

from designs.library import prompt_slugs
from designs.stage import STAGES, StageId
from rubrics.graders.offline.mistake_index import known_mistakes
from rubrics.graders.offline.reading import read_plainly
from rubrics.graders.offline.settings import OfflineSettings
from rubrics.library import shipped_mistakes, shipped_rubric

SETTINGS = OfflineSettings()
every_stage = pytest.mark.parametrize("stage", STAGES)


def found_in(text: str, stage: StageId) -> set[str]:
    reading = read_plainly(text, SETTINGS)
    return {one.mistake.id for one in known_mistakes()[stage].find(reading)}


def test_the_bank_is_large_and_covers_every_stage() -> None:
    bank = shipped_mistakes()
    assert len(bank) >= 200
    assert {one.stage for one in bank} == set(STAGES)


def test_no_id_is_used_twice() -> None:
    ids = [one.id for one in shipped_mistakes()]
    assert sorted(ids) == sorted(set(ids))


@every_stage
def test_every_phrasing_is_found(stage: StageId) -> None:
    missed = [
        (one.id, text)
        for one in shipped_mistakes()
        if one.stage == stage
        for text in one.phrasings
        if not found_in(text, stage)
    ]
    assert missed == []


@every_stage
def test_no_lookalike_is_taken_for_a_mistake(stage: StageId) -> None:
    false = [
        (alarm, text)
        for one in shipped_mistakes()
        if stage in one.stages
        for text in one.lookalikes
        for alarm in found_in(text, stage)
    ]
    assert false == []


@every_stage
def test_no_rubric_example_is_taken_for_a_serious_mistake(stage: StageId) -> None:
    serious = {one.id for one in shipped_mistakes() if one.severity == "serious"}
    examples = [
        text
        for slug in prompt_slugs()
        for criterion in shipped_rubric(slug).stage(stage)
        for level in criterion.levels
        for text in level.examples
    ]
    false = [(text, alarms) for text in examples if (alarms := found_in(text, stage) & serious)]
    assert len(false) <= 0.01 * len(examples), false
