"""Smells of labels: a smallest bad and a smallest good design of each."""

import pytest
from smell_cases import Case, check_bad, check_good, codes_without_case

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


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_the_bad_design_is_found_and_its_nodes_are_named(case: Case) -> None:
    check_bad(case)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_the_good_design_is_left_alone(case: Case) -> None:
    check_good(case)


def test_every_smell_has_a_case() -> None:
    assert codes_without_case(THEME, CASES) == set()
