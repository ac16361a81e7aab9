"""What every table of smells holds, and what is checked of each row."""

from typing import NamedTuple

from drawn_in_words import drawn

from designs.inspections import INSPECTIONS, Violation, inspect
from designs.library import shipped_palette

PALETTE = shipped_palette()


class Case(NamedTuple):
    """A smallest bad design, the nodes that are to be named, and a good one that is close to it."""

    code: str
    bad: str
    nodes: str
    """Ids, blank between."""
    good: str


def found(code: str, text: str) -> list[Violation]:
    return [one for one in inspect(drawn(text), PALETTE) if one.code == code]


def check_bad(case: Case) -> None:
    violations = found(case.code, case.bad)
    assert {one for each in violations for one in each.node_ids} == set(case.nodes.split())
    design = drawn(case.bad)
    edges = {(edge.source, edge.target) for edge in design.edges}
    for one in violations:
        assert one.severity is INSPECTIONS[case.code].severity
        assert set(one.edges) <= edges
        for node_id in one.node_ids:
            assert f"({node_id})" in one.message


def check_good(case: Case) -> None:
    assert found(case.code, case.good) == []
