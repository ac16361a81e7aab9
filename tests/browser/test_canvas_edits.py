"""On the canvas: cutting, moving an edge, a size that can be read, and help that folds away."""

from typing import Any

import pytest
from axe_findings import violations
from pages_canvas import CanvasPage
from pages_practice import PracticePage
from playwright.sync_api import Page, expect
from running_app import RunningApp

from designs.drawing import Design, Edge, EdgeMode, Node
from designs.drawing_draft import draft_of
from designs.library import DESIGNS
from workbench.exchange import import_attempt

EXEMPLAR = DESIGNS / "prompts" / "fraud-detection" / "exemplar.yaml"
TRIO = Design(
    nodes=(
        Node(id="gateway", kind="api-gateway"),
        Node(id="ranker", kind="ranker"),
        Node(id="cache", kind="cache"),
        Node(id="lake", kind="data-lake"),
    ),
    edges=(
        Edge(source="gateway", target="ranker", timeout_ms=40, fallback="the popular ones"),
        Edge(source="ranker", target="lake", mode=EdgeMode.ASYNC),
    ),
)


def opened(page: Page, app: RunningApp, attempt_id: str) -> CanvasPage:
    PracticePage(page).open(app.url, attempt_id, "drawing")
    canvas = CanvasPage(page)
    expect(canvas.nodes.first).to_be_visible()
    canvas.canvas.scroll_into_view_if_needed()
    return canvas


@pytest.fixture
def trio(shared_app: RunningApp) -> str:
    with shared_app.workbench() as workbench:
        attempt_id = workbench.practice.start("fraud-detection", 45)
        workbench.practice.save_drawing(attempt_id, draft_of(TRIO), 0, "test")
    return attempt_id


@pytest.fixture
def exemplar(shared_app: RunningApp) -> str:
    with shared_app.workbench() as workbench:
        return import_attempt(workbench.desk, EXEMPLAR.read_bytes(), EXEMPLAR.name)


def design_of(app: RunningApp, attempt_id: str) -> Design:
    return app.attempt(attempt_id).drawing_reading.design


def test_what_is_cut_comes_back_where_it_is_pasted(
    page: Page, shared_app: RunningApp, trio: str
) -> None:
    canvas = opened(page, shared_app, trio)
    canvas.select("cache")
    page.keyboard.press("Control+x")
    expect(canvas.nodes).to_have_count(3)
    canvas.expect_saved()
    assert design_of(shared_app, trio).node("cache") is None
    page.keyboard.press("Control+v")
    expect(canvas.nodes).to_have_count(4)
    canvas.expect_saved()
    kinds = [node.kind for node in design_of(shared_app, trio).nodes]
    assert sorted(kinds) == sorted(node.kind for node in TRIO.nodes)
    canvas.tool("Cut").click()
    expect(canvas.nodes).to_have_count(3)
    canvas.tool("Undo").click()
    expect(canvas.nodes).to_have_count(4)


def test_an_edge_is_moved_with_the_mouse_and_by_the_form(
    page: Page, shared_app: RunningApp, trio: str
) -> None:
    canvas = opened(page, shared_app, trio)
    first, second = TRIO.edges
    canvas.edges.first.focus()
    page.keyboard.press("Enter")
    expect(canvas.field("To")).to_have_value("ranker")
    canvas.drag_end("target", "cache")
    expect(canvas.field("To")).to_have_value("cache")
    assert design_of(shared_app, trio).edges == (
        first.model_copy(update={"target": "cache"}),
        second,
    )
    canvas.drag_end("source", "lake")
    expect(canvas.field("From")).to_have_value("lake")
    canvas.field("To").select_option("ranker")
    expect(canvas.field("To")).to_be_focused()
    canvas.expect_saved()
    moved = first.model_copy(update={"source": "lake"})
    assert design_of(shared_app, trio).edges == (moved, second)
    for _ in range(3):
        canvas.tool("Undo").click()
    canvas.expect_saved()
    assert design_of(shared_app, trio) == TRIO


def test_the_picture_and_the_findings_follow_an_edit(
    page: Page, shared_app: RunningApp, trio: str
) -> None:
    canvas = opened(page, shared_app, trio)
    picture = page.get_by_role("img", name="Diagram of your design")
    before = picture.get_attribute("src")
    canvas.select("cache")
    canvas.fill("Label", "Warm answers")
    expect(picture).not_to_have_attribute("src", str(before))
    expect(page.get_by_text("Import a drawing")).to_be_visible()
    # What stands below runs by itself, and an edit made after that still starts from the newest.
    page.get_by_text("Legend", exact=True).click()
    canvas.fill("Replicas", "4")
    node = design_of(shared_app, trio).node("cache")
    assert node is not None
    assert (node.label, node.replicas) == ("Warm answers", 4)


def test_an_edit_and_a_tap_that_come_in_one_message_are_both_heard(
    page: Page, shared_app: RunningApp, trio: str
) -> None:
    canvas = opened(page, shared_app, trio)
    canvas.select("cache")
    canvas.field("Label").fill("Warm answers")
    submit = page.get_by_role("button", name="Submit …").first
    canvas.field("Label").evaluate(
        "(field, button) => { field.blur(); button.click(); }", submit.element_handle()
    )
    expect(page.get_by_role("dialog", name="Submit this session?")).to_be_visible()
    expect(canvas.status).to_contain_text("Saved")
    node = design_of(shared_app, trio).node("cache")
    assert node is not None
    assert node.label == "Warm answers"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_large_drawing_opens_at_a_size_that_can_be_read(
    page: Page, shared_app: RunningApp, exemplar: str, scheme: Any
) -> None:
    page.emulate_media(color_scheme=scheme)
    canvas = opened(page, shared_app, exemplar)
    smallest = canvas.nodes.first.locator("small")

    def pixels() -> float:
        return float(
            smallest.evaluate(
                "one => parseFloat(getComputedStyle(one).fontSize)"
                " * one.getBoundingClientRect().height / one.offsetHeight"
            )
        )

    expect(canvas.nodes.first).to_be_in_viewport()
    page.wait_for_function(
        "one => one.getBoundingClientRect().width > 100", arg=canvas.nodes.first.element_handle()
    )
    assert pixels() >= 9
    expect(canvas.canvas.get_by_role("img", name="Overview of the drawing")).to_be_visible()
    assert violations(page) == []

    surface = canvas.canvas.locator(".surface")
    before = surface.bounding_box()
    canvas.tool("Tall").click()
    canvas.tool("Help").click()
    expect(canvas.canvas.get_by_role("region", name="How to draw")).to_have_count(0)
    after = surface.bounding_box()
    assert before is not None
    assert after is not None
    assert after["height"] > before["height"]
    assert after["width"] > before["width"] + 200
    page.reload()
    expect(canvas.nodes.first).to_be_visible()
    expect(canvas.tool("Tall")).to_have_attribute("aria-pressed", "true")
    expect(canvas.canvas.get_by_role("region", name="How to draw")).to_have_count(0)

    canvas.tool("Fit").click()
    for node in canvas.nodes.all():
        expect(node).to_be_attached()
    page.wait_for_function(
        "one => one.getBoundingClientRect().width < 100", arg=canvas.nodes.first.element_handle()
    )
