"""All inspections together: their order, their words, and what holds for every design."""

import re
from collections import Counter
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from drawn_in_words import drawn
from hypothesis import given, settings
from hypothesis import strategies as st
from made_designs import KINDS, a_node, designs

from designs.drawing import MAX_EDGES, MAX_NODES, Design, Edge, EdgeMode
from designs.exporters.captions import clean
from designs.identifiers import SLUG_PATTERN
from designs.inspections import INSPECTIONS, THEMES, Severity, inspect, inspections_page, roles
from designs.library import shipped_palette
from designs.node_kind import Palette

PALETTE = shipped_palette()
ROOT = Path(__file__).parents[2]


def codes(design: Design) -> list[str]:
    return [one.code for one in inspect(design, PALETTE)]


# --- what they say -----------------------------------------------------------------------


def test_a_code_is_used_once_and_is_a_slug() -> None:
    listed = [one.code for them in THEMES.values() for one in them]
    assert len(listed) >= 24
    assert listed == list(INSPECTIONS)
    assert Counter(listed).most_common(1)[0][1] == 1
    assert all(re.fullmatch(SLUG_PATTERN, code) for code in listed)


@pytest.mark.parametrize("code", INSPECTIONS)
def test_an_inspection_explains_itself(code: str) -> None:
    one = INSPECTIONS[code]
    assert 10 < len(one.title) <= 70
    assert not one.title.endswith(".")
    for text in (one.what, one.why, one.mend):
        assert 20 < len(text) <= 400
        assert text.endswith(".")


def test_the_page_and_the_registry_agree() -> None:
    page = (ROOT / "docs" / "inspections.md").read_text(encoding="utf-8")
    assert page == inspections_page(), "python -m workbench inspections > docs/inspections.md"
    assert re.findall(r"^### (.+)$", page, re.MULTILINE) == list(INSPECTIONS)


def test_every_kind_with_a_role_is_in_the_palette() -> None:
    named = {one for name, them in vars(roles).items() if name.isupper() for one in them}
    assert len(named) > 10
    assert named <= set(KINDS)


# --- when they stay silent ---------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        "client-app",
        "client-app\napi-gateway\ndecision-service\nmodel-server",
        "event-stream ~> data-lake => data-warehouse\ndata-warehouse => batch-scorer",
    ],
)
def test_a_drawing_that_has_just_begun_is_not_flooded(text: str) -> None:
    assert inspect(drawn(text), PALETTE) == ()


def test_what_is_absent_is_only_missed_beside_a_model_that_requests_wait_for() -> None:
    absent = {"no-registry", "no-monitoring", "no-experiment", "model-without-training"}
    offline = drawn("client-app -> api-gateway -> precomputed-results\nbatch-scorer => data-lake")
    assert not absent & set(codes(offline))
    assert absent <= set(codes(drawn("client-app -> api-gateway -> model-server")))


# --- what holds for every design ---------------------------------------------------------


@given(designs())
@settings(deadline=None)
def test_any_design_is_inspected_and_only_its_own_parts_are_named(design: Design) -> None:
    found = inspect(design, PALETTE)
    ids = {node.id for node in design.nodes}
    ends = {(edge.source, edge.target) for edge in design.edges}
    for one in found:
        assert set(one.node_ids) <= ids
        assert set(one.edges) <= ends
        assert one.severity is INSPECTIONS[one.code].severity
        assert clean(one.message) == one.message  # a label never breaks the line
    assert [one.severity.rank for one in found] == sorted(one.severity.rank for one in found)
    assert inspect(design, PALETTE) == found


@given(designs())
@settings(deadline=None)
def test_labels_never_decide(design: Design) -> None:
    bare = design.model_copy(
        update={"nodes": tuple(one.model_copy(update={"label": ""}) for one in design.nodes)}
    )

    def places(one: Design) -> list[tuple[str, tuple[str, ...]]]:
        return [(found.code, found.node_ids) for found in inspect(one, PALETTE)]

    assert places(design) == places(bare)


@given(designs())
@settings(deadline=None)
def test_kinds_that_the_palette_lacks_are_no_obstacle(design: Design) -> None:
    small = Palette(schema_version=1, kinds=PALETTE.kinds[:3])
    assert {one.code for one in inspect(design, small)} <= set(INSPECTIONS)


@given(designs())
@settings(deadline=None)
def test_a_circle_of_calls_is_found_whenever_there_is_one(design: Design) -> None:
    calls: dict[str, set[str]] = {}
    for edge in design.edges:
        if edge.mode is EdgeMode.SYNC:
            calls.setdefault(edge.source, set()).add(edge.target)
    try:
        TopologicalSorter(calls).prepare()
    except CycleError:
        has_circle = True
    else:
        has_circle = False
    circles = [one for one in inspect(design, PALETTE) if one.code == "sync-cycle"]
    assert bool(circles) is has_circle
    for one in circles:
        assert [target for _, target in one.edges] == [
            source for source, _ in (*one.edges[1:], one.edges[0])
        ]


@given(designs(max_nodes=5), st.sampled_from(["sync-cycle", "no-timeout"]))
@settings(deadline=None)
def test_mending_every_call_silences_what_is_about_calls(design: Design, code: str) -> None:
    waiting = {"mode": EdgeMode.ASYNC}
    calm = tuple(edge.model_copy(update=waiting) for edge in design.edges)
    assert code not in codes(design.model_copy(update={"edges": calm}))


@pytest.mark.parametrize("step", [1, 7])
def test_the_largest_design_is_inspected(step: int) -> None:
    """A ring with chords: every node waits for every other one."""
    nodes = tuple(a_node(f"n-{n}", KINDS[n % len(KINDS)]) for n in range(MAX_NODES))
    edges = tuple(
        Edge(source=f"n-{n % MAX_NODES}", target=f"n-{(n + 1 + n // MAX_NODES * step) % MAX_NODES}")
        for n in range(MAX_EDGES)
    )
    found = inspect(Design(nodes=nodes, edges=edges), PALETTE)
    cycles = [one for one in found if one.code == "sync-cycle"]
    assert len(cycles) == 1
    assert set(cycles[0].edges) <= {(edge.source, edge.target) for edge in edges}


def test_a_message_names_the_first_few_and_all_ids_are_kept() -> None:
    many = "\n".join(f"client-app -> ranker/{n}" for n in range(9))
    alone = next(one for one in inspect(drawn(many), PALETTE) if one.code == "single-replica")
    assert alone.node_ids == tuple(f"ranker-{n}" for n in range(9))
    assert alone.message == (
        "One replica only: Ranker (ranker-0), Ranker (ranker-1), Ranker (ranker-2), "
        "Ranker (ranker-3) and 5 more."
    )


def test_a_long_label_is_cut_in_a_message() -> None:
    design = Design(
        nodes=(a_node("a", "client-app"), a_node("b", "ranker", label="l" * 120, replicas=2)),
        edges=(Edge(source="a", target="b", timeout_ms=9),),
    )
    message = next(one.message for one in inspect(design, PALETTE) if "(b)" in one.message)
    assert "l" * 59 + "… (b)" in message


def test_severities_are_ordered_from_grave_to_slight() -> None:
    assert [one.rank for one in Severity] == [0, 1, 2]
