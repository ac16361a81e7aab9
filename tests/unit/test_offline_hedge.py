"""Hedges cap what they cover and leave estimates and facts alone."""

import pytest

from rubrics.graders.offline.guards.hedge import hedged_tokens
from rubrics.graders.offline.segments import sentences

HEDGED = [
    ("Maybe we add a canary.", "canary"),
    ("We could also consider a shadow run.", "shadow"),
    ("Perhaps a holdout would help.", "holdout"),
    ("I might look into calibration later.", "calibration"),
    ("One could think about drift monitors.", "drift"),
    ("If time permits, I'd add a fallback.", "fallback"),
    ("We may want some kind of registry.", "registry"),
    ("Possibly exploration is an option.", "exploration"),
    ("It would be nice to have backfills.", "backfills"),
    ("Ideally there'd be a holdout, I guess.", "holdout"),
    ("We can think about weighting the loss.", "weighting"),
    ("Potentially use a cache.", "cache"),
    ("I'm not sure, but isotonic regression or something like that.", "isotonic"),
    ("You could try sampling negatives.", "sampling"),
    ("A baseline might be useful at some point.", "baseline"),
    ("Eventually we might retrain weekly.", "retrain"),
    ("Another possibility would be a queue.", "queue"),
    ("Something like a canary could be considered.", "canary"),
    ("We would probably consider a time split.", "split"),
    ("Optionally, log the propensity.", "propensity"),
]

PLAIN = [
    ("The feature read takes maybe 20 ms, so we batch it.", "batch"),
    ("Labels may arrive up to 90 days late, therefore cohorts mature first.", "cohorts"),
    ("A shuffled split could leak the future, so we cut by time.", "cut"),
    ("Users might be double counted; the split is by user.", "split"),
    ("We retrain weekly because fraud may shift within days.", "retrain"),
    ("Perhaps 5 % of traffic goes to the canary.", "canary"),
    ("The store could be down, in which case defaults are used.", "defaults"),
    ("We log the propensity so that other policies could be evaluated.", "propensity"),
    ("A canary gets one percent of the traffic.", "canary"),
    ("If the ranker is late, the cached page is shown.", "cached"),
    ("I considered a deep network and chose trees.", "trees"),
    ("A reviewer may overrule the score, which gives us labels.", "labels"),
    ("It is possible to replay a day of traffic, and we do so before each launch.", "replay"),
    ("We want probabilities, hence isotonic regression.", "isotonic"),
    ("Retries could double the load; we cap them at one.", "cap"),
    ("Keep a holdout of one percent.", "holdout"),
    ("Drift might hide in a segment, so PSI is computed by country.", "psi"),
    ("Some shops may have no history and get the category mean.", "mean"),
    ("The model can be rolled back within a minute.", "rolled"),
    ("Whatever could be stale is stamped with its age.", "stamped"),
]


def _flag_of(text: str, word: str) -> bool:
    flags = []
    for sentence in sentences(text):
        hedged = hedged_tokens(sentence)
        flags += [
            index in hedged for index, token in enumerate(sentence.tokens) if token.word == word
        ]
    assert len(flags) == 1, f"{word!r} should occur once in {text!r}"
    return flags[0]


@pytest.mark.parametrize(("text", "word"), HEDGED)
def test_hedged_words_are_covered(text: str, word: str) -> None:
    assert _flag_of(text, word)


@pytest.mark.parametrize(("text", "word"), PLAIN)
def test_facts_and_estimates_are_not_hedges(text: str, word: str) -> None:
    assert not _flag_of(text, word)
