"""Refusals: what is turned down without anything in its place, and answers of little else."""

import pytest

from rubrics.graders.offline.guards.refusal import is_refused
from rubrics.graders.offline.reading import read_plainly
from rubrics.graders.offline.settings import OfflineSettings

REFUSING = (
    "We will not keep a holdout.",
    "There is no need for a fallback, because the model is always up.",
    "No split by time is planned.",
    "A canary is unnecessary when the tests are green.",
    "Nor do we look at slices.",
    "Offline we will not correct for the place of a tile.",
    "Labels don't need any time to mature.",
    "Drift monitoring is a waste of everybody's time.",
)
DECIDING = (
    "We will not split at random but by week.",
    "We do not shuffle; we test on the last two weeks.",
    "There is no need for a GPU, so trees answer in 5 ms.",
    "Not every feature is fresh: only counters are, within a second.",
    "Without a score we fall back to rules.",
    "We log what was served and compare it each night.",
    "Nobody is paged unless the rate doubles within ten minutes.",
)
HELD = "We log every score and compare it with what came true."


def denied(*sentences: str) -> bool:
    return read_plainly(" ".join(sentences), OfflineSettings()).is_denied


@pytest.mark.parametrize("text", REFUSING)
def test_a_refusal_of_three_denies_the_answer(text: str) -> None:
    """Beside two sentences that certainly refuse, the third decides."""
    others = [one for one in REFUSING if one != text][:2]
    assert denied(text, *others, HELD, HELD)


@pytest.mark.parametrize("text", DECIDING)
def test_what_offers_something_instead_denies_nothing(text: str) -> None:
    assert not denied(text, *REFUSING[:2], HELD, HELD)


def test_a_few_refusals_among_decisions_are_decisions() -> None:
    assert not denied(*REFUSING[:3], *DECIDING[:3])


def test_one_or_two_sentences_deny_no_answer() -> None:
    assert not denied(*REFUSING[:2])
    assert is_refused([True] * 3)
    assert not is_refused([True, True, True, False, False, False])
