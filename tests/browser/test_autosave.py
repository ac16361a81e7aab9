"""An answer saves itself: what is at risk, what "Saved" means, and what is found again."""

import time
from collections.abc import Callable
from itertools import pairwise

import pytest
from page_watch import LOST_CONNECTION, PageWatch
from pages_practice import PracticePage
from playwright.sync_api import BrowserContext, Page, expect
from running_app import RunningApp

from designs.stage import StageId
from designs.submission import MAX_ANSWER_CHARS

AT_RISK_S = 2.0
WORDS = "The label arrives after ninety days, so the newest payments stay out of training. "
# Notes, with the browser's own clock, how much stood in the answer after each keystroke.
RECORD_KEYSTROKES = """(area) => {
    window.keystrokes = [];
    area.addEventListener("input", () => window.keystrokes.push([Date.now(), area.value.length]));
}"""
# Tells the test each time the status line changes, with what stood in the answer then.
REPORT_STATUS = """([status, area]) => {
    const report = () => window.statusShown(status.textContent, area.value);
    new MutationObserver(report).observe(status, { childList: true, characterData: true,
                                                   subtree: true });
}"""


def a_session(app: RunningApp, prompt: str = "fraud-detection") -> str:
    with app.workbench() as workbench:
        return workbench.practice.start(prompt, 45)


def test_a_kill_costs_at_most_two_seconds_of_typing(
    page: Page, own_app: RunningApp, watch: PageWatch
) -> None:
    watch.allow(LOST_CONNECTION)
    attempt_id = a_session(own_app)
    practice = PracticePage(page).open(own_app.url, attempt_id, StageId.DATA)
    practice.editor.evaluate(RECORD_KEYSTROKES)
    practice.type(WORDS * 2, delay_ms=30)  # without a pause, so that only the deadline sends
    killed_at = time.time()
    own_app.kill()
    kept = own_app.answer(attempt_id, StageId.DATA)
    typed = practice.editor.input_value()
    strokes = page.evaluate("window.keystrokes")
    old = [length for at, length in strokes if at / 1000 <= killed_at - AT_RISK_S]
    assert len(old) > 20, "typing was too quick for the test to show anything"
    assert typed == WORDS * 2
    assert typed.startswith(kept)
    assert len(kept) >= old[-1]

    own_app.start()
    page.reload()
    expect(practice.editor).to_have_value(typed)
    practice.expect_saved()
    assert own_app.answer(attempt_id, StageId.DATA) == typed


def test_what_is_typed_without_a_server_is_saved_when_it_is_back(
    page: Page, own_app: RunningApp, watch: PageWatch
) -> None:
    watch.allow(LOST_CONNECTION)
    attempt_id = a_session(own_app)
    practice = PracticePage(page).open(own_app.url, attempt_id, StageId.MODEL)
    practice.write("Before.")
    own_app.kill()
    practice.type(" Meanwhile.")
    practice.expect_status("Not saved yet")
    assert own_app.answer(attempt_id, StageId.MODEL) == "Before."
    own_app.start()
    practice.expect_saved()
    assert own_app.answer(attempt_id, StageId.MODEL) == "Before. Meanwhile."


def test_a_lost_network_is_said_and_made_up_for(
    page: Page, shared_app: RunningApp, watch: PageWatch
) -> None:
    watch.allow(LOST_CONNECTION)
    attempt_id = a_session(shared_app)
    practice = PracticePage(page).open(shared_app.url, attempt_id, StageId.MODEL)
    practice.write("On the train.")
    page.context.set_offline(True)
    practice.type(" In the tunnel.")
    practice.expect_status("Not saved yet")
    assert shared_app.answer(attempt_id, StageId.MODEL) == "On the train."
    page.context.set_offline(False)
    practice.expect_saved()
    assert shared_app.answer(attempt_id, StageId.MODEL) == "On the train. In the tunnel."


def test_saved_is_shown_only_after_the_commit(
    page: Page, make_app: Callable[..., RunningApp]
) -> None:
    app = make_app(fault="slow_disk")
    attempt_id = a_session(app)
    practice = PracticePage(page).open(app.url, attempt_id, StageId.FEATURES)
    shown: list[tuple[str, str, str]] = []

    def status_shown(status: str, text: str) -> None:
        shown.append((status, text, app.answer(attempt_id, StageId.FEATURES)))

    page.expose_function("statusShown", status_shown)
    page.evaluate(
        REPORT_STATUS, [practice.status.element_handle(), practice.editor.element_handle()]
    )
    for sentence in ("One. ", "Two. ", "Three. "):
        practice.type(sentence)
        practice.expect_saved()
    saved = [(text, stored) for status, text, stored in shown if status.startswith("Saved at")]
    assert len(saved) >= 3
    assert all(text == stored for text, stored in saved)
    # The disk is slow enough for the test to see a text that is not stored yet.
    assert any(text != stored for status, text, stored in shown if status == "Saving…")


