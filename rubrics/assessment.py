"""Assessments: what one grader found in one submission, criterion by criterion."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field

from designs.identifiers import Slug
from designs.record import Record
from designs.stage import StageId
from labs.load_test.report import LoadTestReport, Verdict
from rubrics.criterion import LevelId


class AnswerEvidence(Record):
    """A verbatim span: ``answers[stage][start:end] == quote``."""

    kind: Literal["answer"] = "answer"
    stage: StageId
    start: int = Field(ge=0)
    """Offset in Python characters (code points)."""
    end: int = Field(gt=0)
    quote: str = Field(min_length=1)


class DrawingEvidence(Record):
    """Nodes of the submitted drawing, or a way through it."""

    kind: Literal["drawing"] = "drawing"
    node_ids: tuple[Slug, ...] = Field(min_length=1)
    """Of a path all its nodes, in order; one to which a call returns stands there again."""
    shows: str = ""
    """What the nodes show, in the label of the indicator; empty if a person pointed at them."""
    is_path: bool = False


class LoadTestEvidence(Record):
    """An objective that the drawing was load-tested against, and what was found."""

    kind: Literal["load-test"] = "load-test"
    slo_id: Slug
    observed: float | None
    """The figure, in the objective's unit; None where there is no steady state."""
    threshold: float
    unit: str
    verdict: Verdict
    objective: str
    """In the prompt's words."""
    reason: str
    """Why this verdict. Names nodes by the learner's labels: escape it."""
    seed: int
    engine_version: str

    @classmethod
    def of(cls, report: LoadTestReport, slo_id: str) -> Self:
        """Return the row of a report.

        Raises:
            ValueError: If the report has no verdict on that objective.
        """
        found = report.verdict(slo_id)
        if found is None or found.verdict is Verdict.NOT_TESTED:
            raise ValueError(f"the load test has no verdict on {slo_id}")
        return cls(
            slo_id=slo_id,
            observed=found.figure.value if found.figure else None,
            threshold=found.threshold,
            unit=found.unit,
            verdict=found.verdict,
            objective=found.text,
            reason=found.reason,
            seed=report.seed,
            engine_version=report.engine_version,
        )


class InspectionEvidence(Record):
    """What an inspection found in the submitted drawing."""

    kind: Literal["inspection"] = "inspection"
    code: Slug
    message: str = Field(min_length=1)
    """Names nodes by the learner's labels: escape it."""
    node_ids: tuple[Slug, ...] = ()


AgainstEvidence = Annotated[
    AnswerEvidence | InspectionEvidence | LoadTestEvidence, Field(discriminator="kind")
]
Evidence = Annotated[
    AnswerEvidence | DrawingEvidence | LoadTestEvidence, Field(discriminator="kind")
]


class Scored(Record):
    """A criterion that was judged."""

    kind: Literal["scored"] = "scored"
    criterion_id: Slug
    level_id: LevelId
    value: float = Field(ge=0, le=1)
    evidence: tuple[Evidence, ...] = ()
    """Never empty where `value` is above 0."""
    missing: tuple[str, ...] = ()
    """What the next level asks for and was not found, in the labels of the indicators."""
    against: tuple[AgainstEvidence, ...] = ()
    """What contradicts the criterion: sentences, smells of the drawing, objectives it misses."""
    remarks: tuple[str, ...] = ()
    """Why words that look right earned nothing or less: list, negated, hedged, copied, recital."""
    unsure: bool = False
    """True near a boundary between levels: the judgement of a person is worth more here."""


class StatedMistake(Record):
    """A known mistake that an answer states, with what is to be known about it."""

    mistake_id: Slug
    stage: StageId
    """The stage whose answer states it."""
    severity: Literal["serious", "slip"]
    title: str
    why: str
    instead: str
    evidence: AnswerEvidence


class DoubtfulAnswer(Record):
    """An answer that reads like those that experts stop over serious mistakes.

    The grader cannot say which rules it breaks; it is right more often than not, and no more.
    """

    stage: StageId
    chance: float = Field(ge=0, le=1)
    """That an expert would see two serious mistakes or more."""
    evidence: tuple[AnswerEvidence, ...] = Field(min_length=1)
    """The sentences that read most like mistakes, in the order of the answer."""


class UnscoredReason(StrEnum):
    """Why a grader gave no judgement."""

    REFUSED = "refused"
    UNPARSEABLE = "unparseable"
    UNSUPPORTED = "unsupported"
    UNAVAILABLE = "unavailable"


class Unscored(Record):
    """A criterion that was not judged; never a zero."""

    kind: Literal["unscored"] = "unscored"
    criterion_id: Slug
    reason: UnscoredReason
    detail: str = ""


CriterionResult = Annotated[Scored | Unscored, Field(discriminator="kind")]


class GraderKind(StrEnum):
    """Who judged."""

    OFFLINE = "offline"
    SELF = "self"
    LLM = "llm"
    MENTOR = "mentor"


class GraderRef(Record):
    """Which grader, in which version, with which settings."""

    kind: GraderKind
    name: str
    version: str
    settings_hash: str = ""


class Assessment(Record):
    """The append-only result of one grader on one submission."""

    schema_version: Literal[1] = 1
    id: str
    submission_hash: str
    rubric_id: Slug
    rubric_content_hash: str
    rubric_structure_hash: str
    grader: GraderRef
    results: tuple[CriterionResult, ...]
    """Exactly one per criterion of the rubric, in its order."""
    mistakes: tuple[StatedMistake, ...] = ()
    """Known mistakes that the answers state, in the order of stages and sentences."""
    doubtful: tuple[DoubtfulAnswer, ...] = ()
    """Answers that are taken for mistaken as a whole, at most one for each stage."""
    created_at: datetime
    supersedes: str | None = None

    def result(self, criterion_id: str) -> Scored | Unscored | None:
        """Return the result for a criterion, or None."""
        return next((one for one in self.results if one.criterion_id == criterion_id), None)

    def mistakes_in(self, stage: StageId) -> tuple[StatedMistake, ...]:
        """Return the mistakes that the answer to a stage states."""
        return tuple(one for one in self.mistakes if one.stage == stage)

    def doubt_about(self, stage: StageId) -> DoubtfulAnswer | None:
        """Return the verdict that the answer to a stage is mistaken as a whole, if there is one."""
        return next((one for one in self.doubtful if one.stage == stage), None)
