"""What goes wrong gets one clear message; nothing is stored, run or shown that should not be."""

from collections.abc import Callable

import pytest
from pages_practice import PracticePage
from pages_prompts import PromptsPage
from playwright.sync_api import FilePayload, Page, expect
from running_app import RunningApp

from designs.stage import StageId

WORDS = "the words of this learner and of nobody else"


def a_file(text: bytes, name: str = "session.json") -> FilePayload:
    return {"name": name, "mimeType": "application/json", "buffer": text}


FILES = {
    "cut off": (a_file(b'{"schema_version": 1, "prompt": "fraud-det'), "1:"),
    "a list": (a_file(b"[1, 2, 3]"), "valid dictionary"),
    "unknown prompt": (a_file(b'{"schema_version": 1, "prompt": "moon"}'), "no prompt 'moon'"),
    "unknown kind": (
        a_file(
            b'{"schema_version": 1, "prompt": "fraud-detection",'
            b' "design": {"nodes": [{"id": "a", "kind": "teapot"}]}}'
        ),
        "no kind teapot",
    ),
    "an alias": (
        a_file(
            b"schema_version: 1\nprompt: &a fraud-detection\nanswers: {framing: *a}\n", "a.yaml"
        ),
        "the file:2:",
    ),
    "a script as its name": (
        a_file(b"prompt: <script>alert(1)</script>\nschema_version: 1\n", "<img src=x>.yaml"),
        "the file:1:",
    ),
    "binary": (a_file(bytes(range(256))), "not UTF-8"),
    "deep": (a_file(b"[" * 50_000), "nested deeper"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_bad_file_gets_one_message_and_leaves_nothing(
    page: Page, make_app: Callable[..., RunningApp], shared_app: RunningApp, name: str
) -> None:
    file, said = FILES[name]
    with shared_app.workbench() as workbench:
        before = len(workbench.desk.store.lines(workbench.desk.owner))
    prompts = PromptsPage(page).open(shared_app.url)
    prompts.bring_in(file)
    expect(prompts.errors).to_have_count(1)
    expect(prompts.errors).to_contain_text("Nothing was changed")
    expect(prompts.main).to_contain_text(said)
    expect(page.locator("main script, main img[src='x']")).to_have_count(0)
    prompts.expect_no_traceback()
    with shared_app.workbench() as workbench:
        assert len(workbench.desk.store.lines(workbench.desk.owner)) == before


def test_a_bug_shows_a_reference_and_no_word_of_the_learner(
    page: Page, make_app: Callable[..., RunningApp]
) -> None:
    app = make_app(fault="opening_fails")
    with app.workbench() as workbench:
        attempt_id = workbench.practice.start("fraud-detection", 45)
        workbench.practice.save_answer(attempt_id, StageId.FRAMING, WORDS, 0, "tests")
    practice = PracticePage(page)
    page.goto(f"{app.url}/practice?attempt={attempt_id}")
    expect(practice.errors).to_have_count(1)
    message = practice.errors.inner_text()
    reference = message.rsplit("reference ", 1)[1].strip().rstrip(".")
    practice.expect_no_traceback()
    assert WORDS not in page.content()
    assert reference in app.log
    assert WORDS not in app.log
    assert app.answer(attempt_id, StageId.FRAMING) == WORDS


def test_a_bug_behind_a_button_leaves_the_page_usable(
    page: Page, make_app: Callable[..., RunningApp]
) -> None:
    app = make_app(fault="hints_fail")
    with app.workbench() as workbench:
        attempt_id = workbench.practice.start("fraud-detection", 45)
    practice = PracticePage(page).open(app.url, attempt_id)
    practice.open_hint()
    expect(practice.errors).to_have_count(1)
    practice.expect_no_traceback()
    practice.write("Still here.")
    expect(practice.editor).to_be_focused()  # it is the same one, though the message is gone
    expect(practice.errors).to_have_count(0)
    assert app.answer(attempt_id, StageId.FRAMING) == "Still here."
