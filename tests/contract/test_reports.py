"""Reports: one value, three renderings, in which a learner's words stay words."""

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest
from desks import FRAUD, Clock
from doubting import CHANCE, doubtful_answers
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from designs.attempt_document import Argument, AttemptDocument, SelfRating
from designs.exporters import RenderError
from designs.inspections import INSPECTIONS
from designs.stage import STAGES, StageId
from rubrics.assessment import GraderKind, Scored, Unscored, UnscoredReason
from rubrics.graders.offline import OfflineGrader
from workbench.content import Content, shipped_content
from workbench.desk import Desk
from workbench.practice import Practice
from workbench.reports import FORMATS, Judgements, Report, build_report, report_of, write_report
from workbench.reports import report as report_module
from workbench.reports.markdown import escaped, quoted
from workbench.reports.report import StageReport
from workbench.reports.second import UNOFFICIAL
from workbench.review import Review
from workbench.scoring import score_document

VOID = {"meta", "br", "hr", "img", "input", "link"}
PAGE_TAGS = set(
    "html head meta title style body header h1 h2 h3 p div span strong b i table thead tbody tr th "
    "td ul li section blockquote".split()
)
SVG_TAGS = set("svg g title text path polygon polyline ellipse defs".split())
MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])

ATTACKS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "</div></section></body></html>",
    "{{ 7 * 7 }} {% for x in y %}",
    "]]> <!-- --> <?php ?> &lt;b&gt; &amp; &#x3c;",
    "javascript:alert(1) [click](javascript:alert(1)) ![x](http://example.org/x.png)",
    "`code` **bold** _soft_ ~~gone~~ | cell | $x$ \\ \\< a\\",
    "http://example.org <http://example.org>",
    "\u202ertl\u202c שלום 😀 \x1b[31mred \x07",
)


@pytest.fixture(scope="module")
def content() -> Content:
    return shipped_content()


def hostile_text(text: str) -> str:
    """Put an attack into every sentence, and lines that look like markup between them."""
    sentences = re.split(r"(?<=[.;:]) ", text)
    broken = [f"so {ATTACKS[n % len(ATTACKS)]} and {one}" for n, one in enumerate(sentences)]
    blocks = ["# no heading", "- no item", "1. no number", "> no quote", "===", "---", "| a | b |"]
    blocks += ["|---|---|", "    no code", "\tno code", "```", "~~~", "<div>", "[x]: http://e.org"]
    return "\n".join(broken) + "\n\n" + "\n\n".join(blocks) + "\n" + "\n".join(blocks)


def hostile_design(document: AttemptDocument) -> dict[str, Any]:
    design = document.design.model_dump(mode="json")
    for number, node in enumerate(design["nodes"]):
        node["label"] = node["note"] = ATTACKS[number % len(ATTACKS)][:120]
    for number, edge in enumerate(design["edges"]):
        edge["fallback"] = edge["note"] = ATTACKS[-1 - number % len(ATTACKS)][:120]
    return design


def interviewed(document: AttemptDocument, texts: Sequence[str]) -> AttemptDocument:
    """Add an interview: two exchanges in a stage, and one that was passed on."""
    said = [
        {"kind": "follow-up", "stage": stage, "question_id": "why", "wording": text, "reply": text}
        for stage, text in zip(("data", "data", "model"), texts, strict=True)
    ]
    said.append(said[0] | {"reply": "", "outcome": "passed"})
    return AttemptDocument.model_validate(
        {**document.model_dump(include=set(AttemptDocument.model_fields)), "transcript": said}
    )


def seconded(judged: Judgements, texts: Sequence[str]) -> Judgements:
    """Add a language model that says the lowest of everything, and a learner who argues."""
    machine = judged.machine
    assert machine is not None
    results = tuple(
        one.model_copy(update={"level_id": "missing", "remarks": (texts[n % len(texts)],)})
        for n, one in enumerate(machine.results)
        if isinstance(one, Scored)
    )
    grader = machine.grader.model_copy(update={"name": texts[0][:200], "kind": GraderKind.LLM})
    second = machine.model_copy(update={"results": results, "grader": grader})
    argument = Argument(
        criterion_id=results[0].criterion_id,
        outcome="own-words",
        words=texts[-1],
        offline="offline",
        second_opinion="model",
        at=datetime(2026, 5, 1, tzinfo=UTC),
    )
    return judged.model_copy(update={"second": second, "arguments": (argument,)})


def report_on(
    content: Content, document: AttemptDocument, opinion: Sequence[str] | None = None
) -> Report:
    scored = score_document(document, content)
    judged = Judgements(
        prompt=scored.prompt,
        rubric=scored.rubric,
        submission=scored.submission,
        machine=scored.assessment,
    )
    return build_report(judged if opinion is None else seconded(judged, opinion), content.palette)


@pytest.fixture(scope="module")
def exemplary(content: Content) -> Report:
    return report_on(content, plainly_interviewed(content))


