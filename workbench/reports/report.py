"""A report: a plain value, built once from a review and rendered many ways."""

from collections.abc import Iterable
from typing import Literal

from designs.attempt_document import Argument
from designs.drawing import Design
from designs.exporters import RenderError, render_svg
from designs.inspections import INSPECTIONS
from designs.node_kind import Palette
from designs.prompt import Prompt
from designs.record import Record
from designs.stage import STAGES, StageId
from designs.submission import Submission
from designs.transcript import Exchange
from rubrics.assessment import (
    AgainstEvidence,
    AnswerEvidence,
    Assessment,
    DrawingEvidence,
    Evidence,
    InspectionEvidence,
    LoadTestEvidence,
    Scored,
)
from rubrics.criterion import Criterion
from rubrics.rubric import Rubric
from rubrics.score import OverallScore, overall_score
from workbench.next_actions import NextAction, next_actions
from workbench.reports.second import SecondReport, second_report

HONESTY = (
    "A practice score made on the learner's computer. It is not a hiring decision, and its "
    "agreement with human judges has not been measured yet, only that with language models."
)


class DrawnReport(Record):
    """What the drawing shows of a criterion."""

    shows: str
    """In the words of the rubric; empty if the candidate pointed at the nodes."""
    nodes: tuple[str, ...]
    is_path: bool


class SmellReport(Record):
    """What an inspection of the drawing holds against a criterion."""

    code: str
    message: str
    mend: str


class LoadTestLine(Record):
    """What the load test of the drawing found about an objective."""

    objective: str
    """In the prompt's words."""
    verdict: str
    reason: str
    """Names nodes by the learner's labels: escape it."""
    basis: str
    """Of which run it is, so that it can be made again."""


class CriterionReport(Record):
    """One criterion, as judged."""

    id: str
    title: str
    level: str
    self_level: str | None
    quotes: tuple[str, ...]
    against: tuple[str, ...]
    nodes: tuple[str, ...]
    """Every node that is cited, once."""
    drawn: tuple[DrawnReport, ...] = ()
    smells: tuple[SmellReport, ...] = ()
    load_test: tuple[LoadTestLine, ...] = ()
    load_test_against: tuple[LoadTestLine, ...] = ()
    missing: tuple[str, ...]
    remarks: tuple[str, ...]
    why: str
    next_action: str
    unsure: bool
    second: SecondReport | None = None
    """What a language model made of it; never part of the score."""


class MistakeReport(Record):
    """A known mistake that the answer states."""

    title: str
    severity: str
    quote: str
    why: str
    instead: str


class DoubtReport(Record):
    """The verdict that an answer is mistaken as a whole."""

    chance: float
    quotes: tuple[str, ...]


class StageReport(Record):
    """One stage: answer, score and criteria."""

    id: StageId
    title: str
    question: str
    answer: str
    score: float | None
    band: str | None
    self_score: float | None
    mistakes: tuple[MistakeReport, ...] = ()
    doubt: DoubtReport | None = None
    criteria: tuple[CriterionReport, ...]
    interview: tuple[Exchange, ...] = ()
    """What the interviewer asked in this stage, with the replies; not graded."""


class Report(Record):
    """Everything that a session's report says."""

    schema_version: Literal[1] = 1
    prompt_id: str
    prompt_title: str
    budget_minutes: int | None
    minutes_used: float | None
    hints_used: int | None
    score: float | None
    band: str | None
    expectation: str | None
    self_score: float | None
    grader: str | None
    """Name and version of the grader of record."""
    second_opinion: str | None = None
    """The language model of the second opinion, if one was asked."""
    submission_hash: str
    rubric_hash: str
    stages: tuple[StageReport, ...]
    next_actions: tuple[NextAction, ...]
    design: Design
    diagram_svg: str | None
    """None if the drawing could not be laid out."""
    honesty: str = HONESTY


class Judgements(Record):
    """What a report is built from."""

    prompt: Prompt
    rubric: Rubric
    submission: Submission
    machine: Assessment | None
    own: Assessment | None = None
    second: Assessment | None = None
    """A language model's; no part of the score."""
    arguments: tuple[Argument, ...] = ()
    """Oldest first; the newest about a criterion counts."""
    budget_minutes: int | None = None
    seconds_used: float | None = None
    hints_used: int | None = None


