"""No page keeps anybody out: axe finds no violation, in light and in dark, wide and narrow."""

from typing import Literal

import pytest
from axe_findings import violations
from pages_drawing import DrawingPage
from pages_frame import Frame
from pages_practice import PracticePage
from playwright.sync_api import Page, expect
from running_app import RunningApp

from designs.library import DESIGNS
from workbench.exchange import import_attempt

FLAWED = DESIGNS / "prompts" / "video-recommendation" / "flawed-textbook-two-tower.yaml"


def addresses(app: RunningApp) -> dict[str, str]:
    """Fill the store and return an address for each kind of page."""
    with app.workbench() as workbench:
        desk = workbench.desk
        raw = FLAWED.read_bytes()
        drafted, rated, scored = (import_attempt(desk, raw, FLAWED.name) for _ in range(3))
        for attempt in (rated, scored):
            workbench.practice.submit(attempt)
        workbench.review.skip_self_review(scored)
    return {
        "prompts": "/",
        "practice": f"/practice?attempt={drafted}&stage=serving",
        "drawing": f"/practice?attempt={drafted}&stage=drawing",
        "self-review": f"/review?attempt={rated}",
        "review": f"/review?attempt={scored}",
        "history": "/history",
        "about": "/about",
        "nothing open": "/practice",
        "unknown session": "/review?attempt=no-such-session-here",
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 420])
def test_axe_finds_nothing(
    page: Page, shared_app: RunningApp, scheme: Literal["light", "dark"], width: int
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 1000})
    found: dict[str, list[str]] = {}
    for name, address in addresses(shared_app).items():
        page.goto(f"{shared_app.url}{address}")
        Frame(page).settle()
        expect(page.get_by_role("heading", level=1).or_(Frame(page).errors).first).to_be_visible()
        found[name] = violations(page)
    assert {name: some for name, some in found.items() if some} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_tables_of_the_drawing(
    page: Page, shared_app: RunningApp, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    with shared_app.workbench() as workbench:
        attempt_id = import_attempt(workbench.desk, FLAWED.read_bytes(), FLAWED.name)
    PracticePage(page).open(shared_app.url, attempt_id, "drawing")
    drawing = DrawingPage(page)
    drawing.use_tables()
    expect(drawing.edges.rows.first).to_be_attached()
    assert violations(page) == []


def test_the_dialog_of_submission(page: Page, shared_app: RunningApp) -> None:
    with shared_app.workbench() as workbench:
        attempt_id = workbench.practice.start("fraud-detection", 45)
    practice = PracticePage(page).open(shared_app.url, attempt_id)
    practice.button("Submit …").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    practice.settle()
    assert violations(page) == []


def test_a_session_can_be_worked_with_the_keyboard(page: Page, shared_app: RunningApp) -> None:
    with shared_app.workbench() as workbench:
        attempt_id = workbench.practice.start("fraud-detection", 45)
    practice = PracticePage(page).open(shared_app.url, attempt_id)
    practice.editor.focus()
    page.keyboard.type("Typed without a mouse.")
    practice.expect_saved()
    hint = page.get_by_role("button", name="Open a hint")
    hint.focus()
    page.keyboard.press("Enter")
    expect(practice.hints).to_have_count(1)
    page.get_by_role("button", name="On to ").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Data and labels", exact=True)).to_be_visible()
