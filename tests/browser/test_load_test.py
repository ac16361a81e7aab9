"""A drawing under load: met, every scenario, missed when capacity is cut, compared."""

import re
from typing import Literal

from axe_findings import violations
from pages_canvas import CanvasPage
from pages_load_test import COMPILING_MS, LoadTestPage
from pages_practice import PracticePage
from playwright.sync_api import Page, expect
from running_app import ROOT, RunningApp

from workbench.exchange import import_attempt

EXEMPLAR = ROOT / "designs" / "prompts" / "fraud-detection" / "exemplar.yaml"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
INCIDENTS = (
    "Three times the peak",
    "Slow feature store",
    "One zone of three is lost",
    "gateway loses a replica",
)
"""One of each kind; a design without a cache has none that is cold."""
PLACES = ("Where the time goes", "Under load", "Scenarios", "Cost", "Inputs", "Compare")


def test_a_drawing_is_run_broken_and_compared(page: Page, shared_app: RunningApp) -> None:
    with shared_app.workbench() as workbench:
        attempt_id = import_attempt(workbench.desk, EXEMPLAR.read_bytes(), EXEMPLAR.name)
    PracticePage(page).open(shared_app.url, attempt_id, "drawing")
    expect(CanvasPage(page).canvas).to_be_visible()
    page.get_by_role("link", name="Run it under load").click()
    lab = LoadTestPage(page).await_figures()
    expect(lab.verdicts("MET")).to_have_count(3)
    expect(lab.figure("p99")).to_be_visible()
    runs_every_scenario(lab)
    misses_with_less(lab)
    compares(lab)
    accessible(page, lab)
    fits_a_telephone(page, lab)
    page.get_by_role("link", name="Back to the drawing").click()
    expect(CanvasPage(page).canvas).to_be_visible()
    node = shared_app.attempt(attempt_id).drawing_reading.design.node("gateway")
    assert node is not None
    assert (node.replicas, node.overrides.concurrency) == (6, 1)


def runs_every_scenario(lab: LoadTestPage) -> None:
    lab.look_at("Scenarios")
    lab.page.get_by_role("button", name=re.compile("^Run the ")).click()
    rows = lab.tables.first.get_by_role("row")
    expect(rows.filter(has_text="–")).to_have_count(0)
    lab.await_background()
    assert rows.count() > 5
    lab.look_at("Where the time goes")
    for scenario in INCIDENTS:
        lab.choose("Scenario", scenario)
        expect(lab.page.get_by_role("heading", name="During the incident")).to_be_visible()
        expect(lab.figure("p99")).to_be_visible()
    lab.choose("Scenario", "Busiest hour")


def misses_with_less(lab: LoadTestPage) -> None:
    lab.choose("Part", "Payment gateway")
    lab.set_number("Requests at once", "1")
    lab.set_number("Replicas", "1")
    expect(lab.verdicts("MISSED").first).to_be_visible()
    expect(lab.main.get_by_text("There is no steady state")).to_be_visible()
    expect(lab.figure("p99")).to_have_count(0)


def compares(lab: LoadTestPage) -> None:
    lab.look_at("Compare")
    lab.await_background()
    expect(lab.verdicts("faster").first).to_be_visible()
    expect(lab.main.get_by_text("The first has no steady state")).to_be_visible()
    assert lab.tables.count() == 2
    assert lab.tables.last.get_by_role("row").count() == 4  # three objectives below their head


def fits_a_telephone(page: Page, lab: LoadTestPage) -> None:
    page.set_viewport_size({"width": 420, "height": 900})
    for place in PLACES:
        lab.look_at(place)
        lab.await_background()
        expect(lab.tables).to_have_count(0)  # their rows stand below one another
        assert lab.too_wide() == [], place
    page.set_viewport_size({"width": 1400, "height": 1000})
    expect(lab.tables.first).to_be_visible()


def accessible(page: Page, lab: LoadTestPage) -> None:
    lab.set_number("Replicas", "6")
    for place in PLACES:
        lab.look_at(place)
        lab.await_background()
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            lab.settle()
            assert violations(page) == [], f"{place}, {scheme}"


def test_a_drawing_that_cannot_run_leads_back(page: Page, shared_app: RunningApp) -> None:
    raw = EXEMPLAR.read_bytes().replace(
        b"{source: counting, target: counters, mode: async}",
        b"{source: scorer, target: gateway, mode: sync}",
    )
    with shared_app.workbench() as workbench:
        attempt_id = import_attempt(workbench.desk, raw, EXEMPLAR.name)
    page.goto(f"{shared_app.url}/load_test?attempt={attempt_id}")
    message = page.get_by_text("wait for each other in a circle")
    expect(message).to_be_visible(timeout=COMPILING_MS)
    page.get_by_role("link", name="Mend it in the drawing").click()
    expect(CanvasPage(page).canvas).to_be_visible()
