"""Rules on what an answer holds and leaves out, and on what is drawn."""

from typing import Any

import pytest
from pydantic import ValidationError

from designs.drawing import Design, Node
from designs.stage import StageId
from workbench.interview.follow_ups import Rule, TextRule
from workbench.interview.rules import CHALLENGED_FROM, Work, fits, text_fits

LONG = "We join what the shop knows with what the bank says and keep every version of it."

TEXTS: list[tuple[str, dict[str, Any], str, bool]] = [
    ("a stated term", {"any_of": ["shuffl*"]}, "We shuffle the rows.", True),
    ("in an inflection", {"any_of": ["random split"]}, "Random splits of the rows.", True),
    ("a denied term is not stated", {"any_of": ["shuffl*"]}, "We do not shuffle.", False),
    (
        "refused instead of",
        {"any_of": ["random split"]},
        "By time instead of a random split.",
        False,
    ),
    ("a denied term leaves something out", {"none_of": ["calibrat*"]}, "We never calibrate.", True),
    ("a stated term does not", {"none_of": ["calibrat*"]}, "We calibrate weekly.", False),
    ("near each other", {"any_of": ["split + time"]}, "We split the rows by time.", True),
    ("every group", {"all_of": [["card"], ["device", "phone"]]}, "By card and phone.", True),
    ("one group is absent", {"all_of": [["card"], ["device"]]}, "By card and phone.", False),
    ("a number with a unit", {"with_quantity": {"unit": "ms"}}, "It takes 40 ms.", True),
    ("the same in another unit", {"with_quantity": {"unit": "ms", "high": 60000}}, "30 s.", True),
    ("too large", {"with_quantity": {"unit": "ms", "high": 99}}, "It takes 140 ms.", False),
    ("too small", {"with_quantity": {"unit": "day", "low": 14}}, "After two days.", False),
    ("no such number", {"without_quantity": {"unit": "usd"}}, "It costs a lot.", True),
    ("there is one", {"without_quantity": {"unit": "usd"}}, "It costs 15 dollars.", False),
    ("short", {"fewer_words": 3}, "Two words", True),
    ("not so short", {"fewer_words": 3}, "Now three words", False),
    ("long enough", {"at_least_words": 3}, "Now three words", True),
    ("all conditions", {"any_of": ["drift"], "without_quantity": {"unit": "min"}}, "Drift!", True),
    (
        "one fails",
        {"any_of": ["drift"], "without_quantity": {"unit": "min"}},
        "Drift, 5 min",
        False,
    ),
    ("an empty text", {"any_of": ["drift"]}, "", False),
    ("markup is text", {"any_of": ["drift"]}, "<b>drift</b> `| $x$", True),
]


@pytest.mark.parametrize(("rule", "text", "met"), [c[1:] for c in TEXTS], ids=[c[0] for c in TEXTS])
def test_a_rule_reads_a_text(rule: dict[str, Any], text: str, met: bool) -> None:
    assert text_fits(TextRule.model_validate(rule), text) is met


DRAWINGS: list[tuple[str, dict[str, Any], tuple[str, ...], tuple[str, ...], bool]] = [
    ("a kind that is there", {"drawn": ["cache"]}, ("cache",), (), True),
    ("one of several", {"drawn": ["cache", "ranker"]}, ("ranker",), (), True),
    ("a kind that is not", {"drawn": ["cache"]}, ("ranker",), (), False),
    ("a kind left out", {"not_drawn": ["cache"]}, ("ranker",), (), True),
    ("nothing drawn yet", {"not_drawn": ["cache"]}, (), (), False),
    ("a smell", {"inspections": ["no-timeout"]}, ("cache",), ("no-timeout", "x"), True),
    ("another smell", {"inspections": ["no-timeout"]}, ("cache",), ("x",), False),
]


@pytest.mark.parametrize(
    ("rule", "kinds", "found", "met"), [c[1:] for c in DRAWINGS], ids=[c[0] for c in DRAWINGS]
)
def test_a_rule_reads_a_drawing(
    rule: dict[str, Any], kinds: tuple[str, ...], found: tuple[str, ...], met: bool
) -> None:
    nodes = tuple(Node(id=f"n{number}", kind=kind) for number, kind in enumerate(kinds))
    work = Work(answers={StageId.SERVING: LONG}, design=Design(nodes=nodes), found=frozenset(found))
    assert fits(Rule.model_validate(rule), StageId.SERVING, work) is met


def test_what_is_too_short_is_not_challenged_unless_a_rule_is_about_short_answers() -> None:
    work = Work(answers={StageId.DATA: "word " * (CHALLENGED_FROM - 1)})
    longer = Work(answers={StageId.DATA: "word " * CHALLENGED_FROM})
    leaves_out = Rule(none_of=("drift",))
    assert not fits(leaves_out, StageId.DATA, work)
    assert fits(leaves_out, StageId.DATA, longer)
    assert fits(Rule(fewer_words=40), StageId.DATA, work)
    assert fits(Rule(fewer_words=40), StageId.DATA, Work(answers={}))


def test_a_rule_may_read_other_stages() -> None:
    work = Work(answers={StageId.MODEL: LONG})
    rule = Rule(any_of=("bank",), stages=(StageId.DATA, StageId.MODEL))
    assert fits(rule, StageId.DATA, work)
    assert not fits(Rule(any_of=("bank",)), StageId.DATA, work)


@pytest.mark.parametrize(
    "rule",
    [{}, {"stages": ["data"]}, {"any_of": ["two  +words"]}, {"with_quantity": {"unit": "x"}}],
)
def test_a_rule_that_asks_nothing_or_nonsense_is_refused(rule: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Rule.model_validate(rule)
