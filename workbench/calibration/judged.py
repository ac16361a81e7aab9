"""Gold answers beside what the offline grader makes of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from designs.submission import Submission
from rubrics.assessment import AnswerEvidence, Assessment, Scored
from rubrics.gold_answers import LabelledAnswer
from rubrics.grader import Grader, GradingTask
from rubrics.rubric import Rubric
from rubrics.score import overall_score
from workbench.content import Content

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
LEVELS = {"missing": 0, "named": 1, "reasoned": 2}


@dataclass(frozen=True)
class JudgedCriterion:
    """One criterion of one answer; levels from 0 to 2."""

    answer_id: str
    criterion_id: str
    level: int
    labels: tuple[int, ...]
    unsure: bool
    cited: int
    """Sentences that the grader cites."""
    cited_rightly: int
    """Those among them that a human-style grader cited for the criterion too."""

    @property
    def consensus(self) -> float:
        """The mean of the labels."""
        return sum(self.labels) / len(self.labels)


@dataclass(frozen=True)
class JudgedAnswer:
    """One gold answer, graded."""

    gold: LabelledAnswer
    score: float
    """The offline stage score."""
    serious_mistakes: int
    is_doubtful: bool
    criteria: tuple[JudgedCriterion, ...]


def judge(
    answers: Iterable[LabelledAnswer], content: Content, grader: Grader
) -> list[JudgedAnswer]:
    """Grade gold answers."""
    return [_judge(one, content, grader) for one in answers]


def _judge(gold: LabelledAnswer, content: Content, grader: Grader) -> JudgedAnswer:
    answer = gold.answer
    prompt, rubric = content.prompt(answer.prompt), content.rubric(answer.prompt)
    submission = Submission.model_validate(
        {
            "prompt_id": prompt.id,
            "prompt_hash": prompt.content_hash(),
            "answers": {answer.stage: answer.text},
        }
    )
    task = GradingTask(
        submission=submission,
        rubric=rubric,
        prompt=prompt,
        assessment_id=answer.id,
        graded_at=_EPOCH,
    )
    assessment = grader.grade(task)
    stage = overall_score(assessment, rubric).stage(answer.stage)
    return JudgedAnswer(
        gold=gold,
        score=stage.score,
        serious_mistakes=stage.serious_mistakes,
        is_doubtful=stage.is_doubtful,
        criteria=tuple(_criteria(gold, assessment, rubric)),
    )


def _criteria(
    gold: LabelledAnswer, assessment: Assessment, rubric: Rubric
) -> Iterable[JudgedCriterion]:
    for criterion in rubric.stage(gold.answer.stage):
        result = assessment.result(criterion.id)
        given = [one.levels[criterion.id] for one in gold.labels if criterion.id in one.levels]
        if not isinstance(result, Scored) or not given:
            continue
        spans = [span for level in given for span in level.spans]
        quotes = [one for one in result.evidence if isinstance(one, AnswerEvidence)]
        right = sum(
            any(one.start < span.end and span.start < one.end for span in spans) for one in quotes
        )
        yield JudgedCriterion(
            answer_id=gold.answer.id,
            criterion_id=criterion.id,
            level=LEVELS[result.level_id],
            labels=tuple(LEVELS[one.level] for one in given),
            unsure=result.unsure,
            cited=len(quotes),
            cited_rightly=right,
        )
