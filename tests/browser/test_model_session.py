"""A whole session with a language model, and one more after its server is gone."""

import json
import re

from llm_server import KEY, LlmServer, running
from model_stand_ins import say_well
from pages_model import ModelFields
from pages_practice import PracticePage
from pages_prompts import PromptsPage
from pages_second_opinion import SecondOpinionPage
from playwright.sync_api import Page, expect
from running_app import RunningApp
from sample_answers import sample_answers

from designs.library import shipped_pack
from designs.stage import STAGES, StageId
from rubrics.library import shipped_rubric
from workbench.exchange import document_json, export_attempt

FRAUD = "fraud-detection"
TITLE = shipped_pack(FRAUD).prompt.title
WEAK = "Disputes take 60 days, so we use older payments, split at random, and train on most."
ANSWERS = {**sample_answers(FRAUD), StageId.DATA: f"{WEAK} Then we look."}
VAGUE, SOUND = "Hard to say.", "I would cut by date and leave a gap of some weeks."
ASKED = "Where are they in your split?"
GONE = re.compile("could not be reached|left alone")


def test_a_session_with_a_model_and_one_after_it_is_gone(
    page: Page, shared_app: RunningApp
) -> None:
    PromptsPage(page).open(shared_app.url)
    with running(say_well) as server:
        first = begins(page, shared_app)
        chooses_a_model(page, server)
        writes_on_while_it_hangs(page, shared_app, server, first)
        is_heard(page, shared_app, server, first)
        PracticePage(page).submit()
        score = judges_oneself(page)
        cancels_a_call(page, server)
        asks_argues_and_is_coached(page, server)
    told = exported(shared_app, first)
    asks_in_vain(page)
    argues_without_the_server(page, shared_app, first, told)
    PromptsPage(page).go_to("Prompts")
    second = begins(page, shared_app)
    is_asked_as_written(page, shared_app, second)
    PracticePage(page).submit()
    review = SecondOpinionPage(page)
    review.skip()
    expect(review.score).to_have_text(score)
    review.look_at("Second opinion")
    asks_in_vain(page)
    expect(review.score).to_have_text(score)
    review.look_at("Framing")
    expect(review.marks).not_to_have_count(0)
    review.expect_no_traceback()
    neither_key_nor_answer_lies_about(shared_app, exported(shared_app, first, second))


def begins(page: Page, app: RunningApp) -> str:
    """Start a session and go to the stage about the data; the other answers are there already."""
    PromptsPage(page).start(TITLE, 45)
    practice = PracticePage(page)
    attempt_id = practice.attempt_id
    expect(practice.editor_of(StageId.FRAMING)).to_be_visible()
    with app.workbench() as workbench:
        for stage in STAGES:
            text = WEAK if stage == StageId.DATA else ANSWERS[stage]
            workbench.practice.save_answer(attempt_id, stage, text, 0, "test")
    practice.go_to_stage(StageId.DATA)
    expect(practice.editor).to_have_value(WEAK)
    return attempt_id


def chooses_a_model(page: Page, server: LlmServer) -> None:
    practice, fields = PracticePage(page), ModelFields(page)
    practice.let_a_model_speak()
    expect(practice.main.get_by_text("Nothing is sent anywhere")).to_be_visible()
    fields.choose("http://169.254.169.254/v1", KEY)
    expect(practice.errors).to_contain_text("link-local")
    server.mode = "401"
    fields.choose(server.base_url, KEY, test=True)
    expect(practice.errors).to_contain_text("did not accept the key; enter it again")
    server.mode = "ok"
    fields.choose(server.base_url, KEY, test=True)
    expect(practice.main.get_by_text("The model answered in")).to_be_visible()
    assert WEAK not in json.dumps(server.requests)  # a test sends no answer
    expect(practice.main).to_contain_text(f"({len(WEAK)} characters now)")


def writes_on_while_it_hangs(
    page: Page, app: RunningApp, server: LlmServer, attempt_id: str
) -> None:
    practice = PracticePage(page)
    server.mode = "hang"
    practice.ask_me()
    expect(practice.thinking).to_be_visible()
    practice.write(ANSWERS[StageId.DATA])  # and it is saved while the call runs
    assert app.answer(attempt_id, StageId.DATA) == ANSWERS[StageId.DATA]
    expect(practice.thinking).to_be_visible()
    practice.button("Do not wait").click()
    expect(practice.reply).to_be_visible()
    expect(practice.main).to_contain_text(ASKED)


def is_heard(page: Page, app: RunningApp, server: LlmServer, attempt_id: str) -> None:
    """A reply that says little is probed, one to the point is heard; both in the model's words."""
    practice = PracticePage(page)
    server.mode = "ok"
    practice.send_reply(VAGUE)
    expect(practice.main).to_contain_text("Let us stay with that for a moment.")
    practice.send_reply(SOUND)
    expect(practice.main).to_contain_text("I hear you.")
    said = app.attempt(attempt_id).interview.said
    assert [one.kind for one in said] == ["follow-up", "probe", "remark"]
    assert [one.reply for one in said[:2]] == [VAGUE, SOUND]
    assert not said[0].wording.startswith("Let us stay")


