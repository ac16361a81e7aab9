"""Every page, run in process: what it shows, what it records, and what it says when it cannot."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from app_pages import ROOT, OpenPage
from streamlit.testing.v1 import AppTest

from components.review.self_review import sentences_of
from designs.stage import STAGES, StageId
from rubrics.assessment import AnswerEvidence, DoubtfulAnswer
from rubrics.grader import GradingTask
from rubrics.graders.offline import OfflineGrader
from workbench.exchange import import_attempt
from workbench.practice import Practice
from workbench.workbench import Workbench

FRAUD, VIDEO = "fraud-detection", "video-recommendation"
PAGES = ("prompts", "practice", "load_test", "review", "history", "about")


def brought_in(workbench: Workbench, prompt: str, document: str = "exemplar.yaml") -> str:
    path = ROOT / "designs" / "prompts" / prompt / document
    return import_attempt(workbench.desk, path.read_bytes(), path.name)


def submitted(workbench: Workbench, prompt: str, document: str = "exemplar.yaml") -> str:
    attempt = brought_in(workbench, prompt, document)
    workbench.practice.submit(attempt)
    return attempt


def said(app: AppTest) -> str:
    """Return everything that the page says in words."""
    pieces = (*app.title, *app.header, *app.subheader, *app.markdown, *app.caption, *app.text)
    notes = (*app.error, *app.warning, *app.info, *app.success)
    return "\n".join(str(one.value) for one in (*pieces, *notes))


def drawn(app: AppTest) -> list[str]:
    """Return the HTML pieces of the page."""
    return [one.proto.body for one in app.get("html")]


def fine(app: AppTest) -> AppTest:
    assert not app.exception
    assert [one.value for one in app.error] == []
    return app


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_on_an_empty_store(open_page: OpenPage, page: str) -> None:
    assert fine(open_page(page)).title


def test_starting_a_session_opens_it(open_page: OpenPage, workbench: Workbench) -> None:
    app = open_page("prompts")
    app.button_group(key=f"length-{VIDEO}").set_value(60).run()
    app.button(key=f"start-{VIDEO}").click().run()
    assert fine(app).title[0].value == workbench.content.prompt(VIDEO).title
    view = workbench.practice.open(app.query_params["attempt"])
    assert (view.prompt.id, view.budget_minutes) == (VIDEO, 60)


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_asks_its_question(
    open_page: OpenPage, workbench: Workbench, stage: StageId
) -> None:
    attempt = workbench.practice.start(FRAUD, 45)
    app = fine(open_page("practice", attempt=attempt, stage=stage.value))
    assert workbench.content.prompt(FRAUD).stage(stage).question.strip() in said(app)
    assert workbench.practice.open(attempt).last_stage == stage


def test_a_question_in_words_is_answered_and_recorded(
    open_page: OpenPage, workbench: Workbench
) -> None:
    attempt = workbench.practice.start(FRAUD, 45)
    app = open_page("practice", attempt=attempt)
    app.text_input(key=f"ask-{attempt}").set_value("How long does a chargeback take?").run()
    assert "half of them reach us within three" in " ".join(said(fine(app)).split())
    assert workbench.practice.open(attempt).asked == ("when-we-learn",)


def test_a_question_that_nobody_can_answer_records_nothing(
    open_page: OpenPage, workbench: Workbench
) -> None:
    attempt = workbench.practice.start(FRAUD, 45)
    app = open_page("practice", attempt=attempt)
    app.text_input(key=f"ask-{attempt}").set_value("Which football club do you like?").run()
    assert "Make an assumption" in said(fine(app))
    assert workbench.practice.open(attempt).asked == ()


def test_topics_and_hints_are_recorded(open_page: OpenPage, workbench: Workbench) -> None:
    attempt = workbench.practice.start(FRAUD, 45)
    app = open_page("practice", attempt=attempt)
    app.button(key="topic-people-who-review").click().run()
    app.button(key="hint-framing").click().run()
    app.button(key="hint-framing").click().run()
    view = workbench.practice.open(attempt)
    assert view.asked == ("people-who-review",)
    assert view.hints[StageId.FRAMING] == 2
    prompt = workbench.content.prompt(FRAUD)
    assert prompt.stage(StageId.FRAMING).hints[1] in said(fine(app))


def test_the_rail_leads_to_a_stage_and_the_address_follows(
    open_page: OpenPage, workbench: Workbench
) -> None:
    attempt = workbench.practice.start(FRAUD, 45)
    app = open_page("practice", attempt=attempt)
    app.button(key="rail-serving").click().run()
    assert fine(app).query_params["stage"] == "serving"
    assert app.header[0].value == "Serving"


def test_a_node_of_the_palette_is_saved(open_page: OpenPage, workbench: Workbench) -> None:
    attempt = workbench.practice.start(FRAUD, 45)
    app = open_page("practice", attempt=attempt, stage="drawing")
    app.button_group(key=f"way-to-draw-{attempt}").set_value("Tables").run()
    app.button(key="add-api-gateway").click().run()
    app.button(key="add-api-gateway").click().run()
    view = workbench.practice.open(attempt)
    assert [node.id for node in view.drawing_reading.design.nodes] == [
        "api-gateway",
        "api-gateway-2",
    ]
    fine(app)


def test_unfinished_rows_say_what_they_need(open_page: OpenPage, workbench: Workbench) -> None:
    attempt = brought_in(workbench, FRAUD)
    view = workbench.practice.open(attempt)
    broken = view.drawing.model_copy(update={"edges": ({"source": "gateway", "target": "moon"},)})
    workbench.practice.save_drawing(attempt, broken, view.drawing_revision, "tests")
    app = open_page("practice", attempt=attempt, stage="drawing")
    assert "there is no finished node" in said(app).replace("\\", "")


def test_submission_is_confirmed_first(open_page: OpenPage, workbench: Workbench) -> None:
    attempt = workbench.practice.start(FRAUD, 45)
    app = open_page("practice", attempt=attempt)
    app.button(key="submit-rail").click().run()
    assert "Still empty" in said(fine(app))
    assert "Nothing is drawn yet" in said(app)
    assert not workbench.practice.open(attempt).submitted


def test_what_is_submitted_no_longer_changes(open_page: OpenPage, workbench: Workbench) -> None:
    attempt = submitted(workbench, FRAUD)
    app = fine(open_page("practice", attempt=attempt))
    keys = {one.key for one in app.button}
    assert "to-review-rail" in keys
    assert not {key for key in keys if key and key.startswith(("hint-", "topic-", "submit-"))}
    drawing = fine(open_page("practice", attempt=attempt, stage="drawing"))
    assert not {one.key for one in drawing.button if (one.key or "").startswith("add-")}


def test_the_self_review_comes_first_and_the_score_after_it(
    open_page: OpenPage, workbench: Workbench
) -> None:
    attempt = submitted(workbench, FRAUD)
    app = fine(open_page("review", attempt=attempt))
    assert not app.metric
    criterion = workbench.content.rubric(FRAUD).stage(StageId.FRAMING)[0]
    app.radio(key=f"level-{criterion.id}").set_value("reasoned")
    sentence = app.selectbox(key=f"quote-{criterion.id}").options[1]
    app.selectbox(key=f"quote-{criterion.id}").set_value(sentence)
    next(one for one in app.button if one.label == "Save and go on").click().run()
    rating = workbench.review.open(attempt).self_ratings[0]
    assert (rating.criterion_id, rating.level_id) == (criterion.id, "reasoned")
    assert rating.quote == sentence
    next(one for one in app.button if one.label.startswith("Skip")).click().run()
    assert fine(app).metric[0].value.endswith("of 100")
    assert "You gave yourself" in said(app)


def test_every_part_of_a_review_opens(open_page: OpenPage, workbench: Workbench) -> None:
    attempt = submitted(workbench, VIDEO, "flawed-textbook-two-tower.yaml")
    workbench.review.skip_self_review(attempt)
    app = open_page("review", attempt=attempt)
    for place in (*(stage.title for stage in STAGES), "Drawing", "Numbers"):
        app.button_group(key=f"look-{attempt}").set_value(place).run()
        fine(app)
    assert "Scale card" in [one.value for one in app.subheader]


def doubted(workbench: Workbench, attempt: str, stage: StageId, count: int) -> list[str]:
    """Have the grader's result say that an answer is mistaken, and return the sentences."""
    workbench.review.skip_self_review(attempt)
    stored = workbench.desk.store.load(workbench.desk.owner, attempt)
    assert stored.submission is not None
    answer = stored.submission.answers[stage]
    quotes = [one for one in sentences_of(answer) if one.strip()][:count]
    evidence = tuple(
        AnswerEvidence(
            stage=stage, start=answer.index(one), end=answer.index(one) + len(one), quote=one
        )
        for one in quotes
    )
    task = GradingTask(
        submission=stored.submission,
        rubric=workbench.content.rubric(FRAUD),
        prompt=workbench.content.prompt(FRAUD),
        assessment_id="doubting",
        graded_at=workbench.desk.now(),
    )
    verdict = DoubtfulAnswer(stage=stage, chance=0.83, evidence=evidence)
    assessment = OfflineGrader().grade(task).model_copy(update={"doubtful": (verdict,)})
    workbench.desk.store.record_assessment(workbench.desk.owner, attempt, assessment)
    return quotes


