"""Two designs, or two scenarios of one, on the same random numbers."""

from functools import partial
from typing import cast

import streamlit as st

from components import state
from components.load_test.drawn import table
from components.load_test.tested import Tested
from components.load_test.waiting import in_background
from components.load_test.words import NONE, badge, bare_ms, dollars, percent, sentence
from components.plain_text import markdown_text
from labs.load_test.figures import Estimate
from labs.load_test.lab import Setup
from labs.load_test.report import DesignComparison, FigureDifference, LoadTestReport
from labs.load_test.scenarios import Scenario
from workbench.background_jobs import Progress
from workbench.load_test_session import LoadTestView, TestedDesign

_DESIGNS, _SCENARIOS = "Two designs", "Two scenarios"


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
    found = _compared(tested, other, scenario)
    if found is not None:
        st.markdown(f"{sentence(found.text)} First is what is chosen above, second {_name(other)}.")
        _verdicts(found.first, found.second)
        table([_row(one) for one in found.rows])


def _compared(tested: Tested, other: TestedDesign, scenario: Scenario) -> DesignComparison | None:
    session = state.the_workbench().load_test_session
    second = tested.model_copy(update={"design": other.design})
    key = f"{tested.key('compare')}:{second.key(scenario.id)}"
    found = cast(DesignComparison | None, session.result(key))
    if found is None:
        compute = partial(
            session.testing.compare,
            tested.design,
            other.design,
            tested.prompt.id,
            Setup(scenario=scenario.id),
        )
        in_background(
            tested.place("compare"), key, "Running both on the same numbers", lambda _: compute()
        )
    return found


def _two_scenarios(tested: Tested, scenario: Scenario) -> None:
    session = state.the_workbench().load_test_session
    scenarios = {one.id: one for one in session.testing.scenarios(tested.design)}
    others = [one for one in scenarios if one != scenario.id]
    chosen = st.selectbox(
        "With the scenario",
        others,
        format_func=lambda one: scenarios[one].title,
        key=f"compare-scenario-{tested.attempt_id}",
    )
    reports = [
        session.standing(tested.design, tested.prompt.id, one) for one in (scenario.id, chosen)
    ]
    first, second = reports[0].report, reports[1].report
    if first is None or second is None:
        missing, standing = (chosen, reports[1]) if first is not None else (scenario.id, reports[0])

        def compute(progress: Progress) -> object:
            size = standing.next_requests or 0
            return session.run(tested.design, tested.prompt.id, missing, size, progress)

        key = f"{tested.key('run')}:{missing}:{standing.next_requests}"
        in_background(
            tested.place("compare"), key, f"Running {scenarios[missing].title.lower()}", compute
        )
        return
    st.markdown(
        f"First: {markdown_text(scenario.title)}. Second: "
        f"{markdown_text(scenarios[chosen].title)}. Both draw from the same seed."
    )
    _verdicts(first, second)
    table(_plain_rows(first, second))


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
    table(rows)


def _plain_rows(first: LoadTestReport, second: LoadTestReport) -> list[dict[str, str]]:
    rows = []
    for name in ("p50", "p95", "p99"):
        pair = [
            getattr(one.latency, name).value if one.latency else None for one in (first, second)
        ]
        rows.append(
            FigureDifference(name=name, unit="ms", first=pair[0], second=pair[1], difference=None)
        )
    shares = (
        ("requests without an answer", first.failed_share.value, second.failed_share.value),
        ("requests with a fallback", first.fallback_requests_share, second.fallback_requests_share),
    )
    rows += [
        FigureDifference(name=name, unit="share", first=one, second=other, difference=None)
        for name, one, other in shares
    ]
    return [_row(one) for one in rows]


def _row(one: FigureDifference) -> dict[str, str]:
    return {
        "Figure": markdown_text(f"{one.name}, {one.unit}" if one.unit != "share" else one.name),
        "First": _figure(one.first, one.unit),
        "Second": _figure(one.second, one.unit),
        "Second less first": _difference(one.difference, one.unit, one.first, one.second),
    }


def _figure(value: float | None, unit: str) -> str:
    if value is None:
        return "no steady state"
    if unit == "share":
        return percent(value)
    return dollars(value) if unit.startswith("USD") else bare_ms(value)


def _difference(
    found: Estimate | None, unit: str, first: float | None, second: float | None
) -> str:
    if found is not None:
        return f"{found.value:+,.2f} ({found.low:+,.2f} to {found.high:+,.2f})"
    if first is None or second is None:
        return NONE
    if unit == "share":
        return f"{100 * (second - first):+.3f} points"
    sign = "+" if second >= first else "−"
    return f"{sign}{_figure(abs(second - first), unit)}"


def _name(other: TestedDesign) -> str:
    return f"**{markdown_text(other.title)}**"
