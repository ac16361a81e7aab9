"""The same session in two tabs: nothing is lost, the disagreement is shown, a choice ends it."""

from collections.abc import Callable

import pytest
from pages_practice import PracticePage
from playwright.sync_api import Page, expect
from running_app import RunningApp

from designs.stage import StageId


def two_tabs(page: Page, app: RunningApp) -> tuple[PracticePage, PracticePage, str]:
    with app.workbench() as workbench:
        attempt_id = workbench.practice.start("fraud-detection", 45)
    left = PracticePage(page).open(app.url, attempt_id, StageId.FRAMING)
    left.write("Start.")
    right = PracticePage(page.context.new_page()).open(app.url, attempt_id, StageId.FRAMING)
    expect(right.editor).to_have_value("Start.")
    left.type(" Left.")
    left.expect_saved()
    right.type(" Right.")
    expect(right.conflict).to_be_visible()
    return left, right, attempt_id


@pytest.mark.parametrize(
    ("choose", "kept"),
    [(PracticePage.keep_mine, "Start. Right."), (PracticePage.take_other, "Start. Left.")],
    ids=["keep mine", "take the other"],
)
def test_two_tabs_that_disagree(
    page: Page, shared_app: RunningApp, choose: Callable[[PracticePage], None], kept: str
) -> None:
    _, right, attempt_id = two_tabs(page, shared_app)
    expect(right.other_version).to_contain_text("Start. Left.")
    expect(right.editor).to_have_value("Start. Right.")
    bodies = [one.body for one in shared_app.revisions(attempt_id, StageId.FRAMING)]
    assert {"Start. Left.", "Start. Right."} <= set(bodies)
    choose(right)
    expect(right.conflict).to_have_count(0)
    expect(right.editor).to_have_value(kept)
    assert shared_app.answer(attempt_id, StageId.FRAMING) == kept
    assert shared_app.attempt(attempt_id).answers[StageId.FRAMING].other is None


def test_typing_on_decides_nothing(page: Page, shared_app: RunningApp) -> None:
    _, right, attempt_id = two_tabs(page, shared_app)
    right.type(" And on.")
    right.expect_saved()
    expect(right.conflict).to_be_visible()
    expect(right.other_version).to_contain_text("Start. Left.")
    assert shared_app.answer(attempt_id, StageId.FRAMING) == "Start. Right. And on."