def test_an_answer_that_reads_as_mistaken_says_so_with_its_sentences(
    open_page: OpenPage, workbench: Workbench
) -> None:
    attempt = submitted(workbench, FRAUD)
    quotes = doubted(workbench, attempt, StageId.DATA, 2)
    app = open_page("review", attempt=attempt)
    looks = app.button_group(key=f"look-{attempt}")
    fine(looks.set_value(StageId.DATA.title).run())
    assert "Reads as mistaken" in said(app)
    assert "limits the stage to 1.5 of 4" in said(app)
    assert "trust your own reading" in said(app)
    shown = [one.value for one in app.text]
    for quote in quotes:
        assert f"“{quote}”" in shown
    (answer,) = (one for one in drawn(app) if "dr-answer" in one and "<mark" in one)
    marks = re.findall(r'<mark class="against">[^<]*<sup>(!|!,[0-9,]+)</sup></mark>', answer)
    assert len(marks) == len(quotes)
    fine(app.toggle(key="exemplar-data").set_value(True).run())
    assert "Reads as mistaken" in said(app)


def test_only_the_doubtful_stage_reads_as_mistaken(
    open_page: OpenPage, workbench: Workbench
) -> None:
    attempt = submitted(workbench, FRAUD)
    doubted(workbench, attempt, StageId.DATA, 1)
    app = open_page("review", attempt=attempt)
    for stage in STAGES:
        app.button_group(key=f"look-{attempt}").set_value(stage.title).run()
        assert ("Reads as mistaken" in said(fine(app))) == (stage == StageId.DATA)


