"""The report as a page: whole, without requests, in which a learner's words stay words."""

import pytest
from made_reports import quotes_of
from report_pages import Page

from designs.stage import STAGES
from workbench.reports import Report, write_report


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
