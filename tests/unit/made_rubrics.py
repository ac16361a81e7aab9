"""Small made-up rubrics, submissions and assessments for tests of what is derived from them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from designs.stage import STAGES, StageId
from designs.submission import Submission
from rubrics.assessment import (
    Assessment,
    Evidence,
    GraderKind,
    GraderRef,
    Scored,
    Unscored,
    UnscoredReason,
)
from rubrics.criterion import Criterion
from rubrics.rubric import Rubric

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
VALUES = {"missing": 0.0, "named": 0.5, "reasoned": 1.0}
GRADER = GraderRef(kind=GraderKind.OFFLINE, name="made-up", version="1")


def a_criterion(criterion_id: str, stage: StageId = StageId.FRAMING, **changes: Any) -> Criterion:
    plain: dict[str, Any] = {
        "id": criterion_id,
        "stage": stage,
        "title": f"Criterion {criterion_id}",
        "question": "Does the answer say what is decided?",
        "why": "Without it nobody knows what the system is for.",
        "next_action": f"Write one sentence about {criterion_id} today.",
        "levels": [
            {"id": name, "value": value, "descriptor": f"An answer that is {name} in this respect."}
            for name, value in VALUES.items()
        ],
        "indicators": [
            {"kind": "concept", "id": "one", "label": "a word", "any_of": ["a", "b", "c"]}
        ],
        "near_misses": [f"Something beside the point, {n}." for n in range(4)],
        "contradictions": ["The opposite, first.", "The opposite, second."],
    }
    return Criterion.model_validate(plain | changes)


def a_rubric(*criteria: Criterion, title: str = "Made up") -> Rubric:
    return Rubric(id="fraud-detection", title=title, criteria=criteria)


def one_per_stage() -> Rubric:
    return a_rubric(*(a_criterion(f"about-{stage}", stage) for stage in STAGES))


def a_submission(answers: Mapping[StageId, str] | None = None, **rest: Any) -> Submission:
    fields = {"prompt_id": "fraud-detection", "prompt_hash": "ab" * 32, "answers": answers or {}}
    return Submission.model_validate(fields | rest)


def scored(criterion_id: str, level: str, *evidence: Evidence, **rest: Any) -> Scored:
    fields = {"criterion_id": criterion_id, "level_id": level, "value": VALUES[level]}
    return Scored.model_validate(fields | {"evidence": evidence} | rest)


def unscored(criterion_id: str) -> Unscored:
    return Unscored(criterion_id=criterion_id, reason=UnscoredReason.REFUSED)


def an_assessment(
    rubric: Rubric, *results: Scored | Unscored, submission: Submission | None = None, **rest: Any
) -> Assessment:
    fields = {
        "id": "made-up",
        "submission_hash": (submission or a_submission()).content_hash(),
        "rubric_id": rubric.id,
        "rubric_content_hash": rubric.content_hash(),
        "rubric_structure_hash": rubric.structure_hash(),
        "grader": GRADER,
        "results": results,
        "created_at": NOON,
    }
    return Assessment.model_validate(fields | rest)


def graded(rubric: Rubric, levels: Mapping[str, str | None]) -> Assessment:
    """Return an assessment by level; None is unscored, what is left out is missing."""
    results = []
    for one in rubric.criteria:
        level = levels.get(one.id, "missing")
        results.append(unscored(one.id) if level is None else scored(one.id, level))
    return an_assessment(rubric, *results)
