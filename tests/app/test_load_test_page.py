"""The load test on its page: run as the drawing changes, refused with one message, compared."""

import re
import time
from collections.abc import Callable
from threading import Event

import pytest
from app_pages import ROOT, OpenPage
from streamlit.testing.v1 import AppTest

from designs.drawing import Design, Edge, Node
from designs.drawing_draft import draft_of
from workbench import load_test_session
from workbench.background_jobs import Progress
from workbench.exchange import import_attempt
from workbench.load_testing import LoadTesting
from workbench.workbench import Workbench

FRAUD = "fraud-detection"
_PATIENCE_S = 400.0  # kernels are compiled once in a new clone, beside everything else
"""Kernels are compiled the first time ever."""
_EDGES = (Edge(source="client", target="gateway"), Edge(source="gateway", target="ranker"))
SMALL = Design(
    nodes=(
        Node(id="client", kind="client-app"),
        Node(id="gateway", kind="api-gateway", replicas=4),
        Node(id="ranker", kind="model-server", label="Ranker *of* all", replicas=30),
    ),
    edges=_EDGES,
)


def brought_in(workbench: Workbench, document: str = "exemplar.yaml") -> str:
    path = ROOT / "designs" / "prompts" / FRAUD / document
    return import_attempt(workbench.desk, path.read_bytes(), path.name)


def drawn(workbench: Workbench, design: Design) -> str:
    attempt = workbench.practice.start(FRAUD, 45)
    workbench.practice.save_drawing(attempt, draft_of(design), 0, "test")
    return attempt


def said(app: AppTest) -> str:
    pieces = (*app.title, *app.header, *app.markdown, *app.caption, *app.info, *app.error)
    tables = [one.value.to_string() for one in app.table]
    return "\n".join([*(str(one.value) for one in pieces), *tables])


def until(app: AppTest, there: Callable[[AppTest], bool]) -> AppTest:
    """Run the page again, as its fragments do in a browser, until something is there."""
    deadline = time.monotonic() + _PATIENCE_S
    while not there(app) and time.monotonic() < deadline:
        time.sleep(0.05)
        app.run()
    assert not app.exception
    assert there(app), said(app)
    return app


def opened(open_page: OpenPage, attempt: str) -> AppTest:
    app = open_page("load_test", attempt=attempt)
    return until(app, lambda one: "being prepared" not in said(one))


def look(app: AppTest, attempt: str, place: str) -> AppTest:
    return app.button_group(key=f"lab-look-{attempt}").set_value(place).run()


def test_nothing_open_leads_to_a_session(open_page: OpenPage, workbench: Workbench) -> None:
    attempt = drawn(workbench, SMALL)
    app = open_page("load_test")
    app.button(key=f"open-{attempt}").click().run()
    until(app, lambda one: "MET" in said(one))


def test_the_exemplar_as_a_learners_drawing_meets_and_fewer_replicas_miss(
    open_page: OpenPage, workbench: Workbench
) -> None:
    app = opened(open_page, brought_in(workbench))
    attempt = app.query_params["attempt"]
    words = said(app)
    assert words.count("MET]") == 3
    assert "its 95 % interval" in words
    assert [one.label for one in app.metric[:3]] == ["p50", "p95", "p99"]
    assert "Adding up the p99" in words
    app.selectbox(key=f"lab-part-{attempt}").set_value("gateway").run()
    app.number_input(key=f"lab-concurrency-{attempt}").set_value(1).run()
    assert "MISSED]" not in said(app)
    app.number_input(key=f"lab-replicas-{attempt}").set_value(1).run()
    assert not app.exception
    words = said(app)
    assert "MISSED]" in words
    assert "no steady state" in words
    assert "p99" not in [one.label for one in app.metric]
    node = workbench.practice.open(attempt).drawing_reading.design.node("gateway")
    assert node is not None
    assert (node.replicas, node.overrides.concurrency) == (1, 1)


