"""A known mistake is believed only where its sentence reads like one."""

from rubrics.graders.offline.doubt import Doubt
from rubrics.graders.offline.mistake_index import FoundMistake
from rubrics.graders.offline.mistaken import BELIEVED_FROM, believed
from rubrics.graders.offline.prepared_mistakes import prepare
from rubrics.library import shipped_mistakes

FIRST, SECOND = prepare(shipped_mistakes()[:2]).mistakes
FOUND = (FoundMistake(FIRST, 0), FoundMistake(SECOND, 2))


def test_each_mistake_is_judged_by_its_own_sentence() -> None:
    low, high = Doubt(BELIEVED_FROM / 2, 1.0), Doubt(0.9, 1.0)
    assert believed(FOUND, (low, high, high)) == FOUND[1:]
    assert believed(FOUND, (high, low, low)) == FOUND[:1]
    assert believed(FOUND, (high, low, high)) == FOUND
    assert believed(FOUND, (low, high, low)) == ()


def test_the_threshold_is_enough() -> None:
    below = Doubt(BELIEVED_FROM - 1e-9, 1.0)
    assert believed(FOUND, (Doubt(BELIEVED_FROM, 1.0), below, below)) == FOUND[:1]


def test_nothing_found_is_nothing_believed() -> None:
    assert believed((), ()) == ()
