"""The self-review: the candidate's own judgement, held to the same evidence rule."""

from collections.abc import Mapping

from designs.attempt_document import SelfRating
from designs.submission import Submission
from rubrics.assessment import (
    AnswerEvidence,
    Assessment,
    DrawingEvidence,
    Evidence,
    GraderKind,
    GraderRef,
    Scored,
)
from rubrics.criterion import Criterion
from rubrics.grader import GradingTask

VERSION = "1"
NO_SENTENCE = "No sentence or node was pointed at, so the claim counts as missing."
LOST_SENTENCE = "The sentence pointed at is not in the answer, so the claim counts as missing."


class SelfReviewGrader:
    """Turns the candidate's ratings into an assessment.

    A claimed level needs a sentence of the answer, or a node of the drawing, that shows it; a
    claim without one is recorded at the lowest level with the reason. That is the cap that
    keeps a self-score from floating free of the answer.
    """

    def __init__(self, ratings: tuple[SelfRating, ...]) -> None:
        self._ratings: Mapping[str, SelfRating] = {one.criterion_id: one for one in ratings}

    @property
    def ref(self) -> GraderRef:
        """Kind, name and version."""
        return GraderRef(kind=GraderKind.SELF, name="self-review", version=VERSION)

    def grade(self, task: GradingTask) -> Assessment:
        """Return one result per criterion; a criterion that was not rated counts as missing."""
        results = tuple(self._result(one, task.submission) for one in task.rubric.criteria)
        return task.assessment(self.ref, results)

    def _result(self, criterion: Criterion, submission: Submission) -> Scored:
        rating = self._ratings.get(criterion.id)
        level = criterion.level(rating.level_id) if rating else None
        if rating is None or level is None or level.value == 0:
            return _missing(criterion)
        evidence = _evidence(rating, criterion, submission)
        if not evidence:
            return _missing(criterion, LOST_SENTENCE if rating.quote.strip() else NO_SENTENCE)
        return Scored(
            criterion_id=criterion.id, level_id=level.id, value=level.value, evidence=evidence
        )


def _missing(criterion: Criterion, *remarks: str) -> Scored:
    lowest = criterion.levels[0]
    return Scored(
        criterion_id=criterion.id, level_id=lowest.id, value=lowest.value, remarks=remarks
    )


def _evidence(
    rating: SelfRating, criterion: Criterion, submission: Submission
) -> tuple[Evidence, ...]:
    found: list[Evidence] = []
    is_said = bool(rating.quote.strip())
    start = submission.answers[criterion.stage].find(rating.quote) if is_said else -1
    if start >= 0:
        end = start + len(rating.quote)
        found.append(
            AnswerEvidence(stage=criterion.stage, start=start, end=end, quote=rating.quote)
        )
    drawn = {node.id for node in submission.design.nodes}
    nodes = tuple(one for one in rating.node_ids if one in drawn)
    if nodes:
        found.append(DrawingEvidence(node_ids=nodes))
    return tuple(found)
