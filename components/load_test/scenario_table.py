"""Every scenario of a design in one table, run when asked for."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from components import state
from components.boundary import reported
from components.load_test.drawn import table
from components.load_test.tested import Tested
from components.load_test.waiting import ask, in_background
from components.load_test.words import NONE, badge, bare_ms, percent
from components.plain_text import markdown_text
from labs.load_test.objectives import latency_slo
from labs.load_test.report import LoadTestReport
from labs.load_test.scenarios import Scenario
from workbench.background_jobs import Progress


def all_scenarios(tested: Tested) -> None:
    """Show what is known of each scenario, and run those that are missing."""
    testing = state.the_workbench().load_test_session
    scenarios = testing.testing.scenarios(tested.design)
    known = {
        one.id: testing.standing(tested.design, tested.prompt.id, one.id).report
        for one in scenarios
    }
    st.header("Scenarios", anchor=False)
    missing = [one for one in scenarios if known[one.id] is None]
    if missing:
        _run_missing(tested, len(missing))
    table([_row(tested, one, known[one.id]) for one in scenarios], "scenarios")
    st.caption(
        "In an incident the percentiles are of the whole run, which goes on after the incident. "
        "Choose a scenario above to see it second by second."
    )


def _run_missing(tested: Tested, missing: int) -> None:
    if state.the_workbench().load_test_session.jobs.state(tested.key("scenarios")) is not None:
        _wait(tested)
        return
    st.button(
        f"Run the {missing} that were not run yet" if missing > 1 else "Run the one left",
        key=f"run-{tested.place('scenarios')}",
        icon=":material/play_arrow:",
        on_click=_run,
        args=(tested,),
    )


def _wait(tested: Tested) -> None:
    in_background(
        tested.place("scenarios"), tested.key("scenarios"), "Running the scenarios", _work(tested)
    )


@reported("run the scenarios")
def _run(tested: Tested) -> None:
    ask(tested.place("scenarios"), tested.key("scenarios"), _work(tested))


def _work(tested: Tested) -> Callable[[Progress], None]:
    session = state.the_workbench().load_test_session
    return partial(session.run_scenarios, tested.design, tested.prompt.id)


def _row(tested: Tested, scenario: Scenario, report: LoadTestReport | None) -> dict[str, str]:
    row = {"Scenario": markdown_text(scenario.title)}
    if report is None:
        return row | dict.fromkeys(("Latency", "p99, ms", "Answered", "Fallback"), NONE)
    slo = latency_slo(tested.prompt)
    verdict = report.verdict(slo.id) if slo else None
    latency = report.latency
    return row | {
        "Latency": badge(verdict.verdict) if verdict else NONE,
        "p99, ms": bare_ms(latency.p99.value) if latency else "no steady state",
        "Answered": percent(1 - report.failed_share.value),
        "Fallback": percent(report.fallback_requests_share),
    }
