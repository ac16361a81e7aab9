"""Counting of the mutation lab: what is killed, what is damage, and what is left out."""

import pytest

from benchmarks.grader_mutations.measuring import Outcome, tally
from benchmarks.grader_mutations.mutants import Mutant, Source
from benchmarks.grader_mutations.operators import Operator
from benchmarks.grader_mutations.page import markdown
from designs.stage import StageId

WORDING = "Latency must be low."


def outcome(
    before: tuple[float, float, float],
    after: tuple[float, float, float],
    *,
    deserved: float = 0.0,
    quotes: tuple[str, ...] = (),
) -> Outcome:
    """Three criteria: the target, one that should stand, and one that may fall."""
    operator = Operator.model_validate(
        {"id": "broken", "title": "Breaks a thing", "criterion": "target", "exemplars": {}}
    )
    mutant = Mutant(
        operator=operator,
        source=Source.EXEMPLAR,
        key="key",
        prompt="prompt",
        stage=StageId.DATA,
        original="",
        wording=WORDING,
        text="",
        exempt=frozenset({"exempt"}),
    )
    names = ("target", "bystander", "exempt")
    return Outcome(
        mutant=mutant,
        before=dict(zip(names, before, strict=True)),
        after=dict(zip(names, after, strict=True)),
        quotes=quotes,
        deserved=deserved,
        elsewhere=10,
    )


def test_a_fall_kills_and_the_bottom_is_what_is_deserved() -> None:
    half = tally([outcome((1, 1, 1), (0.5, 1, 1))])
    assert (half.killed, half.at_bottom) == (1, 0)
    deserved = tally([outcome((1, 1, 1), (0.5, 1, 1), deserved=0.5)])
    assert (deserved.killed, deserved.at_bottom) == (1, 1)


def test_what_had_no_credit_to_lose_is_left_out() -> None:
    found = tally([outcome((0.5, 1, 1), (0.5, 0, 1), deserved=0.5), outcome((1, 1, 1), (0, 1, 1))])
    assert (found.mutants, found.credited, found.killed, found.fallen) == (2, 1, 1, 0)
    assert found.score == 1


def test_damage_counts_bystanders_and_neither_the_target_nor_the_exempt() -> None:
    found = tally([outcome((1, 1, 1), (0, 0.5, 0))])
    assert (found.fallen, found.could_fall, found.others) == (1, 1, 11)
    assert found.collateral == pytest.approx(1 / 11)
    assert found.strict_collateral == 1


def test_a_bystander_that_rises_is_no_damage() -> None:
    found = tally([outcome((1, 0, 1), (0, 1, 1))])
    assert (found.risen, found.fallen, found.could_fall) == (1, 0, 0)
    assert found.strict_collateral is None


def test_survivors_tell_whether_the_broken_words_were_credited() -> None:
    found = tally(
        [
            outcome((1, 1, 1), (1, 1, 1), quotes=(f"{WORDING} And more.",)),
            outcome((1, 1, 1), (1, 1, 1), quotes=("Something else.",)),
            outcome((1, 1, 1), (0.5, 1, 1), quotes=(WORDING,)),
        ]
    )
    assert (found.killed, found.fooled) == (1, 1)


def test_the_page_has_no_figure_where_nothing_was_measured() -> None:
    page = markdown([outcome((1, 1, 1), (0, 1, 1))], "grader 1", dict.fromkeys(Source, 0))
    assert "100.0 %" in page
    assert "nan" not in page
    assert "None" not in page
