"""A session with the interviewer, without any language model, in a real browser."""

from pages_practice import PracticePage
from pages_prompts import PromptsPage
from pages_review import ReviewPage
from playwright.sync_api import Page, expect
from running_app import RunningApp

from designs.library import shipped_pack
from designs.stage import StageId
from workbench.interview.moves import Mode

FRAUD = "fraud-detection"
WEAK = "Disputes take 60 days, so we use older payments, split at random, and train on most."
REPLY = "On both sides, so I would cut by date and leave a gap of some weeks. <b>Yes.</b>"


def test_questions_are_asked_and_replies_are_kept(page: Page, shared_app: RunningApp) -> None:
    PromptsPage(page).open(shared_app.url).start(shipped_pack(FRAUD).prompt.title, 45)
    practice = PracticePage(page)
    attempt_id = practice.attempt_id
    practice.go_to_stage(StageId.DATA)
    practice.write(WEAK)
    is_asked(practice, shared_app, attempt_id)
    replies_and_reloads(page, practice, shared_app, attempt_id)
    is_held_at_the_end_of_a_stage(page, practice, shared_app, attempt_id)
    practice.submit()
    finds_it_in_the_review(page, attempt_id, shared_app)


def is_asked(practice: PracticePage, app: RunningApp, attempt_id: str) -> None:
    practice.ask_me()
    expect(practice.reply).to_be_visible()
    view = app.attempt(attempt_id).interview
    assert [one.question_id for one in view.said] == ["burst-in-the-test"]
    expect(practice.main).to_contain_text("Where are they in your split?")


def replies_and_reloads(
    page: Page, practice: PracticePage, app: RunningApp, attempt_id: str
) -> None:
    """The button follows the last key at once, and nothing of the text is lost."""
    practice.reply.press_sequentially("On both", delay=5)
    page.reload()
    expect(practice.reply).to_have_value("On both")
    practice.settle()
    practice.reply.fill(REPLY)
    practice.button("Reply").click()
    expect(practice.reply).to_have_count(0)
    (exchange,) = app.attempt(attempt_id).interview.said
    assert (exchange.reply, exchange.outcome) == (REPLY, "answered")
    expect(practice.main).to_contain_text(REPLY)


def is_held_at_the_end_of_a_stage(
    page: Page, practice: PracticePage, app: RunningApp, attempt_id: str
) -> None:
    page.get_by_role("radio", name="Strict", exact=True).click()
    practice.settle()
    # On a busy machine the page hears of the tap some time later.
    for _ in range(40):
        if app.attempt(attempt_id).interview.mode == Mode.STRICT:
            break
        page.wait_for_timeout(250)
    assert app.attempt(attempt_id).interview.mode == Mode.STRICT
    practice.go_to_stage(StageId.MODEL)
    practice.write("A large network, because it is known to work well on data of this kind.")
    practice.go_on()
    expect(practice.main).to_contain_text("They need our answer within 50 ms")
    practice.button("Pass on this one").click()
    expect(practice.main).to_contain_text("You passed.")
    practice.go_on()
    expect(practice.reply).to_be_visible()  # the question at the end of the stage
    practice.go_on()
    expect(practice.editor_of(StageId.SERVING)).to_be_visible()
    expect(practice.main).to_contain_text("A requirement has changed")
    practice.settle()


def finds_it_in_the_review(page: Page, attempt_id: str, app: RunningApp) -> None:
    review = ReviewPage(page)
    review.skip()
    review.look_at(StageId.DATA.title)
    expect(review.main).to_contain_text("What the interviewer asked")
    expect(review.main).to_contain_text(REPLY)
    with app.workbench() as workbench:
        stored = workbench.review.open(attempt_id).submission
    assert [one.kind for one in stored.transcript] == ["follow-up", "change", "follow-up"]
