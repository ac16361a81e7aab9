"""Evidence as it is stored: spans of the answer, nodes of the drawing, what inspections found."""

from collections.abc import Sequence

from designs.stage import StageId
from rubrics.assessment import (
    AgainstEvidence,
    AnswerEvidence,
    DrawingEvidence,
    Evidence,
    InspectionEvidence,
)
from rubrics.criterion import Criterion
from rubrics.graders.offline.drawing_evidence import DrawnCase
from rubrics.graders.offline.levels import Decision
from rubrics.graders.offline.reading import Reading


def quotes_of(
    stage: StageId, reading: Reading, numbers: Sequence[int]
) -> tuple[AnswerEvidence, ...]:
    """Return sentences of an answer as verbatim spans, in the order of the answer."""
    spans = [reading.parts[number].sentence for number in sorted(numbers)]
    return tuple(
        AnswerEvidence(
            stage=stage, start=one.start, end=one.end, quote=reading.answer[one.start : one.end]
        )
        for one in spans
    )


def evidence_of(
    criterion: Criterion, reading: Reading, decision: Decision, drawn: DrawnCase
) -> tuple[Evidence, ...]:
    """Return what earned a level: sentences first, then what the drawing shows, then its load test."""
    if not decision.level:
        return ()
    signs = tuple(
        DrawingEvidence(
            node_ids=sign.node_ids, shows=_label(criterion, sign.indicator_id), is_path=sign.is_path
        )
        for sign in drawn.signs
        if sign.indicator_id in decision.drawn
    )
    tested = tuple(one.row for one in drawn.tested if one.indicator_id in decision.drawn)
    return (*quotes_of(criterion.stage, reading, decision.sentences), *signs, *tested)


def held_against(drawn: DrawnCase) -> tuple[AgainstEvidence, ...]:
    """Return what inspections and the load test of the drawing hold against a criterion."""
    smells = (
        InspectionEvidence(code=one.code, message=one.message, node_ids=one.node_ids)
        for one in drawn.smells
    )
    return (*smells, *drawn.missed)


def _label(criterion: Criterion, indicator_id: str) -> str:
    indicator = criterion.indicator(indicator_id)
    return indicator.label if indicator else ""
