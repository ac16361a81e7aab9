"""Reports: one value that holds everything that was judged, the same bytes in every format."""

import json
from html import unescape
from typing import Any

import pytest
from desks import FRAUD, Clock
from doubting import CHANCE
from made_reports import ATTACKS, plainly_interviewed, report_on
from report_pages import Page

from designs.attempt_document import SelfRating
from designs.exporters import RenderError
from designs.inspections import INSPECTIONS
from designs.stage import STAGES, StageId
from designs.transcript import Exchange
from rubrics.assessment import Unscored, UnscoredReason
from rubrics.graders.offline import OfflineGrader
from workbench.content import Content
from workbench.desk import Desk
from workbench.practice import Practice
from workbench.reports import FORMATS, Judgements, Report, build_report, report_of, write_report
from workbench.reports import report as report_module
from workbench.reports.markdown import quoted
from workbench.reports.second import UNOFFICIAL
from workbench.review import Review
from workbench.scoring import score_document

# --- the value --------------------------------------------------------------------------


def test_a_report_holds_everything_that_was_judged(content: Content, exemplary: Report) -> None:
    rubric = content.rubric(FRAUD)
    assert [stage.id for stage in exemplary.stages] == list(STAGES)
    found = [one.id for stage in exemplary.stages for one in stage.criteria]
    assert found == [one.id for one in rubric.criteria]
    assert exemplary.score is not None
    assert exemplary.score >= 80
    assert exemplary.design == content.exemplar(FRAUD).design
    assert exemplary.rubric_hash == rubric.content_hash()
    assert "not a hiring decision" in exemplary.honesty


def test_quotes_are_the_learners_own_words(hostile: Report) -> None:
    quotes = [
        (stage.answer, quote)
        for stage in hostile.stages
        for one in stage.criteria
        for quote in (*one.quotes, *one.against)
    ]
    assert all(quote in answer for answer, quote in quotes)
    assert any(attack in quote for attack in ATTACKS for _, quote in quotes)  # the test bites


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_shows_what_the_drawing_earned_and_what_speaks_against_it(
    content: Content, form: str
) -> None:
    report = report_on(content, content.packs[FRAUD].flawed["flawed-slow-and-blind"])
    text = unescape(write_report(report, form).decode())
    smell = INSPECTIONS["gpu-without-relief"]
    way = '"is_path": true' if form == "json" else "decision → decisions → lake"
    for words in (way, f"{smell.code}", "Neither fallback nor cache", "a smaller model"):
        assert words in text
    assert "a smaller model" in smell.mend


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    ("is_flawed", "says", "verdict", "reason"),
    [
        (False, "The load test supports it", "MET", "the objective allows 1 %"),
        (True, "The load test speaks against it", "MISSED", "the objective allows 1 %"),
    ],
    ids=["met", "missed"],
)
def test_every_format_shows_what_the_load_test_found(
    content: Content, form: str, is_flawed: bool, says: str, verdict: str, reason: str
) -> None:
    pack = content.packs[FRAUD]
    shown = pack.flawed["flawed-slow-and-blind"] if is_flawed else pack.exemplar
    text = unescape(write_report(report_on(content, shown), form).decode())
    if form == "json":
        says, verdict = "load_test_against" if is_flawed else "load_test", f'"verdict": "{verdict}"'
    for words in (says, verdict, reason, "seed 0"):
        assert words in text


def test_a_doubtful_answer_is_reported_with_its_sentences(
    doubted: Report, exemplary: Report
) -> None:
    for stage in doubted.stages:
        assert stage.doubt is not None
        assert stage.doubt.chance == CHANCE
        assert len(stage.doubt.quotes) == 3
        assert all(quote in stage.answer for quote in stage.doubt.quotes)
        assert stage.score is not None
        assert stage.score <= 1.5
    quotes = [quote for one in doubted.stages if one.doubt for quote in one.doubt.quotes]
    assert any(attack in quote for attack in ATTACKS for quote in quotes)  # the tests below bite
    assert [one for one in exemplary.stages if one.doubt] == []


