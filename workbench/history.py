"""History: past attempts and how each stage developed."""

from datetime import datetime

from designs.record import Record
from designs.stage import StageId
from rubrics.assessment import Assessment, GraderKind
from rubrics.rubric import Rubric
from rubrics.score import OverallScore, overall_score
from workbench.desk import Desk
from workbench.store import AttemptLine


class HistoryLine(Record):
    """One attempt in the list."""

    attempt_id: str
    prompt_id: str
    prompt_title: str
    created_at: datetime
    changed_at: datetime
    budget_minutes: int
    submitted: bool
    score: OverallScore | None
    """The score of record; None before the self-review was done or skipped."""
    self_score: OverallScore | None
    comparable: bool = True
    """False if the rubric's criteria, weights or levels changed since: another scale."""


class TrendPoint(Record):
    """A stage score at a time, for a chart."""

    at: datetime
    attempt_id: str
    prompt_title: str
    stage: StageId
    score: float
    self_score: float | None


def history(desk: Desk) -> tuple[HistoryLine, ...]:
    """Return the owner's attempts, the last changed first."""
    return tuple(_line(desk, line) for line in desk.store.lines(desk.owner))


def trends(lines: tuple[HistoryLine, ...]) -> tuple[TrendPoint, ...]:
    """Return every stage score of comparable attempts, oldest first."""
    return tuple(
        TrendPoint(
            at=line.created_at,
            attempt_id=line.attempt_id,
            prompt_title=line.prompt_title,
            stage=stage.stage,
            score=stage.score,
            self_score=line.self_score.stage(stage.stage).score if line.self_score else None,
        )
        for line in sorted(lines, key=lambda line: line.created_at)
        if line.score is not None and line.comparable
        for stage in line.score.stages
    )


def _line(desk: Desk, line: AttemptLine) -> HistoryLine:
    header = line.header
    # A rubric is read from its file when it is first asked for: not for who was never judged.
    rubric = desk.content.rubrics.get(header.prompt_id) if line.assessments else None
    pack = desk.content.packs.get(header.prompt_id)
    machine = _newest(line, GraderKind.OFFLINE)
    own = _newest(line, GraderKind.SELF)
    return HistoryLine(
        attempt_id=header.id,
        prompt_id=header.prompt_id,
        prompt_title=pack.prompt.title if pack else header.prompt_id,
        created_at=header.created_at,
        changed_at=line.changed_at,
        budget_minutes=header.budget_minutes,
        submitted=line.submission_hash is not None,
        score=_score(machine, rubric),
        self_score=_score(own, rubric),
        comparable=machine is None or _same_scale(machine, rubric),
    )


def _newest(line: AttemptLine, kind: GraderKind) -> Assessment | None:
    return next((one for one in reversed(line.assessments) if one.grader.kind == kind), None)


def _score(assessment: Assessment | None, rubric: Rubric | None) -> OverallScore | None:
    return overall_score(assessment, rubric) if assessment and rubric else None


def _same_scale(assessment: Assessment, rubric: Rubric | None) -> bool:
    return rubric is not None and assessment.rubric_structure_hash == rubric.structure_hash()
