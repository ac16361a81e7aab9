"""Smells of labels: a smallest bad and a smallest good design of each."""

from smell_cases import Case

THEME = "Labels"
CASES = [
    Case(
        "training-without-labels",
        "decision-service ~> data-lake => training-pipeline",
        "training-pipeline",
        "decision-service ~> data-lake => training-pipeline\nlabel-store => training-pipeline",
    ),
    Case(
        "training-without-labels",
        "client-app -> decision-service ~> training-pipeline",
        "training-pipeline",
        "client-app ~> event-stream ~> training-pipeline",
    ),
    Case(
        "no-label-feedback",
        "client-app -> model-server\nlabel-store => training-pipeline",
        "training-pipeline",
        "client-app -> model-server ~> data-lake => training-pipeline",
    ),
    Case(
        "labels-joined-early",
        "partner-feed => data-lake => training-pipeline",
        "partner-feed training-pipeline",
        "partner-feed => label-store => training-pipeline",
    ),
    Case(
        "model-without-training",
        "client-app -> ranker",
        "ranker",
        "client-app -> ranker\nranker | note=bought",
    ),
]