def build_report(given: Judgements, palette: Palette) -> Report:
    """Build the report of a submission.

    Args:
        given: The submission with its judgements.
        palette: For the diagram.

    Returns:
        A value without any markup except the diagram's SVG.
    """
    machine, own = given.machine, given.own
    score = overall_score(machine, given.rubric) if machine else None
    self_score = overall_score(own, given.rubric) if own else None
    return Report(
        prompt_id=given.prompt.id,
        prompt_title=given.prompt.title,
        budget_minutes=given.budget_minutes,
        minutes_used=None if given.seconds_used is None else round(given.seconds_used / 60, 1),
        hints_used=given.hints_used,
        score=score.score if score else None,
        band=score.band.value if score else None,
        expectation=score.band.expectation if score else None,
        self_score=self_score.score if self_score else None,
        grader=f"{machine.grader.name} {machine.grader.version}" if machine else None,
        second_opinion=given.second.grader.name if given.second else None,
        submission_hash=given.submission.content_hash(),
        rubric_hash=given.rubric.content_hash(),
        stages=tuple(_stage(given, stage, score, self_score) for stage in STAGES),
        next_actions=next_actions(machine, given.rubric) if machine else (),
        design=given.submission.design,
        diagram_svg=_diagram(given.submission.design, palette),
    )


def _diagram(design: Design, palette: Palette) -> str | None:
    try:
        return render_svg(design, palette, theme="light")
    except RenderError:
        return None


def _stage(
    given: Judgements, stage: StageId, score: OverallScore | None, own: OverallScore | None
) -> StageReport:
    return StageReport(
        id=stage,
        title=stage.title,
        question=given.prompt.stage(stage).question,
        answer=given.submission.answers[stage],
        score=score.stage(stage).score if score else None,
        band=score.stage(stage).band.value if score else None,
        self_score=own.stage(stage).score if own else None,
        mistakes=_mistakes(given.machine, stage),
        doubt=_doubt(given.machine, stage),
        criteria=tuple(_criterion(given, one) for one in given.rubric.stage(stage)),
        interview=tuple(one for one in given.submission.transcript if one.stage == stage),
    )


def _mistakes(machine: Assessment | None, stage: StageId) -> tuple[MistakeReport, ...]:
    return tuple(
        MistakeReport(
            title=one.title,
            severity=one.severity,
            quote=one.evidence.quote,
            why=one.why,
            instead=one.instead,
        )
        for one in (machine.mistakes_in(stage) if machine else ())
    )


def _doubt(machine: Assessment | None, stage: StageId) -> DoubtReport | None:
    doubt = machine.doubt_about(stage) if machine else None
    if doubt is None:
        return None
    return DoubtReport(chance=doubt.chance, quotes=tuple(one.quote for one in doubt.evidence))


def _criterion(given: Judgements, criterion: Criterion) -> CriterionReport:
    result = _scored(given.machine, criterion)
    own = _scored(given.own, criterion)
    evidence = result.evidence if result else ()
    against = result.against if result else ()
    drawn = [one for one in evidence if isinstance(one, DrawingEvidence)]
    return CriterionReport(
        id=criterion.id,
        title=criterion.title,
        level=result.level_id if result else "not judged",
        self_level=own.level_id if own else None,
        quotes=tuple(one.quote for one in evidence if isinstance(one, AnswerEvidence)),
        against=tuple(one.quote for one in against if isinstance(one, AnswerEvidence)),
        nodes=tuple(dict.fromkeys(node for one in drawn for node in one.node_ids)),
        drawn=tuple(
            DrawnReport(shows=one.shows, nodes=one.node_ids, is_path=one.is_path) for one in drawn
        ),
        smells=tuple(
            SmellReport(code=one.code, message=one.message, mend=_mend(one.code))
            for one in against
            if isinstance(one, InspectionEvidence)
        ),
        load_test=tuple(map(load_test_line, _rows(evidence))),
        load_test_against=tuple(map(load_test_line, _rows(against))),
        missing=result.missing if result else (),
        remarks=result.remarks if result else (),
        why=criterion.why,
        next_action=criterion.next_action,
        unsure=result.unsure if result else False,
        second=second_report(given.second, result, criterion, given.arguments),
    )


def drawn_words(shows: str) -> str:
    """Return the label of an indicator as the beginning of a line about the drawing."""
    label = shows.strip()
    if not label:
        return "In the drawing"
    words = label if "drawing" in label else f"in the drawing, {label}"
    return words[0].upper() + words[1:]


def load_test_line(row: LoadTestEvidence) -> LoadTestLine:
    """Return a row of a load test in words."""
    return LoadTestLine(
        objective=row.objective,
        verdict=row.verdict.words,
        reason=row.reason,
        basis=f"seed {row.seed}, engine {row.engine_version}",
    )


def _rows(cited: Iterable[Evidence | AgainstEvidence]) -> tuple[LoadTestEvidence, ...]:
    return tuple(one for one in cited if isinstance(one, LoadTestEvidence))


def _mend(code: str) -> str:
    """An assessment may be older than the inspections."""
    rule = INSPECTIONS.get(code)
    return rule.mend if rule else ""


def _scored(assessment: Assessment | None, criterion: Criterion) -> Scored | None:
    result = assessment.result(criterion.id) if assessment else None
    return result if isinstance(result, Scored) else None