def test_history_shows_trends_after_two_scored_sessions(
    open_page: OpenPage, workbench: Workbench
) -> None:
    for prompt in (FRAUD, VIDEO):
        attempt = submitted(workbench, prompt)
        workbench.review.skip_self_review(attempt)
        workbench.review.open(attempt)
    app = fine(open_page("history"))
    assert "After two scored sessions" not in said(app)
    assert app.multiselect[0].value == list(STAGES)


def test_a_session_is_deleted_only_on_purpose(open_page: OpenPage, workbench: Workbench) -> None:
    attempt = workbench.practice.start(FRAUD, 45)
    app = open_page("history")
    assert app.button(key=f"delete-{attempt}").disabled
    app.checkbox(key=f"sure-{attempt}").check().run()
    app.button(key=f"delete-{attempt}").click().run()
    assert workbench.desk.store.lines(workbench.desk.owner) == ()
    assert "No sessions yet" in said(fine(app))


def test_what_a_button_meets_is_said_once_above_the_page(
    open_page: OpenPage, workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> int:
        raise KeyError("words of a learner")

    attempt = workbench.practice.start(FRAUD, 45)
    app = fine(open_page("practice", attempt=attempt, stage="framing"))
    monkeypatch.setattr(Practice, "open_hint", fails)
    app.button(key="hint-framing").click().run()
    (error,) = app.error
    assert "while trying to open a hint" in error.value
    assert "learner" not in error.value
    assert [one.value for one in app.toast] == ["That did not work; the top of the page says why."]
    assert app.header[0].value == "Framing"
    assert not fine(app.run()).toast


@pytest.mark.parametrize("page", ["practice", "review"])
@pytest.mark.parametrize(
    "attempt", ["no-such-attempt-at-all", "../../etc/passwd", "<b>x</b>", "💥"]
)
def test_an_unknown_address_gets_one_clear_message(
    open_page: OpenPage, page: str, attempt: str
) -> None:
    app = open_page(page, attempt=attempt)
    assert not app.exception
    assert len(app.error) == 1
    assert "session" in app.error[0].value
    assert attempt not in app.error[0].value


@pytest.mark.parametrize("page", ["practice", "review"])
def test_somebody_elses_session_cannot_be_told_from_none(
    open_page: OpenPage, workbench: Workbench, page: str, tmp_path: Path
) -> None:
    theirs = Practice(replace(workbench.desk, owner="somebody-else")).start(FRAUD, 45)
    unknown = open_page(page, attempt="no-such-attempt-at-all").error[0].value
    assert open_page(page, attempt=theirs).error[0].value == unknown


def test_a_stage_that_does_not_exist_opens_where_one_left(
    open_page: OpenPage, workbench: Workbench
) -> None:
    attempt = workbench.practice.start(FRAUD, 45)
    workbench.practice.enter(attempt, StageId.MODEL)
    app = fine(open_page("practice", attempt=attempt, stage="<script>"))
    assert app.header[0].value == "Model"


def test_a_review_before_submission_says_what_to_do(
    open_page: OpenPage, workbench: Workbench
) -> None:
    app = open_page("review", attempt=workbench.practice.start(FRAUD, 45))
    assert not app.exception
    assert "not submitted yet" in app.error[0].value


def test_a_failure_shows_a_reference_and_logs_no_text(
    open_page: OpenPage,
    workbench: Workbench,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    words = "the learner's own words"

    def fails(*_: object) -> None:
        raise RuntimeError(words)

    attempt = workbench.practice.start(FRAUD, 45)
    monkeypatch.setattr("workbench.practice.Practice.open", fails)
    app = open_page("practice", attempt=attempt)
    assert not app.exception
    message = app.error[0].value
    reference = message.rsplit("reference ", 1)[1].rstrip(".")
    assert words not in message
    assert reference in caplog.text
    assert words not in caplog.text
