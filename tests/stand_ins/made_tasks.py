"""Submissions of the first prompt, as graders are given them."""

from datetime import UTC, datetime

from designs.library import shipped_pack
from designs.stage import StageId
from designs.submission import Submission
from rubrics.grader import GradingTask
from rubrics.library import shipped_rubric

SLUG = "fraud-detection"


NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def a_submission(answers: dict[StageId, str], *, drawn: bool = False) -> Submission:
    pack = shipped_pack(SLUG)
    fields = {
        "prompt_id": SLUG,
        "prompt_hash": pack.prompt.content_hash(),
        "answers": answers,
    }
    if drawn:
        fields["design"] = pack.exemplar.design
    return Submission.model_validate(fields)


def a_task(submission: Submission) -> GradingTask:
    return GradingTask(
        submission=submission,
        rubric=shipped_rubric(SLUG),
        prompt=shipped_pack(SLUG).prompt,
        assessment_id="an-assessment",
        graded_at=NOON,
    )