def plainly_interviewed(content: Content) -> AttemptDocument:
    return interviewed(content.exemplar(FRAUD), ("Why so?", "And then?", "Who says that?"))


@pytest.fixture(scope="module")
def hostile(content: Content) -> Report:
    exemplar = content.exemplar(FRAUD)
    document = AttemptDocument.model_validate(
        {
            "schema_version": 1,
            "prompt": FRAUD,
            "answers": {stage: hostile_text(text) for stage, text in exemplar.answers.items()},
            "design": hostile_design(exemplar),
        }
    )
    attacks = [one[:1000] for one in ATTACKS]
    return report_on(content, interviewed(document, attacks[:3]), attacks)


@pytest.fixture(scope="module")
def doubted(content: Content) -> Report:
    """The hostile document, with every answer taken for mistaken."""
    exemplar = content.exemplar(FRAUD)
    answers = {stage: hostile_text(text) for stage, text in exemplar.answers.items()}
    document = AttemptDocument(schema_version=1, prompt=FRAUD, answers=answers)
    scored = score_document(document, content)
    verdicts = doubtful_answers(dict(scored.submission.answers), count=3)
    judgements = Judgements(
        prompt=scored.prompt,
        rubric=scored.rubric,
        submission=scored.submission,
        machine=scored.assessment.model_copy(update={"doubtful": verdicts}),
    )
    return build_report(judgements, content.palette)


@pytest.fixture(scope="module")
def blank(content: Content) -> Report:
    return report_on(content, AttemptDocument(schema_version=1, prompt=FRAUD))


@pytest.fixture(params=["exemplary", "hostile", "doubted", "blank"])
def report(request: pytest.FixtureRequest) -> Report:
    found: Report = request.getfixturevalue(request.param)
    return found


def quotes_of(stage: StageReport) -> list[str]:
    """Return every quotation that a stage shows."""
    quotes = [quote for one in stage.criteria for quote in (*one.quotes, *one.against)]
    quotes += [one.quote for one in stage.mistakes]
    for one in stage.criteria:
        if one.second is not None:
            quotes += [*one.second.quotes, *one.second.reasons]
            quotes += [one.second.argument] if one.second.argument else []
    return quotes + list(stage.doubt.quotes if stage.doubt else ())


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


# --- HTML -------------------------------------------------------------------------------


