"""Being interviewed on the practice page, run in process, and what the review says of it."""

from html import escape

import pytest
from app_pages import OpenPage
from streamlit.testing.v1 import AppTest

from designs.stage import STAGES, StageId
from workbench.interview.moves import Mode
from workbench.workbench import Workbench

FRAUD = "fraud-detection"
WEAK = "We would take what there is, look at it for a while and then do what seems right to us."
HOSTILE = "<b>bold</b> `code` $x$ :material/home: [link](http://example.org)"
ASK, REPLY, PASS = "ask-me-data", "reply-1", "pass-1"


@pytest.fixture
def attempt(workbench: Workbench) -> str:
    attempt = workbench.practice.start(FRAUD, 45)
    for stage in STAGES:
        workbench.practice.save_answer(attempt, stage, WEAK, 0, "tab")
    return attempt


def at(open_page: OpenPage, attempt: str, stage: str = "data") -> AppTest:
    return open_page("practice", attempt=attempt, stage=stage)


def words(app: AppTest) -> str:
    pieces = (*app.subheader, *app.markdown, *app.caption, *app.text, *app.info, *app.warning)
    assert not app.exception
    assert [one.value for one in app.error] == []
    return "\n".join(str(one.value) for one in pieces)


def keys(app: AppTest) -> set[str]:
    return {str(button.key) for button in app.button}


def test_a_question_is_asked_replied_to_and_probed(
    open_page: OpenPage, workbench: Workbench, attempt: str
) -> None:
    app = at(open_page, attempt)
    app.button(key=ASK).click().run()
    view = workbench.practice.open(attempt).interview
    assert view.waiting is not None
    assert view.waiting.wording.split(".")[0] in words(app).replace("\\", "")
    assert {REPLY, PASS} <= keys(app)
    assert ASK not in keys(app)
    app.button(key=REPLY).click().run()  # nothing is written yet
    assert workbench.practice.open(attempt).interview.open == 1
    workbench.interview.save_reply(attempt, 1, HOSTILE, 0, "tab")
    app.button(key=REPLY).click().run()
    assert HOSTILE in [one.value for one in app.text]
    assert HOSTILE not in "".join(str(one.value) for one in (*app.markdown, *app.caption))
    app.button(key="pass-2").click().run()
    assert "You passed." in words(app)
    assert "not graded" in words(app)
    assert ASK in keys(app)


def test_with_nothing_written_there_is_nothing_to_ask(
    open_page: OpenPage, workbench: Workbench
) -> None:
    attempt = workbench.practice.start(FRAUD, 45)
    app = at(open_page, attempt)
    app.button(key=ASK).click().run()
    assert "nothing to ask about this stage as it stands" in words(app)
    assert "nothing to ask about this stage as it stands" not in words(app.run())


def test_a_question_elsewhere_is_pointed_at(
    open_page: OpenPage, workbench: Workbench, attempt: str
) -> None:
    workbench.interview.ask(attempt, StageId.DATA)
    app = at(open_page, attempt, "model")
    assert "A question in **Data and labels** waits" in words(app)
    app.button(key="go-to-question").click().run()
    assert REPLY in keys(app)


def test_a_strict_interviewer_holds_the_door_once(
    open_page: OpenPage, workbench: Workbench, attempt: str
) -> None:
    workbench.interview.take_part(attempt, Mode.STRICT)
    app = at(open_page, attempt, "model")
    onward = next(one for one in app.button if one.label == "On to Serving")
    onward.click().run()
    assert "A requirement changes" in words(app)
    app.button(key=PASS).click().run()
    assert "**A requirement has changed:**" in words(app)  # it touches this answer
    next(one for one in app.button if one.label == "On to Serving").click().run()
    assert "pass-2" in keys(app)  # the end of the stage still has its question
    next(one for one in app.button if one.label == "On to Serving").click().run()
    assert app.query_params["stage"] == "serving"


def test_the_interviewer_can_be_switched_off(
    open_page: OpenPage, workbench: Workbench, attempt: str
) -> None:
    app = at(open_page, attempt)
    app.button_group(key=f"interviewer-{attempt}").set_value(Mode.OFF).run()
    assert workbench.practice.open(attempt).interview.mode == Mode.OFF
    assert ASK not in keys(app)
    words(app)


def test_the_review_shows_the_interview_and_why_it_was_asked(
    open_page: OpenPage, workbench: Workbench, attempt: str
) -> None:
    workbench.interview.ask(attempt, StageId.DATA)
    workbench.interview.save_reply(attempt, 1, HOSTILE, 0, "tab")
    workbench.practice.submit(attempt)
    workbench.review.skip_self_review(attempt)
    app = open_page("review", attempt=attempt)
    app.button_group(key=f"look-{attempt}").set_value(StageId.DATA.title).run()
    assert "Shown, not graded" in words(app)
    assert HOSTILE in [one.value for one in app.text]
    asked = workbench.content.follow_ups(FRAUD)
    assert asked is not None
    question = asked.asked_as(workbench.practice.open(attempt).interview.said[0].question_id)
    assert question is not None
    assert question.good_reaction[0][:20] in words(app).replace("\\", "")
    assert escape(HOSTILE) not in words(app)
    app = at(open_page, attempt)
    assert HOSTILE in [one.value for one in app.text]
    assert not {ASK, REPLY, PASS} & keys(app)
