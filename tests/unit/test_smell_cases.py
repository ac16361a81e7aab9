"""Every smell: a smallest bad design that shows it, and a good one close to it that does not."""

import pytest
import smells_of_features
import smells_of_flow
import smells_of_labels
import smells_of_monitoring
import smells_of_release
import smells_of_request_path
import smells_of_resilience
from smell_cases import Case, check_bad, check_good

from designs.inspections import THEMES

TABLES = (
    smells_of_features,
    smells_of_flow,
    smells_of_labels,
    smells_of_monitoring,
    smells_of_release,
    smells_of_request_path,
    smells_of_resilience,
)
CASES = [case for table in TABLES for case in table.CASES]

every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)


@every_case
def test_the_bad_design_is_found_and_its_nodes_are_named(case: Case) -> None:
    check_bad(case)


@every_case
def test_the_good_design_is_left_alone(case: Case) -> None:
    check_good(case)


def test_every_smell_has_a_case_in_the_table_of_its_theme() -> None:
    written = {table.THEME: {case.code for case in table.CASES} for table in TABLES}
    assert written == {theme: {one.code for one in found} for theme, found in THEMES.items()}