class Page(HTMLParser):
    """Reads a page, insists that every element is closed, and keeps what it saw."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.text = ""
        self._open: list[str] = []

    def read(self, page: str) -> "Page":
        self.feed(page)
        self.close()
        assert self._open == []
        return self

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._saw(tag, attrs)
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert "svg" in self._open, tag
        self._saw(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def _saw(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in (SVG_TAGS if "svg" in [*self._open, tag] else PAGE_TAGS), tag
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]


def test_the_page_is_whole_and_asks_for_nothing(report: Report) -> None:
    text = write_report(report, "html").decode()
    page = Page().read(text)
    assert text.startswith("<!doctype html>")
    assert page.tags.count("body") == page.tags.count("h1") == 1
    assert page.tags.count("svg") == (1 if report.design.nodes else 0)
    names = {name for _, name, _ in page.attributes}
    assert not {name for name in names if name.startswith("on")}
    assert not names & {"href", "src", "xlink:href", "action", "formaction", "srcdoc", "background"}
    addresses = [v for _, n, v in page.attributes if "://" in v and not n.startswith("xmlns")]
    assert addresses == []
    assert "@import" not in text.partition("</style>")[0]
    assert "url(" not in text.partition("</style>")[0]
    policy = {t: v for t, n, v in page.attributes if (t, n) == ("meta", "content")}["meta"]
    assert policy.startswith("default-src 'none'")


def test_an_attack_adds_no_element_to_the_page(exemplary: Report, hostile: Report) -> None:
    def around_the_words(report: Report) -> list[str]:
        """Leave out what follows from levels: how many quotes and gaps there are."""
        nothing = {"criteria": (), "mistakes": (), "doubt": None}
        bare_stage = nothing | {"score": 1.0, "band": "weak"}
        bare = [stage.model_copy(update=bare_stage) for stage in report.stages]
        plain = report.model_copy(
            update={
                "stages": tuple(bare),
                "next_actions": (),
                "diagram_svg": "<svg></svg>",
                "second_opinion": report.second_opinion or "a model",
            }
        )
        return Page().read(write_report(plain, "html").decode()).tags

    assert around_the_words(hostile) == around_the_words(exemplary)


@pytest.mark.parametrize("name", ["hostile", "doubted"])
def test_every_word_of_the_learner_is_on_the_page(
    request: pytest.FixtureRequest, name: str
) -> None:
    report: Report = request.getfixturevalue(name)
    text = Page().read(write_report(report, "html").decode()).text
    for stage in report.stages:
        assert stage.answer in text.replace("\r", "")
        assert all(quote in text for quote in quotes_of(stage))
        for said in stage.interview:
            assert said.wording in text
            assert said.reply in text


@pytest.mark.parametrize("name", ["hostile", "doubted"])
def test_words_in_any_script_find_their_direction(
    request: pytest.FixtureRequest, name: str
) -> None:
    report: Report = request.getfixturevalue(name)
    page = Page().read(write_report(report, "html").decode())
    answers = [tag for tag, name, value in page.attributes if (name, value) == ("dir", "auto")]
    replies = [one for stage in report.stages for one in stage.interview if one.reply.strip()]
    assert answers.count("div") == len(STAGES) + len(replies)
    assert answers.count("blockquote") == sum(len(quotes_of(one)) for one in report.stages)


# --- JSON -------------------------------------------------------------------------------


def test_json_is_the_report(report: Report) -> None:
    raw = write_report(report, "json")
    assert Report.model_validate_json(raw) == report
    assert json.loads(raw)["schema_version"] == 1


# --- Markdown ---------------------------------------------------------------------------


def flat(tokens: list[Token]) -> list[Token]:
    return [one for token in tokens for one in (token, *(token.children or ()))]


def test_markdown_holds_no_html_and_no_link(report: Report) -> None:
    tokens = flat(MARKDOWN.parse(write_report(report, "markdown").decode()))
    found = {token.type for token in tokens}
    assert not {name for name in found if name.startswith(("html", "link", "image", "code"))}
    assert not found & {"fence", "ordered_list_open", "hr", "s_open"}


@pytest.mark.parametrize("name", ["hostile", "doubted"])
def test_an_attack_adds_no_block_to_the_document(
    content: Content, request: pytest.FixtureRequest, name: str
) -> None:
    report: Report = request.getfixturevalue(name)
    tokens = MARKDOWN.parse(write_report(report, "markdown").decode())
    headings = [after.content for token, after in pairwise(tokens) if token.type == "heading_open"]
    rubric = content.rubric(FRAUD)
    held_against = sum(len(one.mistakes) + bool(one.doubt) for one in report.stages)
    interviews = sum(bool(one.interview) for one in report.stages)
    expected = 1 + 2 + len(STAGES) + len(rubric.criteria) + held_against + interviews
    assert len(headings) == expected
    assert sum(token.type == "table_open" for token in tokens) == 1


def test_every_line_of_the_learner_is_in_the_document(hostile: Report) -> None:
    tokens = flat(MARKDOWN.parse(write_report(hostile, "markdown").decode()))
    words = [token.content.strip() for token in tokens if token.type == "text"]
    shown = "\n".join(words)
    for stage in hostile.stages:
        for line in stage.answer.splitlines():
            plain = re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f]", "\ufffd", line).strip()
            assert plain in shown


def test_the_drawing_is_told_in_words(exemplary: Report, blank: Report) -> None:
    text = write_report(exemplary, "markdown").decode()
    section = text.partition("## Drawing\n\n")[2].partition("\n\n## ")[0]
    assert len(section.splitlines()) == len(exemplary.design.nodes) + len(exemplary.design.edges)
    assert "Nothing was drawn." in write_report(blank, "markdown").decode()


lines = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
marks = st.text("-+=*_#>|`~<>[]()!\\&;:.1 \t\n$\"'", max_size=30)


def as_shown(text: str) -> list[str]:
    """Return what a reader should see of each line that is not empty."""
    kept = (
        re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f]", "\ufffd", one.strip()) for one in text.splitlines()
    )
    return [one for one in kept if one]


@settings(max_examples=300, deadline=None)
@given(st.one_of(lines, marks, st.lists(st.one_of(lines, marks)).map("\n".join)))
def test_a_quotation_shows_exactly_what_was_written(text: str) -> None:
    tokens = flat(MARKDOWN.parse(quoted("x\n" + text)))
    allowed = {"blockquote_open", "blockquote_close", "paragraph_open", "paragraph_close"}
    assert {one.type for one in tokens} <= allowed | {"inline", "text", "text_special", "hardbreak"}
    pieces = re.split("\n", "".join(_piece(one) for one in tokens))
    assert [one.strip() for one in pieces if one.strip()] == ["x", *as_shown(text)]


def _piece(token: Token) -> str:
    if token.type in ("hardbreak", "paragraph_close"):
        return "\n"
    return token.content if token.type in ("text", "text_special") else ""


@settings(max_examples=200, deadline=None)
@given(st.one_of(lines, marks))
def test_escaped_words_are_one_line_of_words(text: str) -> None:
    tokens = flat(MARKDOWN.parse(f"- {escaped(text)} -"))
    allowed = {"bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close"}
    allowed |= {"paragraph_open", "paragraph_close", "inline", "text", "text_special"}
    assert {one.type for one in tokens} <= allowed
    assert "\n" not in escaped(text)


def test_numbers_at_the_start_of_a_line_show_no_backslash() -> None:
    assert quoted("1. first\n2) second\n- third") == "> 1\\. first  \n> 2\\) second  \n> \\- third"
    assert quoted("a\n\n    b") == "> a\n>\n> \u00a0\u00a0\u00a0\u00a0b"
