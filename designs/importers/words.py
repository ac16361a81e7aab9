"""What the words of a drawing mean: kinds of nodes and zones.

A table of words with the reason for each. The longest match wins, so that "feature store" is not
read as a store of just anything.
"""

import re
from dataclasses import dataclass

from designs.drawing import Zone
from designs.exporters.captions import ZONE_TITLES
from designs.node_kind import Palette


@dataclass(frozen=True)
class Synonyms:
    """Words that people write for a kind or a zone."""

    means: str
    words: tuple[str, ...]
    why: str


KIND_WORDS = (
    Synonyms("client-app", ("client", "browser", "mobile app", "user", "users", "frontend",
             "web app", "checkout"), "where requests begin"),
    Synonyms("operational-database", ("database", "db", "postgres", "postgresql", "mysql",
             "dynamodb", "cassandra", "mongodb", "sql"), "products and words for records of state"),
    Synonyms("event-stream", ("kafka", "kinesis", "pubsub", "pub sub", "event bus", "event log",
             "events", "stream"), "products and words for a log of events"),
    Synonyms("stream-processor", ("flink", "spark streaming", "stream processing", "streaming job",
             "windows"), "products that compute on streams"),
    Synonyms("change-capture", ("cdc", "debezium"), "the short form and its best-known product"),
    Synonyms("batch-pipeline", ("airflow", "spark", "etl", "batch job", "nightly job", "dbt"),
             "products and words for scheduled work"),
    Synonyms("batch-scorer", ("batch scoring", "batch inference", "batch predictions"),
             "scores that are made ahead of time"),
    Synonyms("data-lake", ("lake", "delta lake", "iceberg", "hdfs"), "products that keep raw data"),
    Synonyms("data-warehouse", ("warehouse", "bigquery", "snowflake", "redshift"),
             "products for analysis"),
    Synonyms("object-store", ("s3", "gcs", "blob storage", "object storage", "bucket"),
             "products that keep files"),
    Synonyms("label-store", ("labels", "ground truth"), "what outcomes are called"),
    Synonyms("online-feature-store", ("feature store", "feast", "feature cache", "features"),
             "unless it says offline, it is read while a request waits"),
    Synonyms("offline-feature-store", ("offline features", "training features"),
             "features that are read in bulk"),
    Synonyms("embedding-service", ("embedding", "embeddings", "encoder", "two tower"),
             "models that give vectors"),
    Synonyms("training-pipeline", ("training", "trainer", "retraining", "model training"),
             "where models are fitted"),
    Synonyms("evaluation-job", ("evaluation", "offline eval", "backtest", "validation"),
             "where models are judged"),
    Synonyms("model-registry", ("registry", "mlflow", "model store"), "where models are kept"),
    Synonyms("api-gateway", ("gateway", "api", "edge", "bff", "ingress"), "where requests enter"),
    Synonyms("load-balancer", ("lb", "balancer", "nginx", "envoy"), "products that spread load"),
    Synonyms("decision-service", ("orchestrator", "service", "backend", "server", "application"),
             "owns the request; the plainest word for a program that answers"),
    Synonyms("model-server", ("model", "inference", "scorer", "scoring service", "predictor",
             "prediction service", "classifier", "triton", "torchserve"), "answers with a score"),
    Synonyms("gpu-model-server", ("gpu", "llm", "vllm", "language model", "transformer"),
             "models that need an accelerator"),
    Synonyms("ranker", ("ranking", "ranking service", "ranking model"), "orders candidates"),
    Synonyms("reranker", ("rerank", "reranking", "re ranking", "cross encoder"), "orders again"),
    Synonyms("rules-engine", ("rules", "policy", "business rules"), "decides without a model"),
    Synonyms("fallback-service", ("fallback", "default answer", "popularity"),
             "answers when others cannot"),
    Synonyms("ann-index", ("ann", "vector db", "vector database", "vector index", "vector store",
             "faiss", "hnsw", "milvus", "pinecone", "qdrant", "pgvector"), "finds near vectors"),
    Synonyms("candidate-generator", ("candidates", "candidate generation", "retrieval",
             "retriever", "recall"), "finds what may be shown"),
    Synonyms("search-index", ("elasticsearch", "opensearch", "lucene", "solr", "bm25",
             "inverted index", "search"), "finds by words"),
    Synonyms("graph-store", ("neo4j", "graph database", "social graph"), "keeps who knows whom"),
    Synonyms("cache", ("redis", "memcached", "cdn"), "products that keep answers for a while"),
    Synonyms("precomputed-results", ("precomputed", "materialized", "materialised"),
             "answers made ahead of time"),
    Synonyms("message-queue", ("queue", "rabbitmq", "sqs", "broker", "task queue"),
             "products and words for work that waits"),
    Synonyms("dead-letter-queue", ("dlq", "dead letter"), "the short form"),
    Synonyms("review-queue", ("case queue", "moderation queue"), "work that waits for people"),
    Synonyms("review-team", ("reviewer", "reviewers", "moderators", "analysts", "human review",
             "people"), "people who decide"),
    Synonyms("labelling-tool", ("labeling", "labelling", "annotation", "annotators"),
             "where people label, in either spelling"),
    Synonyms("metrics-monitor", ("monitoring", "monitor", "metrics", "prometheus", "grafana",
             "dashboard", "observability"), "products and words for figures over time"),
    Synonyms("drift-monitor", ("drift", "psi"), "watches distributions"),
    Synonyms("data-quality-check", ("data quality", "data validation", "great expectations"),
             "checks data before use"),
    Synonyms("alerting", ("alerts", "alert", "pager", "pagerduty", "on call"), "wakes somebody"),
    Synonyms("experiment-platform", ("experiment", "experiments", "ab test", "a b test",
             "a b testing"), "compares variants"),
    Synonyms("shadow-deployment", ("shadow", "shadow model", "challenger"),
             "answers that nobody sees"),
    Synonyms("feature-flag", ("flag", "flags", "toggle", "kill switch"), "turns parts on and off"),
)  # fmt: skip

