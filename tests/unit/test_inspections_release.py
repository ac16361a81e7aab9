"""Smells of the release of models: a smallest bad and a smallest good design of each."""

import pytest
from smell_cases import Case, check_bad, check_good, codes_without_case

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


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_the_bad_design_is_found_and_its_nodes_are_named(case: Case) -> None:
    check_bad(case)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_the_good_design_is_left_alone(case: Case) -> None:
    check_good(case)


def test_every_smell_has_a_case() -> None:
    assert codes_without_case(THEME, CASES) == set()