def test_what_cannot_be_saved_says_why_and_stays_in_the_editor(
    page: Page, make_app: Callable[..., RunningApp]
) -> None:
    app = make_app(fault="disk_full")
    attempt_id = a_session(app)
    practice = PracticePage(page).open(app.url, attempt_id, StageId.FRAMING)
    practice.type(WORDS)
    practice.expect_status(r"^Not saved\. The disk is full\. Make room and go on\.$")
    practice.open_hint()  # runs the whole page again, with the older text of the store
    expect(practice.hints).to_have_count(1)
    practice.settle()
    expect(practice.editor).to_have_value(WORDS)
    practice.expect_status(r"Not saved\.")
    page.reload()
    expect(practice.editor).to_have_value(WORDS)
    practice.expect_status(r"Not saved\.")


def test_an_answer_that_is_too_long_says_so_and_can_be_shortened(
    page: Page, shared_app: RunningApp
) -> None:
    attempt_id = a_session(shared_app)
    practice = PracticePage(page).open(shared_app.url, attempt_id, StageId.METRICS)
    practice.editor.fill("x" * (MAX_ANSWER_CHARS + 1))
    practice.expect_status(r"Not saved\.")
    practice.expect_status(f"{MAX_ANSWER_CHARS:,}")
    assert shared_app.answer(attempt_id, StageId.METRICS) == ""
    practice.write("Shorter.")
    assert shared_app.answer(attempt_id, StageId.METRICS) == "Shorter."


HUNDRED_KB = "".join(f"{line:05} {WORDS}\n" for line in range(1200))
TEXTS = {
    "a hundred kilobytes": HUNDRED_KB,
    "emoji": "Ranker 🧮 → 👩🏽‍🔬 reviews 🇩🇪, x̄ ± 1σ, 𝔼[y|x], CO₂e",
    "right to left": "نموذج الترتيب ثم «مراجعة»\nמודל \u200f(v2)\u200e \u2014 3.5%",
    "markup": "<b>bold</b> <script>alert(1)</script> &amp; ${x} {{y}} 'q' \"q\" \\n $\\alpha$",
    "blanks and lines": "  two  blanks\n\n\n\ttab and \u00a0 no-break\nend  ",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_every_text_comes_back_as_it_was_typed(
    page: Page,
    shared_app: RunningApp,
    another_browser: Callable[..., BrowserContext],
    text: str,
) -> None:
    attempt_id = a_session(shared_app)
    practice = PracticePage(page).open(shared_app.url, attempt_id, StageId.SERVING)
    practice.write(text)
    assert shared_app.answer(attempt_id, StageId.SERVING) == text
    # The address alone leads back, in a browser that has seen nothing yet.
    elsewhere = PracticePage(another_browser().new_page())
    elsewhere.page.goto(practice.page.url)
    expect(elsewhere.editor_of(StageId.SERVING)).to_have_value(text)
    elsewhere.expect_saved()


def test_a_stage_left_in_the_middle_of_a_word_is_kept(page: Page, shared_app: RunningApp) -> None:
    attempt_id = a_session(shared_app)
    practice = PracticePage(page).open(shared_app.url, attempt_id, StageId.FRAMING)
    practice.type("Half a sent")
    practice.go_to_stage(StageId.DATA)
    expect(practice.editor).to_have_value("")
    practice.go_to_stage(StageId.FRAMING)
    expect(practice.editor).to_have_value("Half a sent")
    assert shared_app.answer(attempt_id, StageId.FRAMING) == "Half a sent"


def test_steady_typing_is_saved_in_revisions_that_only_grow(
    page: Page, shared_app: RunningApp
) -> None:
    attempt_id = a_session(shared_app)
    practice = PracticePage(page).open(shared_app.url, attempt_id, StageId.MONITORING)
    practice.type(WORDS, delay_ms=40)
    practice.expect_saved()
    revisions = shared_app.revisions(attempt_id, StageId.MONITORING)
    assert len(revisions) > 1
    assert revisions[-1].body == WORDS
    assert all(later.body.startswith(earlier.body) for earlier, later in pairwise(revisions))
    assert not any(revision.stale for revision in revisions)


def test_a_submitted_answer_can_be_read_but_not_written(page: Page, shared_app: RunningApp) -> None:
    attempt_id = a_session(shared_app)
    practice = PracticePage(page).open(shared_app.url, attempt_id, StageId.FRAMING)
    practice.write(WORDS)
    with shared_app.workbench() as workbench:
        workbench.practice.submit(attempt_id)
    practice.type(" Too late.")
    practice.expect_status(r"Not saved\.")
    practice.page.reload()
    expect(practice.editor).to_have_value(WORDS)
    expect(practice.editor).not_to_be_editable()
    assert shared_app.answer(attempt_id, StageId.FRAMING) == WORDS
