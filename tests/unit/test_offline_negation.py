"""Negation scope, on sentences written before the rule was."""

import pytest

from rubrics.graders.offline.guards.negation import negated_tokens
from rubrics.graders.offline.segments import sentences

DENIED = [
    ("We do not split by time.", "split"),
    ("We don't log the features that the model saw.", "log"),
    ("There is no need for a canary.", "canary"),
    ("I would never recalibrate the scores.", "recalibrate"),
    ("It goes live without any shadow run.", "shadow"),
    ("A fallback is not necessary here.", "fallback"),
    ("Calibration isn't needed.", "calibration"),
    ("Drift monitors are not used in this design.", "drift"),
    ("Neither a baseline nor an ablation is planned.", "baseline"),
    ("Neither a baseline nor an ablation is planned.", "ablation"),
    ("We skip the holdout entirely.", "holdout"),
    ("We ignore label delay.", "delay"),
    ("It is not true that the team compares both models in a shadow run.", "shadow"),
    ("We cannot see why anybody would keep a holdout.", "holdout"),
    ("Rather than sampling negatives we keep everything.", "sampling"),
    ("Instead of a canary, everybody gets the new model at once.", "canary"),
    ("We won't use shadow traffic, canaries, or staged rollouts.", "canaries"),
    ("We won't use shadow traffic, canaries, or staged rollouts.", "rollouts"),
    ("No exploration is done.", "exploration"),
    ("Nobody watches the null rate.", "null"),
    ("Retraining is unnecessary.", "retraining"),
    ("I do not think that a retraining trigger helps.", "trigger"),
    ("We refuse to pay for a holdout.", "holdout"),
    ("Backfills are left out.", "backfills"),
    ("There's no point in weighting the loss.", "weighting"),
    ("Weighting the loss is pointless.", "weighting"),
    ("Hardly anyone needs calibrated scores.", "calibrated"),
    ("The design has no queue.", "queue"),
    ("We are not going to build a registry.", "registry"),
    ("The registry isn't worth it.", "registry"),
]

STATED = [
    ("Not a random split; we cut by time.", "cut"),
    ("We do not shuffle, we cut by date.", "cut"),
    ("Nothing ships without a canary.", "canary"),
    ("No model goes live without a shadow run.", "shadow"),
    ("Instead of a random split we train on older weeks.", "older"),
    ("We prefer a temporal cut rather than a shuffled one.", "temporal"),
    ("We don't retrain daily but trigger it on drift.", "trigger"),
    ("It is not only fast but also calibrated.", "calibrated"),
    ("We never promote a model until it beats the baseline.", "baseline"),
    ("Do not forget to log the served features.", "log"),
    ("Not just accuracy: we price each mistake.", "price"),
    ("We can't wait for labels, so reviewer verdicts act as a proxy.", "proxy"),
    ("There is no label for declined payments, therefore we approve a random sample.", "sample"),
    ("Labels don't arrive for weeks, and we mature cohorts before we judge.", "cohorts"),
    ("The batch job cannot keep up; the stream counts within a second.", "stream"),
    ("Without recalibration the scores are too high because we sample negatives.", "sample"),
    ("It isn't possible to score everything, hence retrieval comes first.", "retrieval"),
    ("We do not deny that drift checks are needed.", "drift"),
    ("If the store does not answer, we use defaults.", "defaults"),
    ("When no answer comes within 20 ms the rules decide.", "rules"),
    ("The canary must not lose more than one percent.", "canary"),
    ("No more than one percent of traffic goes to the canary.", "canary"),
    ("A model that is not calibrated is corrected with isotonic regression.", "isotonic"),
    ("Not every feature is streamed: only the last hour is.", "hour"),
    ("We train with logged values, not with recomputed ones.", "logged"),
    ("Unless the holdout improves we do not promote.", "holdout"),
    ("It would be wrong not to keep a holdout.", "holdout"),
    ("Missing values are not zero; they get a flag of their own.", "flag"),
    ("We use trees, no deep network.", "trees"),
    ("We no longer trust clicks; survey answers correct the label.", "survey"),
]


def _flag_of(text: str, word: str) -> bool:
    flags = []
    for sentence in sentences(text):
        negated = negated_tokens(sentence)
        flags += [
            index in negated for index, token in enumerate(sentence.tokens) if token.word == word
        ]
    assert len(flags) == 1, f"{word!r} should occur once in {text!r}"
    return flags[0]


@pytest.mark.parametrize(("text", "word"), DENIED)
def test_denied_words_are_in_scope(text: str, word: str) -> None:
    assert _flag_of(text, word)


@pytest.mark.parametrize(("text", "word"), STATED)
def test_stated_words_are_out_of_scope(text: str, word: str) -> None:
    assert not _flag_of(text, word)
