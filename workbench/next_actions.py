"""What to do next: the few criteria where one more sentence would earn most."""

from designs.record import Record
from designs.stage import StageId
from rubrics.assessment import Assessment, Scored
from rubrics.criterion import Criterion
from rubrics.rubric import Rubric


class NextAction(Record):
    """One thing to write, and what it would earn."""

    stage: StageId
    criterion_id: str
    title: str
    action: str
    missing: tuple[str, ...]
    gain: float
    """Points of the stage score (0 to 4) that the top level would add."""


def next_actions(assessment: Assessment, rubric: Rubric, count: int = 3) -> tuple[NextAction, ...]:
    """Return the actions that would add most, at most one per stage.

    One per stage, because three actions in one stage are one piece of advice said three times.
    """
    best: dict[StageId, NextAction] = {}
    for criterion in rubric.criteria:
        result = assessment.result(criterion.id)
        if not isinstance(result, Scored) or result.value >= 1:
            continue
        action = _action(criterion, result, rubric)
        known = best.get(criterion.stage)
        if known is None or action.gain > known.gain:
            best[criterion.stage] = action
    return tuple(sorted(best.values(), key=lambda one: -one.gain)[:count])


def _action(criterion: Criterion, result: Scored, rubric: Rubric) -> NextAction:
    total = sum(one.weight for one in rubric.stage(criterion.stage))
    return NextAction(
        stage=criterion.stage,
        criterion_id=criterion.id,
        title=criterion.title,
        action=criterion.next_action,
        missing=result.missing,
        gain=round(4 * criterion.weight * (1 - result.value) / total, 2),
    )
