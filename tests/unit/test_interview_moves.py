"""Which question comes next: priority, probes, the change of a requirement, and bounds."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_follow_ups import a_question, some_follow_ups
from pydantic import ValidationError

from designs.stage import STAGES, StageId
from designs.transcript import Exchange
from workbench.interview.moves import MAX_FOLLOW_UPS, MAX_PER_STAGE, Move, next_move
from workbench.interview.rules import Work

WORK = Work(answers=dict.fromkeys(STAGES, "We write down what we know about this and go on. " * 2))
DATA, MODEL = StageId.DATA, StageId.MODEL


def said(question: str, reply: str = "", outcome: str = "answered", **more: Any) -> Exchange:
    made = {"kind": "follow-up", "stage": DATA, "question_id": question, "wording": "Said."}
    return Exchange.model_validate(made | {"reply": reply, "outcome": outcome} | more)


def named(move: Move | None) -> tuple[str, str] | None:
    return None if move is None else (move.kind, move.question_id)


def test_the_most_pressing_comes_first_and_the_file_decides_between_equals() -> None:
    asked = some_follow_ups(
        a_question("third"), a_question("first", priority=1), a_question("second", priority=1)
    )
    assert named(next_move(asked, WORK, (), DATA)) == ("follow-up", "first")
    passed = (said("first", outcome="passed"),)
    assert named(next_move(asked, WORK, passed, DATA)) == ("follow-up", "second")
    assert named(next_move(asked, WORK, (), StageId.FRAMING)) is None


def test_nothing_is_asked_while_a_question_waits() -> None:
    asked = some_follow_ups(a_question("one"), a_question("two", stage="model"))
    waiting = (said("one", outcome="open"),)
    assert next_move(asked, WORK, waiting, DATA) is None
    assert next_move(asked, WORK, waiting, MODEL, strict=True) is None


REPLIES = [
    ("leaves out the first thing", "Nobody would.", "And who exactly would that be?"),
    ("denies it", "No engineer would.", "And who exactly would that be?"),
    ("leaves out the second", "The engineer on call.", "After how many days?"),
    ("holds both", "The engineer on call, after three days.", None),
]


@pytest.mark.parametrize(("reply", "probe"), [c[1:] for c in REPLIES], ids=[c[0] for c in REPLIES])
def test_a_reply_is_probed_for_what_it_leaves_out(reply: str, probe: str | None) -> None:
    asked = some_follow_ups(a_question("one"))
    move = next_move(asked, WORK, (said("one", reply),), DATA, per_stage=0)
    assert (move.wording if move else None) == probe


def test_a_probe_is_not_probed_and_a_pass_is_left_in_peace() -> None:
    asked = some_follow_ups(a_question("one"))
    probed = (said("one", "Nobody."), said("one", "Still nobody.", kind="probe"))
    assert next_move(asked, WORK, probed, DATA, per_stage=0) is None
    passed = (said("one", outcome="passed"),)
    assert next_move(asked, WORK, passed, DATA, per_stage=0) is None


def test_a_remark_neither_waits_nor_stands_in_the_way() -> None:
    asked = some_follow_ups(a_question("one"), a_question("two"))
    before = (said("one", "Engineer, a day."), said("one", kind="remark", outcome="open"))
    assert named(next_move(asked, WORK, before, DATA)) == ("follow-up", "two")


def test_a_requirement_changes_once_and_only_where_it_is_strict() -> None:
    asked = some_follow_ups(a_question("one", stage="model"))
    assert named(next_move(asked, WORK, (), MODEL)) == ("follow-up", "one")
    assert next_move(asked, WORK, (), DATA, strict=True) is None
    for stage in (MODEL, StageId.MONITORING):
        assert named(next_move(asked, WORK, (), stage, strict=True)) == ("change", "the-change")
    told = (said("the-change", "Engineer, a day.", kind="change", stage=MODEL),)
    assert named(next_move(asked, WORK, told, MODEL, strict=True)) == ("follow-up", "one")


def test_a_question_that_was_removed_from_the_content_is_not_probed() -> None:
    assert next_move(some_follow_ups(), WORK, (said("gone", "Reply."),), DATA) is None


def test_ids_are_unique_across_questions_and_change() -> None:
    with pytest.raises(ValidationError, match="id used twice: one"):
        some_follow_ups(a_question("one"), a_question("one"))
    with pytest.raises(ValidationError, match="id used twice: the-change"):
        some_follow_ups(a_question("the-change"))


MANY = some_follow_ups(
    *(a_question(f"{stage}-{n}", stage=stage.value) for stage in STAGES[:5] for n in range(4))
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(STAGES), st.booleans(), st.booleans()), max_size=60),
)
def test_however_one_asks_the_interview_ends(steps: list[tuple[StageId, bool, bool]]) -> None:
    """Never twice the same question, never beyond the bounds, the same again for the same work."""
    past: tuple[Exchange, ...] = ()
    for stage, passes, strict in steps:
        move = next_move(MANY, WORK, past, stage, strict=strict)
        assert move == next_move(MANY, WORK, past, stage, strict=strict)
        if move is not None:
            outcome = "passed" if passes else "answered"
            more = {"kind": move.kind, "stage": move.stage}
            past = (*past, said(move.question_id, "Hm.", outcome, **more))
    follow_ups = [one for one in past if one.kind == "follow-up"]
    assert len({one.question_id for one in follow_ups}) == len(follow_ups) <= MAX_FOLLOW_UPS
    assert all(sum(o.stage == s for o in follow_ups) <= MAX_PER_STAGE for s in STAGES)
    assert sum(one.kind == "change" for one in past) <= 1
    assert sum(one.kind == "probe" for one in past) <= len(follow_ups) + 1
