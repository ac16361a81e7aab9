"""Smells of queues, people and loose ends: a smallest bad and a smallest good design of each."""

from smell_cases import Case

THEME = "Queues, people and loose ends"
CASES = [
    Case(
        "queue-without-consumer",
        "decision-service ~> event-stream",
        "event-stream",
        "decision-service ~> event-stream ~> data-lake\nevent-stream ~> dead-letter-queue",
    ),
    Case(
        "unbounded-queue",
        "api-gateway ~> message-queue ~> model-server",
        "message-queue",
        "api-gateway ~> message-queue ~> model-server ~> dead-letter-queue",
    ),
    Case(
        "unbounded-queue",
        "message-queue ~> model-server",
        "message-queue",
        "message-queue ~> model-server\nmessage-queue | note=10,000,oldest-first",
    ),
    Case(
        "review-without-capacity",
        "review-queue ~> review-team",
        "review-team",
        "review-queue ~> review-team\nreview-team | note=6,000-a-day",
    ),
    Case(
        "review-without-capacity",
        "review-queue ~> data-lake",
        "review-queue",
        "review-queue ~> labelling-tool",
    ),
    Case(
        "verdicts-lost",
        "review-queue ~> review-team",
        "review-team",
        "review-queue ~> review-team ~> label-store",
    ),
    Case(
        "personal-data-crosses",
        "operational-database => data-warehouse",
        "operational-database data-warehouse",
        "operational-database => batch-pipeline => data-warehouse",
    ),
    Case(
        "personal-data-crosses",
        "data-lake => labelling-tool",
        "data-lake labelling-tool",
        "data-lake => labelling-tool | note=names-removed",
    ),
    Case(
        "personal-data-crosses",
        "batch-pipeline => partner-feed",
        "batch-pipeline partner-feed",
        "partner-feed => batch-pipeline",
    ),
    Case(
        "unconnected-node",
        "client-app -> api-gateway\ncache",
        "cache",
        "client-app\napi-gateway\ncache",
    ),
    Case(
        "store-without-reader",
        "event-stream ~> data-lake",
        "data-lake",
        "event-stream ~> data-lake => training-pipeline",
    ),
    Case(
        "repeated-edge",
        "api-gateway -> ranker\napi-gateway -> ranker",
        "api-gateway ranker",
        "api-gateway -> ranker\napi-gateway ~> ranker",
    ),
]
