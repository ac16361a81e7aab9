"""Bare lists earn nothing; terse notes with a number, a reason or an action do."""

import pytest

from rubrics.graders.offline.guards.lists import list_sentences
from rubrics.graders.offline.segments import sentences

LISTS = [
    "time split, leakage, holdout, backtest, gap, maturity window",
    "Feature store, point-in-time join, parity, skew, freshness, cold start.",
    "PSI, drift, alerting, runbook, rollback, retraining",
    "canary / shadow / rollback / registry / versioning",
    "precision, recall, PR-AUC, calibration, log loss and NDCG",
    "Kafka, Flink, Redis, Faiss, Kubernetes, Airflow and Spark.",
    "latency and throughput and availability and cost and freshness",
    "Logistic regression, boosted trees, two-tower, transformer, bandit.",
    "guardrails; slices; interleaving; A/B test; power",
    "- time split\n- leakage\n- label delay\n- holdout",
    "* canary\n* shadow\n* rollback\n* model registry\n* fallback",
    "1. PSI\n2. null rate\n3. freshness\n4. alerting\n5. runbook",
    "Time split. Leakage. Holdout. Label delay. Maturity window.",
    "counters | ratios | windows | entities | embeddings",
    "data: time split, leakage, holdout, sampling, bias, exploration",
    "Monitoring: drift, labels, inputs, service, action, dashboards",
    "exploration + propensity + counterfactual logging + holdout + bias",
    "popularity bias, position bias, selection bias, feedback loop, exploration",
    "Baseline, model choice, objective, calibration, retraining cadence",
    "• user features\n• item features\n• context features\n• embeddings",
]

NOTES = [
    "p99 100ms -> 15ms feat fetch, 5ms model; on timeout: rules",
    "retrain weekly, warm start, gate: beat prod on last 4 wks by 0.5%",
    "PSI hourly vs last week, page at 0.25, ticket at 0.1",
    "Split by time.",
    "log features at serving, train from the log",
    "shadow 1 week, then 1% -> 10% -> 100%, auto rollback if approvals move 0.5pt",
    "dedupe on event id, drop events older than 2 days, count both",
    "Labels mature for 60 days, so the last two months are never trained on.",
    "slot 1 gets 4x clicks -> position as train-only input",
    "store down => defaults, score flagged, reviewed later",
    "Counters by card, device and shop over one minute, one hour and one day.",
    "We join clicks, impressions and purchases on the request id.",
    "Guardrails: p99 <= 200 ms, complaint rate +2 % at most, revenue -0.5 % at most",
    "2000 rps * 15 ms = 30 in flight, 8 per box, so 4 boxes plus 4 spare",
    "On-call gets paged, opens the runbook, flips the alias back, then looks for the cause.",
    "New card: unknown flag, device and shop carry the decision.",
    "isotonic on held-out month since sampling inflates scores",
    "LogReg first; trees must beat it by 5% recall at same declines",
    "Recall, since a missed tumour costs more than a second scan.",
    "batch nightly for slow features, stream for the last hour because attacks last 20 min",
]


@pytest.mark.parametrize("text", LISTS)
def test_every_part_of_a_list_is_a_list(text: str) -> None:
    found = sentences(text)
    assert list_sentences(found) == frozenset(range(len(found)))


@pytest.mark.parametrize("text", NOTES)
def test_terse_notes_are_not_lists(text: str) -> None:
    assert list_sentences(sentences(text)) == frozenset()
