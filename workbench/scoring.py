"""Scoring a document without a store: what the command line and the content checks do."""

from datetime import UTC, datetime
from typing import Any

from designs.attempt_document import AttemptDocument
from designs.prompt import Prompt
from designs.record import Record
from designs.stage import StageId
from designs.submission import Submission
from rubrics.assessment import (
    AnswerEvidence,
    Assessment,
    DrawingEvidence,
    InspectionEvidence,
    LoadTestEvidence,
    Scored,
)
from rubrics.criterion import Criterion
from rubrics.grader import GradingTask
from rubrics.graders.offline import OfflineGrader
from rubrics.rubric import Rubric
from rubrics.score import OverallScore, overall_score
from workbench.content import Content
from workbench.graded_load_test import graded_load_test
from workbench.next_actions import NextAction, next_actions

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""A document's assessment is not kept, so it carries no real time: same input, same bytes."""


class ScoredDocument(Record):
    """A document with its assessment."""

    prompt: Prompt
    rubric: Rubric
    submission: Submission
    assessment: Assessment

    @property
    def score(self) -> OverallScore:
        """The score of record."""
        return overall_score(self.assessment, self.rubric)

    @property
    def next_actions(self) -> tuple[NextAction, ...]:
        """What would earn most."""
        return next_actions(self.assessment, self.rubric)

    def as_contract(self) -> dict[str, Any]:
        """Return the JSON object that ``score --format json`` promises."""
        overall = self.score
        return {
            "prompt": self.prompt.id,
            "grader": f"{self.assessment.grader.name} {self.assessment.grader.version}",
            "overall": {
                "score": overall.score,
                "band": overall.band.value,
                "expectation": overall.band.expectation,
            },
            "stages": {
                stage.stage.value: {
                    "score": stage.score,
                    "band": stage.band.value,
                    "mistakes": [
                        {
                            "id": one.mistake_id,
                            "severity": one.severity,
                            "title": one.title,
                            "evidence": [_span(one.evidence)],
                        }
                        for one in self.assessment.mistakes_in(stage.stage)
                    ],
                    "reads_as_mistaken": self._doubt(stage.stage),
                    "criteria": [self._criterion(one) for one in self.rubric.stage(stage.stage)],
                }
                for stage in overall.stages
            },
        }

    def _doubt(self, stage: StageId) -> dict[str, Any] | None:
        found = self.assessment.doubt_about(stage)
        if found is None:
            return None
        return {"chance": found.chance, "evidence": [_span(one) for one in found.evidence]}

    def _criterion(self, criterion: Criterion) -> dict[str, Any]:
        result = self.assessment.result(criterion.id)
        if not isinstance(result, Scored):
            reason = result.reason.value if result else None
            nothing: dict[str, Any] = {"level": None, "value": None, "evidence": [], "missing": []}
            return {"id": criterion.id, **nothing, "unscored": reason}
        drawn = [one for one in result.evidence if isinstance(one, DrawingEvidence)]
        return {
            "id": criterion.id,
            "level": result.level_id,
            "value": result.value,
            "evidence": [_span(e) for e in result.evidence if isinstance(e, AnswerEvidence)],
            "drawing": [node for one in drawn for node in one.node_ids],
            "drawn": [
                {"shows": one.shows, "nodes": list(one.node_ids), "is_path": one.is_path}
                for one in drawn
            ],
            "load_test": [_row(e) for e in result.evidence if isinstance(e, LoadTestEvidence)],
            "missing": list(result.missing),
            "against": [_span(e) for e in result.against if isinstance(e, AnswerEvidence)],
            "smells": [
                {"code": e.code, "message": e.message, "nodes": list(e.node_ids)}
                for e in result.against
                if isinstance(e, InspectionEvidence)
            ],
            "load_test_against": [
                _row(e) for e in result.against if isinstance(e, LoadTestEvidence)
            ],
            "unsure": result.unsure,
        }


def _span(evidence: AnswerEvidence) -> dict[str, Any]:
    return {"quote": evidence.quote, "start": evidence.start, "end": evidence.end}


def _row(evidence: LoadTestEvidence) -> dict[str, Any]:
    return evidence.model_dump(mode="json", exclude={"kind"})


def score_document(document: AttemptDocument, content: Content) -> ScoredDocument:
    """Grade a document offline.

    Args:
        document: Its prompt must exist in `content`.
        content: Prompts and rubrics.
    """
    prompt, rubric = content.prompt(document.prompt), content.rubric(document.prompt)
    submission = Submission(
        prompt_id=prompt.id,
        prompt_hash=prompt.content_hash(),
        answers=document.answers,
        design=document.design,
        transcript=document.transcript,
    )
    task = GradingTask(
        submission=submission,
        rubric=rubric,
        prompt=prompt,
        load_test=graded_load_test(submission.design, prompt, content.palette, rubric),
        assessment_id="document",
        graded_at=_EPOCH,
    )
    assessment = OfflineGrader().grade(task)
    return ScoredDocument(
        prompt=prompt, rubric=rubric, submission=submission, assessment=assessment
    )