def test_no_page_waits_for_the_compiler(
    open_page: OpenPage, workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled = Event()
    monkeypatch.setattr(load_test_session, "warm_up", lambda: compiled.wait(_PATIENCE_S))
    attempt = drawn(workbench, SMALL)
    try:
        assert open_page("prompts").title
        app = open_page("load_test", attempt=attempt)
        assert "being prepared" in said(app)
        assert not app.metric
    finally:
        compiled.set()
    until(app, lambda one: "MET]" in said(one))


def test_an_emptied_field_takes_the_catalogues_figure(
    open_page: OpenPage, workbench: Workbench
) -> None:
    attempt = drawn(workbench, SMALL)
    app = opened(open_page, attempt)
    app.selectbox(key=f"lab-part-{attempt}").set_value("ranker").run()
    key = f"lab-service_p50_ms-{attempt}"
    assert "from the catalogue" in app.number_input(key=key).placeholder
    for value in (7.5, None):
        app.number_input(key=key).set_value(value).run()
        node = workbench.practice.open(attempt).drawing_reading.design.node("ranker")
        assert node is not None
        assert node.overrides.service_p50_ms == value
        assert app.number_input(key=key).value == value
    assert not app.exception


def test_a_number_typed_while_another_part_is_being_shown_is_that_parts(
    open_page: OpenPage, workbench: Workbench
) -> None:
    attempt = drawn(workbench, SMALL)
    app = opened(open_page, attempt)
    app.selectbox(key=f"lab-part-{attempt}").set_value("gateway").run()
    app.selectbox(key=f"lab-part-{attempt}").set_value("ranker")
    app.number_input(key=f"lab-replicas-{attempt}").set_value(17).run()
    assert not app.exception
    design = workbench.practice.open(attempt).drawing_reading.design
    assert [node.replicas for node in design.nodes] == [1, 4, 17]
    assert app.number_input(key=f"lab-replicas-{attempt}").value == 17
    app.selectbox(key=f"lab-part-{attempt}").set_value("gateway").run()
    assert app.number_input(key=f"lab-replicas-{attempt}").value == 4


@pytest.mark.parametrize(
    ("edges", "named"),
    [
        ((*_EDGES, Edge(source="ranker", target="gateway")), "circle"),
        ((), "no entry"),
        ((_EDGES[0],), "Ranker \\*of\\* all"),
    ],
)
def test_a_drawing_that_cannot_run_says_why_and_leads_back(
    open_page: OpenPage, workbench: Workbench, edges: tuple[Edge, ...], named: str
) -> None:
    app = opened(open_page, drawn(workbench, SMALL.model_copy(update={"edges": edges})))
    assert not app.exception
    (error,) = app.error
    assert "cannot be run yet" in error.value
    assert named in error.value
    assert "Mend it in the drawing" in [one.proto.label for one in app.get("page_link")]
    assert app.header[0].value == "Change a part"


def test_an_empty_drawing_leads_to_the_canvas(open_page: OpenPage, workbench: Workbench) -> None:
    app = open_page("load_test", attempt=workbench.practice.start(FRAUD, 45))
    assert "Nothing is drawn yet" in said(app)


def test_every_place_shows_its_figures(open_page: OpenPage, workbench: Workbench) -> None:
    attempt = drawn(workbench, SMALL)
    app = opened(open_page, attempt)
    look(app, attempt, "Under load")
    until(app, lambda one: "fully used at" in said(one) and "a run shows" in said(one))
    look(app, attempt, "Scenarios")
    app.button(key=f"run-{attempt}:scenarios").click().run()
    until(app, lambda one: "were not run" not in said(one) and "–" not in said(one))
    assert "loses a replica" in said(app)
    look(app, attempt, "Cost")
    assert "per 1,000 requests" in said(app)
    look(app, attempt, "Inputs")
    assert "Ranker \\*of\\* all" in said(app)
    assert "**sourced**" in said(app) or "**assumption**" in said(app)
    app.selectbox(key=f"lab-scenario-{attempt}").set_value("spike").run()
    look(app, attempt, "Where the time goes")
    assert "During the incident" in said(app)


class LongWork:
    """A search for the knee that goes on until it is stopped."""

    def __init__(self) -> None:
        self.begun, self.ended = Event(), Event()

    def __call__(self, *_: object, progress: Progress) -> None:
        try:
            for part in range(100_000):
                progress(part, 100_000)
                self.begun.set()
                time.sleep(0.01)
        finally:
            self.ended.set()


def test_a_long_run_shows_how_far_it_is_and_stop_ends_it(
    open_page: OpenPage, workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt = drawn(workbench, SMALL)
    app = opened(open_page, attempt)
    work = LongWork()
    with monkeypatch.context() as patched:
        patched.setattr(LoadTesting, "curve", work)
        look(app, attempt, "Under load")
        assert work.begun.wait(_PATIENCE_S)
        app.run()
        bars = [one.proto.text for one in app.get("progress")]
        assert any(re.search(r"Looking for the knee: \d+ of 100000 …", text) for text in bars)
        assert "Sizing the parts: waiting for what runs before it …" in bars
        (stop,) = [one for one in app.button if one.key.startswith("stop-curve")]
        stop.click().run()
        assert work.ended.wait(_PATIENCE_S)
        until(app, lambda one: "Looking for the knee: stopped." in said(one))
    app.button(key=f"again-{attempt}:curve").click().run()
    until(app, lambda one: "fully used at" in said(one))


def test_two_scenarios_differ_by_pairs_of_runs(open_page: OpenPage, workbench: Workbench) -> None:
    ranker = SMALL.nodes[2].model_copy(update={"replicas": 1})
    attempt = drawn(workbench, SMALL.model_copy(update={"nodes": (*SMALL.nodes[:2], ranker)}))
    app = opened(open_page, attempt)
    look(app, attempt, "Compare")
    app.button_group(key=f"compare-{attempt}").set_value("Two scenarios").run()
    until(app, lambda one: "On the same random numbers" in said(one) or "steady" in said(one))
    words = said(app)
    assert "First is **Busiest hour**, second **Three times the peak**" in words
    assert "slower]" in words
    assert "its 95 % interval" in words
    assert re.search(r"\+[\d.,]+ \(\+[\d.,]+ to \+[\d.,]+\)", words)
    assert "USD" not in words


def test_references_stay_locked_until_submission(open_page: OpenPage, workbench: Workbench) -> None:
    attempt = drawn(workbench, SMALL)
    app = opened(open_page, attempt)
    look(app, attempt, "Compare")
    assert "The references unlock with submission" in said(app)
    workbench.practice.submit(attempt)
    app = opened(open_page, attempt)
    assert not app.number_input
    choice = app.selectbox(key=f"lab-design-{attempt}")
    assert choice.options[:2] == ["Your drawing", "The exemplar"]
    look(app, attempt, "Compare")
    until(app, lambda one: "On the same random numbers" in said(one))
