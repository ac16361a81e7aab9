"""A grader that takes answers for mistaken, whatever the shipped models make of them."""

from collections.abc import Collection

from designs.stage import STAGES, StageId
from rubrics.assessment import AnswerEvidence, Assessment, DoubtfulAnswer, GraderRef
from rubrics.grader import GradingTask
from rubrics.graders.offline import OfflineGrader
from rubrics.graders.offline.segments import sentences

CHANCE = 0.83


def doubtful_answers(
    answers: dict[StageId, str], stages: Collection[StageId] = STAGES, count: int = 2
) -> tuple[DoubtfulAnswer, ...]:
    """Return a verdict against the first sentences of each answer that has any."""
    found = []
    for stage in stages:
        text = answers[stage]
        spans = [one for one in sentences(text) if text[one.start : one.end].strip()][:count]
        evidence = tuple(
            AnswerEvidence(
                stage=stage, start=one.start, end=one.end, quote=text[one.start : one.end]
            )
            for one in spans
        )
        if evidence:
            found.append(DoubtfulAnswer(stage=stage, chance=CHANCE, evidence=evidence))
    return tuple(found)


class DoubtingGrader:
    """The offline grader with a verdict against some stages in place of its own."""

    def __init__(self, *stages: StageId) -> None:
        self._offline = OfflineGrader()
        self._stages = stages or STAGES

    @property
    def ref(self) -> GraderRef:
        return self._offline.ref

    def grade(self, task: GradingTask) -> Assessment:
        verdicts = doubtful_answers(dict(task.submission.answers), self._stages)
        return self._offline.grade(task).model_copy(update={"doubtful": verdicts})
