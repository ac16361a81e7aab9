"""The report as Markdown, in which a learner's words stay words."""

import re
from itertools import pairwise

import pytest
from desks import FRAUD
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from designs.stage import STAGES
from workbench.content import Content
from workbench.reports import Report, write_report
from workbench.reports.markdown import escaped, quoted

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


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
