"""Scores: numbers derived from an assessment, never stored."""

from enum import StrEnum

from designs.record import Record
from designs.stage import STAGES, StageId
from rubrics.assessment import Assessment, Scored
from rubrics.rubric import Rubric

TOP_SHARE = 0.95
"""Share of a stage's weight that earns the full 4.0: nobody says everything in six minutes.

The published scales have four to five steps with words like those of the bands below but no common
arithmetic (docs/grading.md). This share and those below bring what this grader finds nearest to the
graders' stage scores in the tuning half of the gold answers, authors left out in turn.
"""
TOP_SHARES = {
    StageId.FEATURES: 0.9,
    StageId.MODEL: 0.75,
    StageId.SERVING: 0.9,
    StageId.METRICS: 0.85,
}
"""Stages in which less is enough."""


class StageBand(StrEnum):
    """A stage score in words."""

    NO_SIGNAL = "no signal"
    WEAK = "weak"
    MIXED = "mixed"
    STRONG = "strong"
    EXCEPTIONAL = "exceptional"


class OverallBand(StrEnum):
    """The overall score in the words of a hiring discussion."""

    NO_HIRE = "no hire"
    LEAN_NO_HIRE = "lean no hire"
    LEAN_HIRE = "lean hire"
    HIRE = "hire"
    STRONG_HIRE = "strong hire"

    @property
    def expectation(self) -> str:
        """The seniority whose usual bar the band meets."""
        return _EXPECTATIONS[self]


_EXPECTATIONS = {
    OverallBand.NO_HIRE: "below the mid-level bar",
    OverallBand.LEAN_NO_HIRE: "close to the mid-level bar",
    OverallBand.LEAN_HIRE: "meets the mid-level bar",
    OverallBand.HIRE: "meets the senior bar",
    OverallBand.STRONG_HIRE: "meets the staff bar",
}

STRONG_FROM = 2.5
"""Stage score from which the band is strong: what rounds to 3."""
_STAGE_BANDS = (
    (0.5, StageBand.NO_SIGNAL),
    (1.5, StageBand.WEAK),
    (STRONG_FROM, StageBand.MIXED),
    (3.5, StageBand.STRONG),
)
_OVERALL_BANDS = (
    (25.0, OverallBand.NO_HIRE),
    (45.0, OverallBand.LEAN_NO_HIRE),
    (62.5, OverallBand.LEAN_HIRE),
    (82.5, OverallBand.HIRE),
)
GATED_STAGES = (StageId.SERVING, StageId.MONITORING)
GATE_BELOW = 1.0
"""With less than this in a gated stage the band is at most lean hire: not reaching serving
and monitoring is what interviewers reject, however good the rest is."""


MISTAKE_CAPS = (4.0, 2.5, 1.5)
"""The most that a stage earns with none, one, and more serious mistakes: interviewers give little
for an answer that would do harm, however much of it is right. An answer that is taken for mistaken
as a whole counts as one with more."""


class StageScore(Record):
    """The score of one stage; `low` and `high` differ where criteria are unscored."""

    stage: StageId
    low: float
    high: float
    serious_mistakes: int = 0
    is_doubtful: bool = False
    """True if the answer is taken for mistaken as a whole."""

    @property
    def score(self) -> float:
        """The score shown, 0.0 to 4.0: an unscored criterion counts as not yet earned."""
        return self.low

    @property
    def band(self) -> StageBand:
        """The score in words."""
        return next(
            (band for below, band in _STAGE_BANDS if self.low < below), StageBand.EXCEPTIONAL
        )


class OverallScore(Record):
    """The score of a whole submission."""

    stages: tuple[StageScore, ...]

    @property
    def score(self) -> float:
        """0 to 100: the mean of the stage scores."""
        return round(25 * sum(stage.low for stage in self.stages) / len(self.stages), 1)

    @property
    def gated_by(self) -> tuple[StageId, ...]:
        """Stages that hold the band down."""
        return tuple(
            one.stage for one in self.stages if one.stage in GATED_STAGES and one.low < GATE_BELOW
        )

    @property
    def band(self) -> OverallBand:
        """The score in words, after the gate."""
        band = next(
            (band for below, band in _OVERALL_BANDS if self.score < below), OverallBand.STRONG_HIRE
        )
        if self.gated_by and band in (OverallBand.HIRE, OverallBand.STRONG_HIRE):
            return OverallBand.LEAN_HIRE
        return band

    def stage(self, stage: StageId) -> StageScore:
        """Return the score of a stage."""
        return next(one for one in self.stages if one.stage == stage)


def overall_score(assessment: Assessment, rubric: Rubric) -> OverallScore:
    """Add up an assessment.

    Args:
        assessment: One result per criterion of `rubric`.
        rubric: Gives stages and weights.

    Returns:
        Stage scores in the order of the stages. A stage without criteria scores 0.
    """
    return OverallScore(stages=tuple(_stage_score(assessment, rubric, stage) for stage in STAGES))


def _stage_score(assessment: Assessment, rubric: Rubric, stage: StageId) -> StageScore:
    total = earned = open_weight = 0.0
    for criterion in rubric.stage(stage):
        result = assessment.result(criterion.id)
        total += criterion.weight
        if isinstance(result, Scored):
            earned += criterion.weight * result.value
        else:
            open_weight += criterion.weight
    if not total:
        return StageScore(stage=stage, low=0.0, high=0.0)
    serious = sum(one.severity == "serious" for one in assessment.mistakes_in(stage))
    is_doubtful = assessment.doubt_about(stage) is not None
    most = MISTAKE_CAPS[-1 if is_doubtful else min(serious, len(MISTAKE_CAPS) - 1)]
    return StageScore(
        stage=stage,
        low=min(most, _four_points(earned / total, stage)),
        high=min(most, _four_points((earned + open_weight) / total, stage)),
        serious_mistakes=serious,
        is_doubtful=is_doubtful,
    )


def _four_points(share: float, stage: StageId) -> float:
    return round(4 * min(1.0, share / TOP_SHARES.get(stage, TOP_SHARE)), 2)
