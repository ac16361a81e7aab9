"""The grader protocol: what every judge is given and must return."""

from datetime import datetime
from typing import Protocol, runtime_checkable

from designs.prompt import Prompt
from designs.record import Record
from designs.submission import Submission
from labs.load_test.report import LoadTestReport
from rubrics.assessment import Assessment, CriterionResult, DoubtfulAnswer, GraderRef, StatedMistake
from rubrics.rubric import Rubric


class GradingTask(Record):
    """Everything that a grader may look at, and the id and time of its result."""

    submission: Submission
    rubric: Rubric
    prompt: Prompt
    load_test: LoadTestReport | None = None
    """What the drawing did under the prompt's traffic, if it was run."""
    assessment_id: str
    graded_at: datetime

    def assessment(
        self,
        grader: GraderRef,
        results: tuple[CriterionResult, ...],
        mistakes: tuple[StatedMistake, ...] = (),
        doubtful: tuple[DoubtfulAnswer, ...] = (),
    ) -> Assessment:
        """Wrap the results of a grader into the record that is stored."""
        return Assessment(
            id=self.assessment_id,
            submission_hash=self.submission.content_hash(),
            rubric_id=self.rubric.id,
            rubric_content_hash=self.rubric.content_hash(),
            rubric_structure_hash=self.rubric.structure_hash(),
            grader=grader,
            results=results,
            mistakes=mistakes,
            doubtful=doubtful,
            created_at=self.graded_at,
        )


@runtime_checkable
class Grader(Protocol):
    """A judge. The same task gives the same results unless its `ref` says otherwise."""

    @property
    def ref(self) -> GraderRef:
        """Kind, name, version and settings of the grader."""
        ...

    def grade(self, task: GradingTask) -> Assessment:
        """Judge every criterion of the rubric.

        Args:
            task: Submission, rubric and prompt.

        Returns:
            One result per criterion. What cannot be judged is `Unscored`, never a zero, and
            no exception of a single criterion spoils the others.
        """
        ...
