"""Two designs, or two scenarios of one, on the same random numbers."""

from collections.abc import Callable, Sequence
from typing import cast

import streamlit as st

from components import state
from components.load_test.drawn import table
from components.load_test.tested import Tested
from components.load_test.waiting import in_background
from components.load_test.words import NONE, badge, bare_ms, dollars, percent, sentence
from components.plain_text import markdown_text
from labs.load_test.comparing import Comparison, FigureDifference, Relation, signed
from labs.load_test.lab import Setup
from labs.load_test.report import LoadTestReport
from labs.load_test.scenarios import Scenario
from workbench.background_jobs import Progress
from workbench.load_test_session import LoadTestView

_DESIGNS, _SCENARIOS = "Two designs", "Two scenarios"
_RELATIONS = {
    Relation.FASTER: ":green-badge[:material/arrow_downward: faster]",
    Relation.SLOWER: ":red-badge[:material/arrow_upward: slower]",
    Relation.CANNOT_TELL: ":gray-badge[:material/drag_handle: cannot be told]",
}


def side_by_side(tested: Tested, view: LoadTestView, scenario: Scenario) -> None:
    """Compare what is tested with another design or under another scenario."""
    st.header("Side by side", anchor=False)
    what = st.segmented_control(
        "Compare",
        [_DESIGNS, _SCENARIOS],
        default=_DESIGNS,
        required=True,
        label_visibility="collapsed",
        key=f"compare-{tested.attempt_id}",
    )
    if what == _DESIGNS:
        _two_designs(tested, view, scenario)
    else:
        _two_scenarios(tested, scenario)


def _two_designs(tested: Tested, view: LoadTestView, scenario: Scenario) -> None:
    session = state.the_workbench().load_test_session
    others = [*view.designs, *session.earlier(tested.attempt_id)]
    others = [one for one in others if one.design != tested.design and one.design.nodes]
    if not others:
        locked = "" if view.practice.submitted else " The references unlock with submission."
        st.markdown(f"There is no other version of your drawing to compare with yet.{locked}")
        return
    ids = [one.id for one in others]
    chosen = st.selectbox(
        "With",
        ids,
        format_func=lambda one: next(other.title for other in others if other.id == one),
        key=f"compare-design-{tested.attempt_id}",
    )
    other = next(one for one in others if one.id == chosen)
    second = tested.model_copy(update={"design": other.design})

    def compute(progress: Progress) -> object:
        setup = Setup(scenario=scenario.id)
        return session.testing.compare(
            tested.design, other.design, tested.prompt.id, setup, progress
        )

    key = f"{tested.key('compare')}:{second.key(scenario.id)}"
    found = _compared(tested, key, compute)
    if found is not None:
        which = f"First is what is chosen above, second {_bold(other.title)}."
        _shown(found, which, found.rows)


def _two_scenarios(tested: Tested, scenario: Scenario) -> None:
    session = state.the_workbench().load_test_session
    scenarios = {one.id: one for one in session.testing.scenarios(tested.design)}
    chosen = st.selectbox(
        "With the scenario",
        [one for one in scenarios if one != scenario.id],
        format_func=lambda one: scenarios[one].title,
        key=f"compare-scenario-{tested.attempt_id}",
    )

    def compute(progress: Progress) -> object:
        return session.testing.compare_scenarios(
            tested.design, (scenario.id, chosen), tested.prompt.id, None, progress
        )

    key = f"{tested.key('scenarios-compared')}:{scenario.id}:{chosen}"
    found = _compared(tested, key, compute)
    if found is not None:
        which = f"First is {_bold(scenario.title)}, second {_bold(scenarios[chosen].title)}."
        _shown(found, which, [one for one in found.rows if not one.unit.startswith("USD")])


def _compared(tested: Tested, key: str, compute: Callable[[Progress], object]) -> Comparison | None:
    found = cast(Comparison | None, state.the_workbench().load_test_session.result(key))
    if found is None:
        in_background(tested.place("compare"), key, "Running both on the same numbers", compute)
    return found


def _shown(found: Comparison, which: str, rows: Sequence[FigureDifference]) -> None:
    st.markdown(f"{_RELATIONS[found.relation]} {sentence(found.text)} {which}")
    table([_row(one) for one in rows], "compared")
    st.caption(
        "Both have the same luck, run by run. The difference is the mean over "
        f"{found.first.replications} pairs of runs, with its 95 % interval; the figures beside it "
        "are of all runs together."
    )
    _verdicts(found.first, found.second)


def _verdicts(first: LoadTestReport, second: LoadTestReport) -> None:
    rows = []
    for one in first.verdicts:
        other = second.verdict(one.slo_id)
        rows.append(
            {
                "Objective": markdown_text(one.text),
                "First": badge(one.verdict),
                "Second": badge(other.verdict) if other else NONE,
            }
        )
    table(rows, "objectives")


def _row(one: FigureDifference) -> dict[str, str]:
    return {
        "Figure": markdown_text(f"{one.name}, {one.unit}" if one.unit != "share" else one.name),
        "First": _figure(one.first, one.unit),
        "Second": _figure(one.second, one.unit),
        "Second less first": _difference(one),
        "Second is": _RELATIONS[one.relation] if one.relation else NONE,
    }


def _figure(value: float | None, unit: str) -> str:
    if value is None:
        return "no steady state"
    if unit == "share":
        return percent(value)
    return dollars(value) if unit.startswith("USD") else bare_ms(value)


def _difference(one: FigureDifference) -> str:
    found, share = one.difference, one.unit == "share"
    if found is not None:
        times, digits, unit = (100, 3, " points") if share else (1, 2, "")
        value, low, high = (
            signed(times * figure, digits) for figure in (found.value, found.low, found.high)
        )
        return f"{value} ({low} to {high}){unit}"
    if one.first is None or one.second is None:
        return NONE
    less = one.second - one.first
    if share:
        return f"{signed(100 * less, 3)} points"
    return f"{'+' if less >= 0 else '−'}{_figure(abs(less), one.unit)}"


def _bold(title: str) -> str:
    return f"**{markdown_text(title)}**"