def test_every_format_shows_the_sentences_of_a_doubtful_answer(
    doubted: Report, exemplary: Report
) -> None:
    quotes = [quote for one in doubted.stages if one.doubt for quote in one.doubt.quotes]
    page = Page().read(write_report(doubted, "html").decode())
    assert page.text.count("Reads as mistaken") == len(STAGES)
    without_answers = doubted.model_copy(
        update={"stages": tuple(one.model_copy(update={"answer": ""}) for one in doubted.stages)}
    )
    bare = Page().read(write_report(without_answers, "html").decode()).text
    assert all(quote.replace("\r", "") in bare for quote in quotes)
    found = json.loads(write_report(doubted, "json"))["stages"]
    assert [quote for one in found for quote in one["doubt"]["quotes"]] == quotes
    text = write_report(without_answers, "markdown").decode()
    assert text.count("### Reads as mistaken\n") == len(STAGES)
    assert all(quoted(quote) in text for quote in quotes)
    for form in FORMATS:
        assert b"Reads as mistaken" not in write_report(exemplary, form)


def test_a_second_opinion_is_shown_as_unofficial_and_changes_no_score(
    content: Content, exemplary: Report
) -> None:
    reasons = ("Only named.", "The learner is wrong.")
    report = report_on(content, plainly_interviewed(content), reasons)
    plain, shown = exemplary.model_dump(), report.model_dump()
    seconds = [one.pop("second") for stage in shown["stages"] for one in stage["criteria"]]
    assert [one.pop("second") for stage in plain["stages"] for one in stage["criteria"]] == (
        [None] * len(seconds)
    )
    assert (plain.pop("second_opinion"), shown.pop("second_opinion")) == (None, reasons[0])
    assert shown == plain
    assert {one["level"] for one in seconds} == {"missing"}
    assert any(one["differs"] for one in seconds)
    for form in ("html", "markdown"):
        text = unescape(write_report(report, form).decode())
        assert text.count("Second opinion (not in the score)") == len(seconds)
        assert text.count("which differs from the score") == sum(one["differs"] for one in seconds)
        assert text.count(UNOFFICIAL) == 1
        assert "The learner holds with neither." in text
        assert reasons[1] in text
        assert "econd opinion" not in write_report(exemplary, form).decode()


TOLD = ("Interviewer:", "A requirement changes:", "No reply.", "Passed on this one.", "So be it.")


@pytest.mark.parametrize("form", ["html", "markdown"])
@pytest.mark.parametrize(
    ("kind", "reply", "outcome", "times"),
    [
        ("follow-up", "", "open", (2, 0, 1, 0, 0)),
        ("probe", "", "passed", (2, 0, 0, 1, 0)),
        ("change", "So be it.", "answered", (1, 1, 0, 0, 1)),
    ],
)
def test_it_is_told_who_spoke_and_what_came_of_it(
    blank: Report, form: str, kind: str, reply: str, outcome: str, times: tuple[int, ...]
) -> None:
    fields = {"kind": kind, "wording": "Why?", "reply": reply, "outcome": outcome}
    remark = {"kind": "remark", "wording": "I hear you."}
    said = tuple(
        Exchange.model_validate({"stage": "data", "question_id": "why", **one})
        for one in (fields, remark)
    )
    stages = (blank.stages[0].model_copy(update={"interview": said}), *blank.stages[1:])
    page = write_report(blank.model_copy(update={"stages": stages}), form).decode()
    assert tuple(page.count(one) for one in TOLD) == times


