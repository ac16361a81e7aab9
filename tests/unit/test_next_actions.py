"""What to do next: the few actions that add most, one per stage."""

from hypothesis import given, settings
from hypothesis import strategies as st
from made_rubrics import a_criterion, a_rubric, graded, one_per_stage, scored, unscored
from made_rubrics import an_assessment as assessed

from designs.stage import STAGES, StageId
from rubrics.score import TOP_SHARE, TOP_SHARES, overall_score
from workbench.next_actions import next_actions

RUBRIC = a_rubric(
    a_criterion("light", StageId.DATA),
    a_criterion("heavy", StageId.DATA, weight=3),
    a_criterion("alone", StageId.MODEL),
    a_criterion("half", StageId.SERVING),
    a_criterion("other", StageId.SERVING, weight=0.5),
)


def test_the_one_that_adds_most_comes_first() -> None:
    found = next_actions(graded(RUBRIC, {"half": "named"}), RUBRIC)
    assert [one.criterion_id for one in found] == ["alone", "heavy", "half"]
    assert [one.gain for one in found] == [4.0, 3.0, 1.33]


def test_there_is_one_per_stage() -> None:
    found = next_actions(graded(RUBRIC, {}), RUBRIC, count=10)
    assert [one.stage for one in found] == [StageId.MODEL, StageId.DATA, StageId.SERVING]


def test_an_action_says_what_to_write_and_what_is_missing() -> None:
    result = scored("alone", "missing", missing=["a number", "a reason"])
    rubric = a_rubric(a_criterion("alone", StageId.MODEL))
    (action,) = next_actions(assessed(rubric, result), rubric)
    assert action.action == rubric.criteria[0].next_action
    assert action.title == rubric.criteria[0].title
    assert action.missing == ("a number", "a reason")


def test_the_top_level_needs_no_action() -> None:
    rubric = one_per_stage()
    assert (
        next_actions(graded(rubric, {one.id: "reasoned" for one in rubric.criteria}), rubric) == ()
    )


def test_what_was_not_judged_is_no_advice() -> None:
    rubric = one_per_stage()
    unjudged = assessed(rubric, *(unscored(one.id) for one in rubric.criteria))
    assert next_actions(unjudged, rubric) == ()
    assert next_actions(assessed(rubric), rubric) == ()


def test_equal_gains_keep_the_order_of_the_stages() -> None:
    rubric = one_per_stage()
    found = next_actions(graded(rubric, {}), rubric, count=7)
    assert tuple(one.stage for one in found) == STAGES
    assert len(next_actions(graded(rubric, {}), rubric)) == 3


levels = st.sampled_from([None, "missing", "named", "reasoned"])


@settings(max_examples=50)
@given(st.fixed_dictionaries({one.id: levels for one in RUBRIC.criteria}))
def test_taking_the_advice_earns_points(found: dict[str, str | None]) -> None:
    before = overall_score(graded(RUBRIC, found), RUBRIC)
    for action in next_actions(graded(RUBRIC, found), RUBRIC):
        better = graded(RUBRIC, found | {action.criterion_id: "reasoned"})
        after = overall_score(better, RUBRIC).stage(action.stage).low
        gained = after - before.stage(action.stage).low
        # The stage is full at that share of its weight.
        at_most = action.gain / TOP_SHARES.get(action.stage, TOP_SHARE)
        assert 0 <= gained <= at_most + 0.02
        assert gained > 0 or before.stage(action.stage).low == 4
