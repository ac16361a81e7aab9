"""A whole review with a language model, then with the network gone."""

import json
from collections.abc import Callable

from llm_server import KEY, running
from model_stand_ins import say_well
from pages_practice import PracticePage
from pages_second_opinion import SecondOpinionPage
from playwright.sync_api import Page, expect
from running_app import RunningApp
from sample_answers import sample_answers

from designs.stage import StageId
from workbench.exchange import document_json, export_attempt

WEAK = "Disputes take 60 days, so we use older payments, split at random, and train on most."


def submitted(app: RunningApp) -> str:
    with app.workbench() as workbench:
        attempt_id = workbench.practice.start("fraud-detection", 45)
        for stage, text in sample_answers("fraud-detection").items():
            workbench.practice.save_answer(attempt_id, stage, text, 0, "test")
        workbench.practice.submit(attempt_id)
        workbench.review.skip_self_review(attempt_id)
    return attempt_id


def exported(app: RunningApp, attempt_id: str) -> str:
    with app.workbench() as workbench:
        return document_json(export_attempt(workbench.desk, attempt_id))


def test_an_interviewer_speaks_while_one_goes_on_writing(
    page: Page, make_app: Callable[..., RunningApp]
) -> None:
    app = make_app()
    with app.workbench() as workbench:
        attempt_id = workbench.practice.start("fraud-detection", 45)
        workbench.practice.save_answer(attempt_id, StageId.DATA, WEAK, 0, "test")
    practice = PracticePage(page)
    practice.open(app.url, attempt_id, "data")
    with running(say_well) as server:
        practice.button("Voice: as written").click()
        page.get_by_text("A language model puts the questions into words").click()
        for label, text in (("Server address", server.base_url), ("Model", "made-up")):
            practice.main.get_by_label(label, exact=True).fill(text)
        practice.button("Use this model").click()
        expect(practice.main).to_contain_text(f"({len(WEAK)} characters now)")
        server.mode = "hang"
        practice.ask_me()
        expect(practice.main.get_by_text("The interviewer is thinking")).to_be_visible()
        practice.write(f"{WEAK} Then we look.")  # and it is saved while the call runs
        assert app.answer(attempt_id, StageId.DATA) == f"{WEAK} Then we look."
        expect(practice.main.get_by_text("The interviewer is thinking")).to_be_visible()
        practice.button("Do not wait").click()
        expect(practice.reply).to_be_visible()
        server.mode = "ok"
        practice.reply.fill("Hard to say.")
        practice.button("Reply").click()
        expect(practice.main).to_contain_text("Let us stay with that for a moment.")
    first, probe = app.attempt(attempt_id).interview.said
    assert (first.reply, first.outcome) == ("Hard to say.", "answered")
    assert not first.wording.startswith("Let us stay")
    assert (probe.kind, probe.question_id) == ("probe", first.question_id)
    practice.expect_no_traceback()


def test_ask_argue_be_coached_and_lose_the_network(
    page: Page, make_app: Callable[..., RunningApp]
) -> None:
    app = make_app()
    attempt_id = submitted(app)
    review = SecondOpinionPage(page)
    review.open(app.url, attempt_id)
    score = review.score.inner_text()
    review.look_at("Second opinion")
    expect(review.main.get_by_text("Nothing is sent anywhere")).to_be_visible()
    with running(say_well) as server:
        review.choose_model("http://169.254.169.254/v1", KEY)
        expect(review.main.get_by_text("link-local")).to_be_visible()
        review.choose_model(server.base_url, KEY, test=True)
        expect(review.main.get_by_text("The model answered in")).to_be_visible()
        assert "chargeback" not in json.dumps(server.requests)  # a test sends no answer
        review.choose_stage("Framing")
        expect(review.main).to_contain_text("To 127.0.0.1: your answers (Framing;")
        asked_before = len(server.requests)

        server.mode = "hang"
        review.ask()
        expect(review.main.get_by_text("The model is reading")).to_be_visible()
        review.look_at("Data and labels")  # the page stays usable while a call runs
        expect(review.answers).to_have_count(1)
        review.look_at("Second opinion")
        review.button("Cancel").click()
        expect(review.main.get_by_text("You cancelled the call")).to_be_visible()

        server.mode = "ok"
        review.ask()
        expect(review.main.get_by_text("the two differ on")).to_be_visible()
        expect(review.main.get_by_text("900 tokens in, 100 out")).to_be_visible()
        assert len(server.requests) == asked_before + 2
        assert review.score.inner_text() == score

        review.argue("Names the decision", "Neither, in my words", "It depends on the queue.")
        review.be_coached()
        expect(review.main.get_by_text("Say who acts on the score.")).to_be_visible()
        expect(review.main.get_by_text("not in your answer: 70000")).to_be_visible()
        review.look_at("Framing")
        review.look_at("Second opinion")  # what the coach said is still there
        expect(review.main.get_by_text("not in your answer: 70000")).to_be_visible()

    review.be_coached()  # the server is gone now
    expect(review.main.get_by_text("could not be reached")).to_be_visible()
    review.choose_stage("Data and labels")
    review.ask()
    expect(review.main.get_by_text("could not be reached").first).to_be_visible()
    assert review.score.inner_text() == score
    review.look_at("Framing")
    expect(review.marks).not_to_have_count(0)
    review.expect_no_traceback()

    document = json.loads(exported(app, attempt_id))
    (argument,) = document["session"]["arguments"]
    assert (argument["outcome"], argument["words"]) == ("own-words", "It depends on the queue.")
    assert KEY not in exported(app, attempt_id)
    assert KEY not in app.log
    assert sample_answers("fraud-detection")[StageId.FRAMING][:40] not in app.log
    stored = b"".join(one.read_bytes() for one in app.data_dir.iterdir() if one.is_file())
    assert KEY.encode() not in stored
