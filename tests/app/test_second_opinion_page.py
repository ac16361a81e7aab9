"""The second opinion and the interviewer's voice on their pages, without a model and with one
that refuses."""

import json
from collections.abc import Iterator

import pytest
from app_pages import OpenPage
from llm_server import KEY, LlmServer, running
from model_stand_ins import say_well
from streamlit.testing.v1 import AppTest

from designs.stage import STAGES, StageId
from workbench.interview.moves import Mode
from workbench.workbench import Workbench

FRAUD = "fraud-detection"
WEAK = "We would take what there is, look at it for a while and then do what seems right to us."
KINDS = ("second-opinion", "interviewer")


@pytest.fixture
def server() -> Iterator[LlmServer]:
    with running(say_well) as started:
        started.mode = "401"
        yield started


@pytest.fixture
def attempt(workbench: Workbench) -> str:
    attempt = workbench.practice.start(FRAUD, 45)
    for stage in STAGES:
        workbench.practice.save_answer(attempt, stage, WEAK, 0, "tab")
    return attempt


@pytest.fixture
def reviewed(workbench: Workbench, attempt: str) -> str:
    workbench.practice.submit(attempt)
    workbench.review.skip_self_review(attempt)
    return attempt


def words(app: AppTest) -> str:
    assert not app.exception
    pieces = (*app.markdown, *app.caption, *app.text, *app.info, *app.warning, *app.error)
    return "\n".join(str(one.value) for one in pieces)


def press(app: AppTest, label: str) -> AppTest:
    return next(one for one in app.button if one.label == label).click().run()


def choose_model(app: AppTest, url: str, model: str = "made-up") -> AppTest:
    for key, text in (("llm-url", url), ("llm-model", model), ("llm-key", KEY)):
        app.text_input(key=key).set_value(text)
    return press(app, "Use this model")


def await_call(app: AppTest, attempt: str) -> AppTest:
    """Wait for the call that the page started, and draw the page once more."""
    workbench: Workbench = app.session_state["_workbench"]
    jobs = [workbench.jobs.find(workbench.desk.owner, attempt, kind) for kind in KINDS]
    (job,) = [one for one in jobs if one is not None]
    assert job.done.wait(20)
    return app.run()


def second_opinion(open_page: OpenPage, attempt: str) -> AppTest:
    app = open_page("review", attempt=attempt)
    return app.button_group(key=f"look-{attempt}").set_value("Second opinion").run()


def test_without_a_model_nothing_can_be_sent(open_page: OpenPage, reviewed: str) -> None:
    app = second_opinion(open_page, reviewed)
    assert "Nothing is sent anywhere" in words(app)
    assert "Ask for a second opinion" not in [one.label for one in app.button]
    assert app.text_input(key="llm-key").value == ""


@pytest.mark.parametrize(
    ("url", "model", "said"),
    [
        ("http://169.254.169.254/v1", "made-up", "link-local"),
        ("localhost", "made-up", "has to begin with https://"),
        ("http://localhost:1/v1", "", "Enter the name of a model"),
    ],
)
def test_settings_that_cannot_be_right_are_refused_at_once(
    open_page: OpenPage, reviewed: str, url: str, model: str, said: str
) -> None:
    app = choose_model(second_opinion(open_page, reviewed), url, model)
    assert said in words(app)
    assert "Ask for a second opinion" not in [one.label for one in app.button]


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        ("401", "did not accept the key; enter it again"),
        ("404", "does not know this model; check its name"),
        ("404-html", "knows neither this address nor this model (404); check the path"),
        ("redirect", "enter the final address"),
        ("half-json", "not in the agreed form, so nothing of it is used; try again or choose"),
        ("extra-id", "judged other criteria than it was asked about"),
    ],
)
def test_what_is_wrong_with_a_server_is_told_once_with_the_way_to_mend_it(
    open_page: OpenPage, reviewed: str, server: LlmServer, mode: str, said: str
) -> None:
    server.mode = mode
    app = choose_model(second_opinion(open_page, reviewed), server.base_url)
    assert "What leaves this computer, and to where." in words(app)
    assert server.requests == []  # said before anything is sent
    press(app, "Ask for a second opinion")
    await_call(app, reviewed)
    (warning,) = [str(one.value) for one in app.warning if said in str(one.value)]
    assert warning.startswith(", ".join(stage.title for stage in STAGES))
    assert [one.value for one in app.error] == []
    assert KEY not in words(app)
    assert server.requests


def test_the_interviewer_speaks_through_a_model_only_when_chosen(
    open_page: OpenPage, workbench: Workbench, attempt: str, server: LlmServer
) -> None:
    server.mode = "ok"
    app = open_page("practice", attempt=attempt, stage="data")
    assert not [one for one in app.text_input if one.key == "llm-url"]
    app.toggle(key="interviewer-voice").set_value(True).run()
    assert "Nothing is sent anywhere" in words(app)
    choose_model(app, server.base_url)
    assert f"({len(WEAK)} characters now)" in words(app)
    assert server.requests == []
    app.button(key="ask-me-data").click().run()
    await_call(app, attempt)
    (exchange,) = workbench.practice.open(attempt).interview.said
    assert exchange.wording.startswith("Let us stay with that for a moment.")
    assert "Asked of the model: 1 request" in words(app)
    assert "reply-1" in [one.key for one in app.button]
    assert len(server.requests) == 1


def test_a_strict_interviewer_holds_the_door_until_the_model_has_spoken(
    open_page: OpenPage, workbench: Workbench, attempt: str, server: LlmServer
) -> None:
    server.mode = "ok"
    workbench.interview.take_part(attempt, Mode.STRICT)
    app = open_page("practice", attempt=attempt, stage="data")
    app.toggle(key="interviewer-voice").set_value(True).run()
    choose_model(app, server.base_url)
    press(app, "On to Features")
    await_call(app, attempt)
    assert app.query_params["stage"] == "data"
    assert "Let us stay with that for a moment" in words(app)
    app.button(key="pass-1").click().run()
    await_call(app, attempt)
    press(app, "On to Features")
    assert app.query_params["stage"] == "features"


def test_a_model_that_fails_leaves_the_interviewer_its_own_words(
    open_page: OpenPage, workbench: Workbench, attempt: str, server: LlmServer
) -> None:
    app = open_page("practice", attempt=attempt, stage="data")
    app.toggle(key="interviewer-voice").set_value(True).run()
    choose_model(app, server.base_url)
    app.button(key="ask-me-data").click().run()
    await_call(app, attempt)
    (exchange,) = workbench.practice.open(attempt).interview.said
    follow_ups = workbench.content.follow_ups(FRAUD)
    assert follow_ups is not None
    question = follow_ups.asked_as(exchange.question_id)
    assert question is not None
    assert exchange.wording == question.wording
    assert "goes on in the words as written. The server did not accept the key" in words(app)
    assert WEAK in json.dumps(server.requests[0][2])
    assert exchange.stage == StageId.DATA
