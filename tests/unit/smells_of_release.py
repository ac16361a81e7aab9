"""Smells of the release of models: a smallest bad and a smallest good design of each."""

from smell_cases import Case

THEME = "Release"
CASES = [
    Case(
        "no-registry",
        "client-app -> model-server",
        "model-server",
        "client-app -> model-server\nmodel-registry => model-server",
    ),
    Case(
        "registry-bypassed",
        "training-pipeline => model-server\ntraining-pipeline => model-registry",
        "training-pipeline model-server",
        "training-pipeline => model-registry => model-server",
    ),
    Case(
        "release-without-gate",
        "training-pipeline => model-registry",
        "training-pipeline model-registry",
        "training-pipeline => evaluation-job => model-registry",
    ),
    Case(
        "release-without-gate",
        "training-pipeline => gpu-model-server",
        "training-pipeline gpu-model-server",
        "training-pipeline => model-registry\nevaluation-job => model-registry",
    ),
    Case(
        "no-experiment",
        "api-gateway -> ranker",
        "ranker",
        "api-gateway -> ranker ~> shadow-deployment",
    ),
    Case(
        "unreleased-model",
        "api-gateway -> ranker\napi-gateway -> model-server\nmodel-registry => ranker",
        "model-server",
        "api-gateway -> ranker\napi-gateway -> model-server\nmodel-registry => ranker\n"
        "model-server | note=bought",
    ),
]
