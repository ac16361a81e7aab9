"""A whole practice session, from the first page to the history, for each prompt."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from page_watch import LOST_CONNECTION, PageWatch
from pages_drawing import LABEL, TIMEOUT, DrawingPage
from pages_history import HistoryPage
from pages_practice import PracticePage
from pages_prompts import PromptsPage
from pages_review import ReviewPage
from playwright.sync_api import Page, expect
from running_app import RunningApp
from sample_answers import sample_answers

from designs.attempt_document import AttemptDocument
from designs.drawing import DesignDocument, EdgeMode
from designs.library import shipped_pack
from designs.stage import STAGES, StageId
from rubrics.library import shipped_rubric

PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class Journey:
    """What a learner does with one prompt."""

    prompt: str
    minutes: int
    question: str
    answered_by: str
    """Id of the reveal that the question finds."""
    picked: str
    """Id of a reveal taken from the list of topics."""
    rates_everything: bool


FRAUD = Journey(
    prompt="fraud-detection",
    minutes=45,
    question="How long until we know that a payment was fraud?",
    answered_by="when-we-learn",
    picked="possible-actions",
    rates_everything=True,
)
VIDEO = Journey(
    prompt="video-recommendation",
    minutes=60,
    question="What do we know about videos that were shown but not watched?",
    answered_by="what-is-logged",
    picked="what-pays",
    rates_everything=False,
)


@pytest.mark.parametrize("journey", [FRAUD, VIDEO], ids=lambda one: one.prompt)
def test_a_session_from_start_to_history(
    page: Page, own_app: RunningApp, watch: PageWatch, tmp_path: Path, journey: Journey
) -> None:
    attempt_id = starts(page, own_app, journey)
    asks_and_takes_hints(page, own_app, attempt_id, journey)
    writes_and_reloads(page, own_app, attempt_id, journey)
    writes_while_the_server_dies(page, own_app, watch, attempt_id, journey)
    writes_the_rest(page, own_app, attempt_id, journey)
    draws(page, own_app, attempt_id)
    downloads_the_drawing(page, own_app, attempt_id)
    PracticePage(page).submit()
    judges_oneself(page, own_app, attempt_id, journey)
    sees_the_evidence(page, journey)
    sees_drawings_and_numbers(page, journey)
    takes_the_report_home(page, tmp_path, journey)
    brings_the_session_in_again(page, own_app, tmp_path, attempt_id)
    finds_both_in_the_history(page, own_app, attempt_id, journey)


def starts(page: Page, app: RunningApp, journey: Journey) -> str:
    title = shipped_pack(journey.prompt).prompt.title
    PromptsPage(page).open(app.url).start(title, journey.minutes)
    practice = PracticePage(page)
    attempt_id = practice.attempt_id
    expect(practice.title).to_have_text(title)
    view = app.attempt(attempt_id)
    assert (view.prompt.id, view.budget_minutes) == (journey.prompt, journey.minutes)
    return attempt_id


def asks_and_takes_hints(page: Page, app: RunningApp, attempt_id: str, journey: Journey) -> None:
    practice, prompt = PracticePage(page), shipped_pack(journey.prompt).prompt
    answered, picked = prompt.reveal(journey.answered_by), prompt.reveal(journey.picked)
    assert answered is not None
    assert picked is not None
    practice.ask(journey.question)
    expect(practice.main).to_contain_text(" ".join(answered.answer.split()))
    practice.pick_topic(picked.topic)
    expect(practice.main).to_contain_text(" ".join(picked.answer.split()))
    hints = prompt.stage(StageId.FRAMING).hints
    for number, hint in enumerate(hints[:2], 1):
        practice.open_hint()
        expect(practice.hints).to_have_count(number)
        expect(practice.hints.last).to_contain_text(" ".join(hint.split()))
    view = app.attempt(attempt_id)
    assert view.asked == (journey.answered_by, journey.picked)
    assert view.hints[StageId.FRAMING] == 2


def writes_and_reloads(page: Page, app: RunningApp, attempt_id: str, journey: Journey) -> None:
    practice, answer = PracticePage(page), sample_answers(journey.prompt)[StageId.FRAMING]
    practice.write(answer)
    practice.type(" Then I typed this.")
    practice.expect_saved()
    assert app.answer(attempt_id, StageId.FRAMING) == f"{answer} Then I typed this."
    page.reload()
    expect(practice.editor_of(StageId.FRAMING)).to_have_value(f"{answer} Then I typed this.")
    practice.settle()
    expect(practice.hints).to_have_count(2)


def writes_while_the_server_dies(
    page: Page, app: RunningApp, watch: PageWatch, attempt_id: str, journey: Journey
) -> None:
    watch.allow(LOST_CONNECTION)
    practice, answer = PracticePage(page), sample_answers(journey.prompt)[StageId.DATA]
    practice.go_to_stage(StageId.DATA)
    practice.write(answer)
    practice.type(" The server did not hear this.")
    app.restart()
    whole = f"{answer} The server did not hear this."
    expect(practice.editor).to_have_value(whole)
    practice.expect_saved()
    assert app.answer(attempt_id, StageId.DATA) == whole


def writes_the_rest(page: Page, app: RunningApp, attempt_id: str, journey: Journey) -> None:
    practice, answers = PracticePage(page), sample_answers(journey.prompt)
    for stage in STAGES[2:]:
        practice.go_on()
        expect(practice.editor_of(stage)).to_be_visible()
        practice.settle()  # the editor of the stage before leaves with the end of the run
        expect(practice.status).to_have_count(1)
        practice.write(answers[stage])
    view = app.attempt(attempt_id)
    assert [view.answers[stage].text for stage in STAGES[2:]] == [
        answers[stage] for stage in STAGES[2:]
    ]


def draws(page: Page, app: RunningApp, attempt_id: str) -> None:
    PracticePage(page).go_to_drawing()
    drawing = DrawingPage(page)
    drawing.use_tables()
    drawing.add("API gateway")
    drawing.add("Model server")
    drawing.add("Online feature store", group="Features")
    drawing.expect_diagram(nodes=3, edges=0)
    before = drawing.diagram.get_attribute("src")
    drawing.nodes.set_text(LABEL, 1, "The scorer")
    row = drawing.connect("api-gateway", "model-server")
    drawing.edges.set_text(TIMEOUT, row, "40")
    drawing.connect("model-server", "online-feature-store")
    drawing.expect_diagram(nodes=3, edges=2)
    drawing.settle()
    assert drawing.diagram.get_attribute("src") != before
    design = app.attempt(attempt_id).drawing_reading.design
    assert [node.label for node in design.nodes] == ["", "The scorer", ""]
    assert [(edge.source, edge.target, edge.mode, edge.timeout_ms) for edge in design.edges] == [
        ("api-gateway", "model-server", EdgeMode.SYNC, 40),
        ("model-server", "online-feature-store", EdgeMode.SYNC, None),
    ]


def downloads_the_drawing(page: Page, app: RunningApp, attempt_id: str) -> None:
    drawing = DrawingPage(page)
    files = {
        label: drawing.download(drawing.button(label)).read_bytes()
        for label in ("SVG", "PNG", "Graphviz DOT", "Mermaid", "JSON")
    }
    svg, dot, mermaid = (files[one].decode() for one in ("SVG", "Graphviz DOT", "Mermaid"))
    assert "<svg" in svg
    assert "<script" not in svg
    assert files["PNG"].startswith(PNG)
    assert "digraph" in dot
    assert "flowchart" in mermaid
    for text in (svg, dot, mermaid):
        assert "The scorer" in text
        assert "40 ms" in text
    document = DesignDocument.model_validate_json(files["JSON"])
    assert document.design == app.attempt(attempt_id).drawing_reading.design


def judges_oneself(page: Page, app: RunningApp, attempt_id: str, journey: Journey) -> None:
    review, rubric = ReviewPage(page), shipped_rubric(journey.prompt)
    review.expect_rated(0)
    expect(review.score).to_have_count(0)
    criterion = rubric.stage(StageId.FRAMING)[0]
    sentence = sample_answers(journey.prompt, sentences=1)[StageId.FRAMING]
    review.rate(criterion.title, "Reasoned", sentence)
    review.save_stage()
    review.expect_rated(1)
    for rated in range(2, 7 if journey.rates_everything else 3):
        review.save_stage()
        review.expect_rated(rated)
    if journey.rates_everything:
        review.save_stage(last=True)
    else:
        review.skip()
    expect(review.score).to_contain_text("of 100")
    expect(review.own_score).to_be_visible()
    with app.workbench() as workbench:
        view = workbench.review.open(attempt_id)
    claimed = next(one for one in view.self_ratings if one.criterion_id == criterion.id)
    assert (claimed.level_id, claimed.quote) == ("reasoned", sentence)
    assert view.machine_score is not None
    assert view.machine_score.score > 20
    expect(review.score).to_have_text(f"{view.machine_score.score:.0f} of 100")


def sees_the_evidence(page: Page, journey: Journey) -> None:
    review, answers = ReviewPage(page), sample_answers(journey.prompt)
    pack = shipped_pack(journey.prompt)
    for stage in (StageId.FRAMING, StageId.SERVING):
        review.look_at(stage.title)
        expect(review.answers.first).to_contain_text(answers[stage][:40])
        marked = review.marked_texts()
        assert marked
        assert all(text in f"{answers[stage]} Then I typed this." for text in marked)
    review.show_exemplar()
    expect(review.answers.last).to_contain_text(
        " ".join(pack.exemplar.answers[StageId.SERVING].split())
    )


def sees_drawings_and_numbers(page: Page, journey: Journey) -> None:
    review, prompt = ReviewPage(page), shipped_pack(journey.prompt).prompt
    review.look_at("Drawing")
    expect(review.diagram(f"Your drawing for {prompt.title}")).to_be_visible()
    expect(review.diagram(f"The exemplar's drawing for {prompt.title}")).to_be_visible()
    review.look_at("Numbers")
    for fact in prompt.scale_card:
        expect(review.main).to_contain_text(f"{fact.label}: {fact.value}")


def takes_the_report_home(page: Page, folder: Path, journey: Journey) -> None:
    review, prompt = ReviewPage(page), shipped_pack(journey.prompt).prompt
    score = review.score.inner_text()
    files = {
        form: review.download(review.report_button(form)) for form in ("HTML", "Markdown", "JSON")
    }
    html, markdown, data = (
        files[form].read_text(encoding="utf-8") for form in ("HTML", "Markdown", "JSON")
    )
    number = score.removesuffix(" of 100")
    sentence = sample_answers(journey.prompt, sentences=1)[StageId.MODEL]
    assert f"<b>{number}</b> of 100" in html
    assert prompt.title in markdown
    assert sentence in markdown
    assert f"{json.loads(data)['score']:.0f}" == number
    saved = folder / "report.html"
    saved.write_text(html, encoding="utf-8")
    with page.context.expect_page() as opening:
        page.evaluate("window.open('about:blank')")
    report = opening.value
    report.goto(saved.as_uri())
    expect(report.get_by_role("heading", level=1)).to_have_text(prompt.title)
    expect(report.get_by_text(sentence).first).to_be_visible()
    expect(report.locator("script")).to_have_count(0)
    expect(report.locator(".diagram svg")).to_be_visible()
    expect(report.locator(".diagram svg")).to_contain_text("The scorer")
    report.close()


def brings_the_session_in_again(page: Page, app: RunningApp, folder: Path, attempt_id: str) -> None:
    review = ReviewPage(page)
    file = folder / "session.json"
    file.write_bytes(review.download(review.session_button).read_bytes())
    document = AttemptDocument.model_validate_json(file.read_bytes())
    assert document.session is not None
    assert document.session.submission_hash is not None
    review.look_at(StageId.FRAMING.title)
    first = review.judgement()
    review.go_to("Prompts")
    PromptsPage(page).bring_in(file)
    practice = PracticePage(page)
    assert practice.attempt_id != attempt_id
    expect(practice.editor).not_to_be_editable()
    practice.button("Open the review").first.click()
    expect(review.own_score).to_be_visible()
    assert review.judgement() == first


def finds_both_in_the_history(
    page: Page, app: RunningApp, attempt_id: str, journey: Journey
) -> None:
    title = shipped_pack(journey.prompt).prompt.title
    history = HistoryPage(page)
    history.go_to("History")
    expect(history.lines(title)).to_have_count(2)
    with app.workbench() as workbench:
        (newest, _) = workbench.desk.store.lines(workbench.desk.owner)
    history.delete_first()
    expect(history.toast).to_contain_text("deleted")
    expect(history.lines(title)).to_have_count(1)
    with app.workbench() as workbench:
        (left,) = workbench.desk.store.lines(workbench.desk.owner)
    assert left.header.id != newest.header.id