def judges_oneself(page: Page) -> str:
    """Rate one stage and skip the others; return the score."""
    review = SecondOpinionPage(page)
    review.expect_rated(0)
    criterion = shipped_rubric(FRAUD).stage(StageId.FRAMING)[0]
    sentence = sample_answers(FRAUD, sentences=1)[StageId.FRAMING]
    review.rate(criterion.title, "Named", sentence)
    review.save_stage()
    review.expect_rated(1)
    review.skip()
    expect(review.score).to_contain_text("of 100")
    expect(review.own_score).to_be_visible()
    review.look_at(StageId.DATA.title)
    expect(review.main).to_contain_text("I hear you.")
    return review.score.inner_text()


def cancels_a_call(page: Page, server: LlmServer) -> None:
    review = SecondOpinionPage(page)
    review.look_at("Second opinion")
    review.choose_stage("Framing")
    expect(review.main).to_contain_text("To 127.0.0.1: your answers (Framing;")
    server.mode = "hang"
    review.ask()
    expect(review.main.get_by_text("The model is reading")).to_be_visible()
    review.look_at("Features")  # the page stays usable while a call runs
    expect(review.answers).to_have_count(1)
    review.look_at("Second opinion")
    review.button("Cancel").click()
    expect(review.main.get_by_text("You cancelled the call")).to_be_visible()


def asks_argues_and_is_coached(page: Page, server: LlmServer) -> None:
    review = SecondOpinionPage(page)
    score, sent = review.score.inner_text(), len(server.requests)
    server.mode = "ok"
    review.ask()
    expect(review.main.get_by_text("the two differ on")).to_be_visible()
    expect(review.main.get_by_text("900 tokens in, 100 out")).to_be_visible()
    assert len(server.requests) == sent + 1
    assert review.score.inner_text() == score
    review.argue("Names the decision", "Neither, in my words", "It depends on the queue.")
    review.be_coached()
    expect(review.main.get_by_text("Say who acts on the score.")).to_be_visible()
    expect(review.main.get_by_text("not in your answer: 70000")).to_be_visible()
    review.look_at("Framing")
    review.look_at("Second opinion")  # what the coach said is still there
    expect(review.main.get_by_text("not in your answer: 70000")).to_be_visible()


def asks_in_vain(page: Page) -> None:
    """Each of the two says once that the server is gone."""
    review = SecondOpinionPage(page)
    gone = review.warnings.filter(has_text=GONE)
    review.choose_stage("Framing")
    review.be_coached()
    expect(gone).to_have_count(1)
    review.choose_stage("All stages")
    expect(gone).to_have_count(0)
    review.ask()
    expect(gone).to_have_count(1)


def argues_without_the_server(page: Page, app: RunningApp, attempt_id: str, told: str) -> None:
    """What was said is still there, the score too, and arguing needs no model."""
    review = SecondOpinionPage(page)
    review.choose_stage("Framing")
    expect(review.main.get_by_text("It depends on the queue.")).to_be_visible()
    review.argue("Names the decision", "The score is right", "The queue is not in it.")
    before, now = (json.loads(one)["session"] for one in (told, exported(app, attempt_id)))
    (first,), (_, second) = (one.pop("arguments") for one in (before, now))
    assert (first["outcome"], first["words"]) == ("own-words", "It depends on the queue.")
    assert (second["outcome"], second["words"]) == ("offline", "The queue is not in it.")
    assert now == before


def is_asked_as_written(page: Page, app: RunningApp, attempt_id: str) -> None:
    practice = PracticePage(page)
    gone = practice.warnings.filter(has_text=GONE)
    practice.write(ANSWERS[StageId.DATA])
    practice.ask_me()
    expect(practice.main).to_contain_text(ASKED)
    expect(gone).to_have_count(1)
    practice.send_reply(SOUND)
    expect(practice.reply).to_have_count(0)
    expect(practice.button("Ask me one more")).to_be_visible()
    expect(gone).to_have_count(1)
    (exchange,) = app.attempt(attempt_id).interview.said
    assert (exchange.reply, exchange.outcome) == (SOUND, "answered")


def exported(app: RunningApp, *attempt_ids: str) -> str:
    with app.workbench() as workbench:
        return "\n".join(document_json(export_attempt(workbench.desk, one)) for one in attempt_ids)


def neither_key_nor_answer_lies_about(app: RunningApp, documents: str) -> None:
    assert KEY not in documents
    assert KEY not in app.log
    assert not [text for text in (*ANSWERS.values(), VAGUE, SOUND) if text[:40] in app.log]
    stored = b"".join(one.read_bytes() for one in app.data_dir.iterdir() if one.is_file())
    assert KEY.encode() not in stored
