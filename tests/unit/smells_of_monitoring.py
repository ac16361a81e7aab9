"""Smells of monitoring: a smallest bad and a smallest good design of each."""

from smell_cases import Case

THEME = "Monitoring"
CASES = [
    Case(
        "no-monitoring",
        "client-app -> model-server",
        "model-server",
        "client-app -> model-server ~> metrics-monitor",
    ),
    Case(
        "inputs-unwatched",
        "client-app -> model-server ~> metrics-monitor",
        "model-server",
        "client-app -> model-server ~> metrics-monitor\nevent-stream ~> data-quality-check",
    ),
    Case(
        "service-unwatched",
        "client-app -> ranker ~> drift-monitor\nmetrics-monitor",
        "ranker",
        "client-app -> ranker ~> drift-monitor\nranker ~> metrics-monitor",
    ),
    Case(
        "scores-unwatched",
        "client-app -> model-server ~> metrics-monitor\ndata-lake => drift-monitor",
        "model-server",
        "client-app -> model-server ~> event-stream ~> drift-monitor",
    ),
    Case(
        "outcomes-unwatched",
        "client-app -> model-server ~> drift-monitor\nlabel-store => training-pipeline",
        "model-server",
        "client-app -> model-server ~> drift-monitor\n"
        "label-store => training-pipeline => evaluation-job",
    ),
    Case(
        "monitor-without-alert",
        "event-stream ~> drift-monitor ~> metrics-monitor",
        "drift-monitor metrics-monitor",
        "event-stream ~> drift-monitor ~> metrics-monitor ~> alerting",
    ),
    Case(
        "feed-unchecked",
        "partner-feed => label-store",
        "partner-feed",
        "partner-feed => data-quality-check => label-store",
    ),
]