def test_a_drawing_that_cannot_be_laid_out_is_reported_without_it(
    content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> str:
        raise RenderError("This drawing is too dense.")

    monkeypatch.setattr(report_module, "render_svg", fail)
    report = report_on(content, content.exemplar(FRAUD))
    assert report.diagram_svg is None
    page = write_report(report, "html").decode()
    assert "could not be laid out" in page
    assert "<svg" not in page


def test_what_was_not_judged_is_no_zero(content: Content) -> None:
    scored = score_document(content.exemplar(FRAUD), content)
    open_ones = tuple(
        Unscored(criterion_id=one.id, reason=UnscoredReason.UNAVAILABLE)
        for one in scored.rubric.criteria
    )
    assessment = scored.assessment.model_copy(update={"results": open_ones})
    judgements = Judgements(
        prompt=scored.prompt,
        rubric=scored.rubric,
        submission=scored.submission,
        machine=assessment,
    )
    report = build_report(judgements, content.palette)
    assert {one.level for stage in report.stages for one in stage.criteria} == {"not judged"}
    assert "Not judged" in write_report(report, "html").decode()
    assert "not judged" in write_report(report, "markdown").decode()


def test_without_any_judgement_there_is_still_a_report(content: Content) -> None:
    scored = score_document(content.exemplar(FRAUD), content)
    judgements = Judgements(
        prompt=scored.prompt, rubric=scored.rubric, submission=scored.submission, machine=None
    )
    report = build_report(judgements, content.palette)
    assert (report.score, report.band, report.grader, report.next_actions) == (None, None, None, ())
    Page().read(write_report(report, "html").decode())
    assert "Not scored." in write_report(report, "markdown").decode()


def test_the_report_of_a_review_says_how_it_came_about(
    desk: Desk, clock: Clock, content: Content
) -> None:
    practice, review = Practice(desk), Review(desk, OfflineGrader())
    attempt = practice.start(FRAUD, 45)
    sentence = "We decline when the expected loss is higher than a lost customer costs."
    practice.save_answer(attempt, StageId.FRAMING, sentence, 0, "tab")
    practice.open_hint(attempt, StageId.FRAMING)
    clock.forward(9)
    practice.submit(attempt)
    criterion = content.rubric(FRAUD).stage(StageId.FRAMING)[0].id
    review.rate_self(
        attempt, (SelfRating(criterion_id=criterion, level_id="reasoned", quote=sentence),)
    )
    review.finish_self_review(attempt)
    report = report_of(review.open(attempt), content.palette)
    assert (report.minutes_used, report.budget_minutes, report.hints_used) == (9.0, 45, 1)
    assert report.self_score is not None
    first = report.stages[0].criteria[0]
    assert first.self_level == "reasoned"
    page = Page().read(write_report(report, "html").decode())
    assert "9.0 of 45 minutes" in page.text
    assert "1 hint used" in page.text
    assert "Self-review" in page.text
    assert "9.0 of 45 minutes · 1 hint used" in write_report(report, "markdown").decode()


# --- every format -----------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_report_gives_the_same_bytes(report: Report, form: str) -> None:
    again = Report.model_validate_json(report.model_dump_json())
    assert write_report(again, form) == write_report(report, form)


def test_the_same_document_gives_the_same_report(content: Content, exemplary: Report) -> None:
    assert report_on(content, plainly_interviewed(content)) == exemplary


@pytest.mark.parametrize("form", FORMATS)
def test_a_report_is_text_that_ends_with_a_line_break(report: Report, form: str) -> None:
    text = write_report(report, form).decode("utf-8")
    assert text.endswith("\n")


def test_an_unknown_format_is_refused(blank: Report) -> None:
    with pytest.raises(KeyError):
        write_report(blank, "docx")


LONGEST = {
    "word": "x" * 200_000,
    "lines": "a\n" * 100_000,
    "empty lines": "a" + "\n" * 199_998 + "b",
    "blanks": "a" + " " * 199_998 + "b",
    "less-than": "<" * 200_000,
    "stars": "*" * 200_000,
    "numbers": "1." * 100_000,
    "tabs": "\t" * 199_999 + "a",
}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("answer", LONGEST.values(), ids=LONGEST)
def test_the_longest_answers_are_written(blank: Report, form: str, answer: str) -> None:
    first = blank.stages[0].model_copy(update={"answer": answer})
    long = blank.model_copy(update={"stages": (first, *blank.stages[1:])})
    assert long.stages[1].title.encode() in write_report(long, form)


def test_json_is_the_report(report: Report) -> None:
    raw = write_report(report, "json")
    assert Report.model_validate_json(raw) == report
    assert json.loads(raw)["schema_version"] == 1
