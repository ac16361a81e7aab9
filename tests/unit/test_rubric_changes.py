"""An edit of a rubric is classified, and the class says what stays comparable."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_rubrics import a_criterion, a_rubric

from designs.stage import StageId
from rubrics.criterion import Criterion
from rubrics.rubric import Rubric, RubricChange, classify_change

Edit = Callable[[Rubric], Rubric]
OLD = a_rubric(a_criterion("one"), a_criterion("two", StageId.DATA), a_criterion("three"))


def changed(criterion: Criterion, **fields: Any) -> Criterion:
    return Criterion.model_validate(criterion.model_dump() | fields)


def first(**fields: Any) -> Edit:
    def edit(rubric: Rubric) -> Rubric:
        head, *rest = rubric.criteria
        return rubric.model_copy(update={"criteria": (changed(head, **fields), *rest)})

    return edit


def middle_level(**fields: Any) -> Edit:
    def edit(rubric: Rubric) -> Rubric:
        levels = [level.model_dump() for level in rubric.criteria[0].levels]
        levels[1] |= fields
        return first(levels=levels)(rubric)

    return edit


def more(rubric: Rubric) -> Rubric:
    added = a_criterion("four")
    return rubric.model_copy(update={"criteria": (*rubric.criteria, added)})


EDITS: dict[str, tuple[RubricChange, Edit]] = {
    "nothing": (RubricChange.NONE, lambda rubric: rubric),
    "rubric title": (RubricChange.WORDING, lambda r: r.model_copy(update={"title": "Other"})),
    "title": (RubricChange.WORDING, first(title="Said in other words")),
    "next action": (RubricChange.WORDING, first(next_action="Write this sentence instead now.")),
    "order": (
        RubricChange.WORDING,
        lambda r: r.model_copy(update={"criteria": r.criteria[::-1]}),
    ),
    "descriptor": (RubricChange.WORDING, middle_level(descriptor="An answer that names it.")),
    "example": (RubricChange.WORDING, middle_level(examples=("An example of it.",))),
    "terms": (
        RubricChange.WORDING,
        first(
            indicators=[{"kind": "concept", "id": "one", "label": "word", "any_of": list("abcd")}]
        ),
    ),
    "weight": (RubricChange.WEIGHTS, first(weight=2)),
    "level value": (RubricChange.LEVELS, middle_level(value=0.4)),
    "level needs": (RubricChange.LEVELS, middle_level(needs={"all_of": ["one"]})),
    "stage": (RubricChange.CRITERIA, first(stage=StageId.MODEL)),
    "id": (RubricChange.CRITERIA, first(id="renamed")),
    "added": (RubricChange.CRITERIA, more),
    "removed": (
        RubricChange.CRITERIA,
        lambda r: r.model_copy(update={"criteria": r.criteria[1:]}),
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_every_edit_has_its_class(name: str) -> None:
    wanted, edit = EDITS[name]
    assert classify_change(OLD, edit(OLD)) == wanted
    assert classify_change(edit(OLD), OLD) == wanted


@given(st.lists(st.sampled_from(sorted(EDITS)), max_size=4, unique=True))
def test_several_edits_have_the_most_serious_class(names: list[str]) -> None:
    names = [name for name in names if name != "removed"]  # it takes the edited one away
    new = OLD
    for name in names:
        new = EDITS[name][1](new)
    assert classify_change(OLD, new) == max((EDITS[name][0] for name in names), default=0)


def test_the_classes_go_from_harmless_to_breaking() -> None:
    comparable = [change.comparable for change in sorted(RubricChange)]
    assert comparable == sorted(comparable, reverse=True)
    assert [change for change in RubricChange if not change.comparable] == [
        RubricChange.LEVELS,
        RubricChange.CRITERIA,
    ]


@pytest.mark.parametrize("name", EDITS)
def test_the_hashes_follow_the_class(name: str) -> None:
    change, edit = EDITS[name]
    new = edit(OLD)
    assert (new.content_hash() == OLD.content_hash()) == (change == RubricChange.NONE)
    only_words = change in (RubricChange.NONE, RubricChange.WORDING)
    assert (new.structure_hash() == OLD.structure_hash()) == only_words


def test_a_rubric_has_each_criterion_once() -> None:
    with pytest.raises(ValueError, match="criterion id used twice: one"):
        a_rubric(a_criterion("one"), a_criterion("one", StageId.DATA))