ZONE_WORDS = (
    Synonyms(Zone.CLIENT, ("client", "clients", "frontend", "browser", "device", "mobile",
             "users"), "runs at the user's"),
    Synonyms(Zone.ONLINE, ("online", "request path", "serving", "inference", "real time",
             "realtime", "synchronous", "backend"), "a request waits for it"),
    Synonyms(Zone.STREAM, ("stream", "streaming", "near real time", "nearline", "events"),
             "follows within seconds"),
    Synonyms(Zone.OFFLINE, ("offline", "batch", "training", "nightly", "data platform"),
             "runs on a schedule"),
    Synonyms(Zone.HUMAN, ("human", "people", "review", "reviewers", "operations", "team"),
             "people act there"),
)  # fmt: skip


Table = list[tuple[str, tuple[str, ...]]]
"""What is meant, and the words for it."""


@dataclass(frozen=True)
class Meaning:
    """What words were taken for, and which of them decided."""

    means: str
    because: str


def kind_meaning(text: str, palette: Palette) -> Meaning | None:
    """Guess the kind of a node from its label.

    Args:
        text: The label.
        palette: Its kinds' labels and ids count as words for them, before all synonyms.

    Returns:
        The kind's id and the words that decided, or None.
    """
    table: Table = [(kind.id, (kind.label, kind.id)) for kind in palette.kinds]
    known = {kind.id for kind in palette.kinds}
    table += [(one.means, one.words) for one in KIND_WORDS if one.means in known]
    return _longest(text, table)


def zone_meaning(text: str) -> Zone | None:
    """Guess the zone from the title of a frame, a container or a subgraph."""
    table: Table = [(zone.value, (ZONE_TITLES[zone], zone.value)) for zone in Zone]
    found = _longest(text, table + [(one.means, one.words) for one in ZONE_WORDS])
    return Zone(found.means) if found else None


def _longest(text: str, table: Table) -> Meaning | None:
    padded = f" {_plain(text)} "
    found = [
        (len(phrase), Meaning(means, phrase))
        for means, words in table
        for phrase in map(_plain, words)
        if f" {phrase} " in padded
    ]
    return max(found, key=lambda one: one[0])[1] if found else None


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text[:500].lower()))
