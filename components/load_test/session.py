"""The load test of a practice session: what is tested, how it came out, and a look around."""

import streamlit as st

from components import links, state
from components.load_test.costs import costs
from components.load_test.drawn import tables_fit_their_place
from components.load_test.inputs import inputs
from components.load_test.latency import where_the_time_goes
from components.load_test.node_edit import node_edit
from components.load_test.scenario_table import all_scenarios
from components.load_test.side_by_side import side_by_side
from components.load_test.summary import summary
from components.load_test.tested import Tested
from components.load_test.under_load import under_load
from components.load_test.waiting import in_background, wait_for_kernels
from components.load_test.words import sentence
from components.plain_text import markdown_text
from components.scrolling import scroll_to_top_of
from labs.load_test.refusal import LoadTestError
from labs.load_test.report import LoadTestReport, Verdict
from labs.load_test.scenarios import Scenario
from workbench.background_jobs import Progress
from workbench.history import history
from workbench.load_test_session import OWN, LoadTestView

_TIME, _LOAD, _SCENARIOS = "Where the time goes", "Under load", "Scenarios"
_COST, _INPUTS, _COMPARE = "Cost", "Inputs", "Compare"
_MOST_SESSIONS = 10


def load_test_session() -> None:
    """Show the load test of the attempt that the address names."""
    attempt_id = links.attempt_in_address()
    if attempt_id is None:
        _nothing_open()
        return
    view = state.the_workbench().load_test_session.open(attempt_id)
    scroll_to_top_of(f"{attempt_id}:load-test")
    tables_fit_their_place()
    st.title(f"Load test: {view.prompt.title}", anchor=False)
    _traffic(view)
    tested = _choose_design(view)
    if not tested.design.nodes:
        st.info("Nothing is drawn yet. Draw the parts that a request goes through, then run them.")
        links.link_to_drawing(attempt_id, "Go to the drawing")
        return
    if wait_for_kernels():
        _tested(view, tested)


def _nothing_open() -> None:
    st.title("Load test", anchor=False)
    st.markdown(
        "Runs the drawing of a session under its prompt's traffic. Open one, or draw one first."
    )
    for line in history(state.the_workbench().desk)[:_MOST_SESSIONS]:
        label = f"{line.prompt_title} · {line.created_at:%d %b %Y, %H:%M} UTC"
        if st.button(label, key=f"open-{line.attempt_id}"):
            links.go_to_load_test(line.attempt_id)
    st.page_link(links.PROMPTS, label="Choose a prompt", icon=":material/list_alt:")


def _traffic(view: LoadTestView) -> None:
    workload = view.prompt.workload
    st.caption(
        f"{workload.peak_rps:,.0f} requests a second in the busiest hour, "
        f"{workload.mean_rps:,.0f} on average, {workload.arrival} arrivals. Callers wait without "
        "holding a worker."
    )


def _choose_design(view: LoadTestView) -> Tested:
    attempt_id = view.practice.attempt_id
    titles = {one.id: one.title for one in view.designs}
    chosen = OWN
    if len(titles) > 1:
        chosen = st.selectbox(
            "Design", list(titles), format_func=titles.__getitem__, key=f"lab-design-{attempt_id}"
        )
    return Tested(attempt_id=attempt_id, prompt=view.prompt, design=view.design(chosen).design)


def _tested(view: LoadTestView, tested: Tested) -> None:
    """Show the figures, with the way to change the drawing beside them."""
    if view.practice.submitted:
        _figures_or_refusal(view, tested, st.container())
        return
    figures, beside = st.columns([7, 3], gap="large")
    report = None
    with figures:
        head = st.container()
        report = _figures_or_refusal(view, tested, head)
    with beside:
        links.link_to_drawing(tested.attempt_id, "Back to the drawing")
        node_edit(view.practice, report)


def _figures_or_refusal(
    view: LoadTestView, tested: Tested, place: st.delta_generator.DeltaGenerator
) -> LoadTestReport | None:
    with place:
        try:
            return _figures(view, tested)
        except LoadTestError as error:
            st.error(
                f"This drawing cannot be run yet. {sentence(str(error))}",
                icon=":material/error:",
            )
            links.link_to_drawing(tested.attempt_id, "Mend it in the drawing")
            return None


def _figures(view: LoadTestView, tested: Tested) -> LoadTestReport | None:
    scenario = _choose_scenario(tested)
    report = _report(tested, scenario)
    if report is None:
        return None
    summary(report)
    st.divider()
    look = st.segmented_control(
        "Look at",
        [_TIME, _LOAD, _SCENARIOS, _COST, _INPUTS, _COMPARE],
        default=_TIME,
        required=True,
        key=f"lab-look-{tested.attempt_id}",
    )
    if look == _TIME:
        where_the_time_goes(report, tested.prompt)
    elif look == _LOAD:
        under_load(tested)
    elif look == _SCENARIOS:
        all_scenarios(tested)
    elif look == _COST:
        costs(report)
    elif look == _INPUTS:
        inputs(report, tested.design)
    else:
        side_by_side(tested, view, scenario)
    return report


def _choose_scenario(tested: Tested) -> Scenario:
    scenarios = {
        one.id: one
        for one in state.the_workbench().load_test_session.testing.scenarios(tested.design)
    }
    key = f"lab-scenario-{tested.attempt_id}"
    if st.session_state.get(key) not in scenarios:
        st.session_state[key] = next(iter(scenarios))
    chosen = st.selectbox(
        "Scenario", list(scenarios), format_func=lambda one: scenarios[one].title, key=key
    )
    st.caption(markdown_text(scenarios[chosen].text))
    return scenarios[chosen]


def _report(tested: Tested, scenario: Scenario) -> LoadTestReport | None:
    """Return the best report that is there; longer runs go on in the background."""
    session = state.the_workbench().load_test_session
    standing = session.standing(tested.design, tested.prompt.id, scenario.id)
    wanted = standing.next_requests
    if wanted is None:
        return standing.report
    if standing.quick:
        report = session.run(tested.design, tested.prompt.id, scenario.id, wanted)
        close = any(one.verdict is Verdict.TOO_CLOSE for one in report.verdicts)
        return _report(tested, scenario) if close else report

    def compute(progress: Progress) -> object:
        return session.run(tested.design, tested.prompt.id, scenario.id, wanted, progress)

    doing = "Simulating" if standing.report is None else "Too close to call, so simulating more"
    key = f"{tested.key('run')}:{scenario.id}:{wanted}"
    in_background(tested.place("run"), key, f"{doing}, {wanted:,} requests", compute)
    return standing.report
