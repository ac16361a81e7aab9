"""Mistakes are found where they are asserted, and nowhere else."""

import pytest

from designs.stage import StageId
from rubrics.graders.offline.mistake_index import MistakeIndex
from rubrics.graders.offline.prepared_mistakes import prepare
from rubrics.graders.offline.reading import read_plainly
from rubrics.graders.offline.settings import OfflineSettings
from rubrics.mistake import Mistake

SETTINGS = OfflineSettings()
SHUFFLED = Mistake(
    id="shuffled-split",
    stage=StageId.MODEL,
    title="Splits time-ordered rows at random",
    why="Rows of the same week stand on both sides of the split, so the test knows its answers.",
    instead="Test on later weeks than those of training.",
    says=(("split", "held out"), ("random*", "shuffl*")),
    unless=("users",),
    phrasings=tuple(f"We split the rows randomly, variant {n}." for n in range(6)),
    lookalikes=tuple(f"Variant {n} is split by week." for n in range(3)),
)
INDEX = MistakeIndex.of(prepare([SHUFFLED]).mistakes)


def found(text: str) -> list[int]:
    reading = read_plainly(text, SETTINGS)
    return [one.sentence for one in INDEX.find(reading)]


@pytest.mark.parametrize(
    "text",
    [
        "We split all rows randomly into two parts.",
        "First we clean the table. Then we split it randomly for the test.",
        "The test rows are shuffled and then held out.",
    ],
)
def test_a_stated_mistake_is_found(text: str) -> None:
    assert len(found(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "We never split the rows randomly, because fraud moves.",
        "A random split would leak the future into training.",
        "We could also consider to split the rows randomly.",
        "Should we split the rows randomly?",
        "We split users randomly into two arms of the experiment.",
        "We split by week. Seeds are random.",
        "",
    ],
)
def test_what_is_denied_reported_hedged_asked_or_excused_is_not(text: str) -> None:
    assert found(text) == []


def test_a_sentence_is_held_against_an_answer_once() -> None:
    twice = MistakeIndex.of(
        prepare([SHUFFLED, SHUFFLED.model_copy(update={"id": "the-same-again"})]).mistakes
    )
    reading = read_plainly("We split all rows randomly into two parts.", SETTINGS)
    assert len(twice.find(reading)) == 1
