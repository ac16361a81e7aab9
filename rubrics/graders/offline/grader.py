"""The offline grader: the score of record."""

from collections.abc import Sequence

from designs.drawing import Design
from designs.stage import STAGES, StageId
from rubrics.assessment import (
    AnswerEvidence,
    Assessment,
    CriterionResult,
    DrawingEvidence,
    Evidence,
    GraderKind,
    GraderRef,
    Scored,
    Unscored,
    UnscoredReason,
)
from rubrics.criterion import Criterion
from rubrics.grader import GradingTask
from rubrics.graders.offline.closeness import (
    Comparisons,
    compare,
    contradicting,
    likeness_of,
    near_misses,
)
from rubrics.graders.offline.compiled import CompiledRubric, RubricCache
from rubrics.graders.offline.findings import Blemish, find_all
from rubrics.graders.offline.levels import Decision, decide
from rubrics.graders.offline.reading import Reading, read_answer
from rubrics.graders.offline.remarks import missing_for, remarks_for
from rubrics.graders.offline.settings import OfflineSettings

NAME = "offline"
VERSION = "1"
"""Raised whenever the same answer may earn another result."""

_CACHE = RubricCache()


class OfflineGrader:
    """Judges by rules: no network, no key, no randomness; the same task gives the same results."""

    def __init__(self, settings: OfflineSettings | None = None) -> None:
        self._settings = settings or OfflineSettings()

    @property
    def ref(self) -> GraderRef:
        """Kind, name, version and the hash of the settings."""
        return GraderRef(
            kind=GraderKind.OFFLINE,
            name=NAME,
            version=VERSION,
            settings_hash=self._settings.hash(),
        )

    def grade(self, task: GradingTask) -> Assessment:
        """Return one result per criterion; one that fails is unscored and spoils no other."""
        results: dict[str, CriterionResult] = {}
        try:
            compiled = _CACHE.get(task.rubric, task.prompt, self._settings)
        except Exception as error:  # noqa: BLE001 - a failure is recorded, never a zero
            results = {one.id: _failed(one, error) for one in task.rubric.criteria}
        else:
            for stage in STAGES:
                for result in self._stage(stage, task, compiled):
                    results[result.criterion_id] = result
        return task.assessment(self.ref, tuple(results[one.id] for one in task.rubric.criteria))

    def _stage(
        self, stage: StageId, task: GradingTask, compiled: CompiledRubric
    ) -> list[CriterionResult]:
        criteria = task.rubric.stage(stage)
        try:
            ready = compiled.stages[stage]
            answer = task.submission.answers[stage]
            reading = read_answer(answer, ready, compiled.source, self._settings)
            comparisons = compare(reading, ready.comparison)
        except Exception as error:  # noqa: BLE001 - a failure is recorded, never a zero
            return [_failed(one, error) for one in criteria]
        results: list[CriterionResult] = []
        for criterion in criteria:
            try:
                design = task.submission.design
                results.append(self._judge(criterion, reading, comparisons, design, compiled))
            except Exception as error:  # noqa: BLE001 - a failure is recorded, never a zero
                results.append(_failed(criterion, error))
        return results

    def _judge(
        self,
        criterion: Criterion,
        reading: Reading,
        comparisons: Comparisons,
        design: Design,
        compiled: CompiledRubric,
    ) -> Scored:
        settings = self._settings
        opposed, nearly = contradicting(criterion.id, reading, comparisons, settings)
        vague = near_misses(criterion.id, reading, comparisons, settings)
        set_aside = dict.fromkeys(vague, Blemish.VAGUE) | dict.fromkeys(opposed, Blemish.NEGATED)
        findings = find_all(criterion, reading, design, compiled.excused[criterion.id], set_aside)
        likeness = likeness_of(criterion.id, reading, comparisons, tuple(set_aside), settings)
        decision = decide(criterion, findings, reading, likeness, settings)
        argued = decision.level == 2
        if opposed:
            decision = _overruled(decision)
        level = criterion.levels[decision.level]
        return Scored(
            criterion_id=criterion.id,
            level_id=level.id,
            value=level.value,
            evidence=_evidence(criterion.stage, reading, decision),
            missing=missing_for(criterion, decision),
            against=_quotes(criterion.stage, reading, opposed),
            remarks=remarks_for(decision, findings, contradicted=bool(opposed), argued=argued),
            unsure=decision.unsure or nearly,
        )


def _overruled(decision: Decision) -> Decision:
    """Take a contradicted criterion's credit: named if it is argued elsewhere, else nothing."""
    if decision.level == 2:
        return Decision(1, decision.sentences, decision.nodes, unsure=True)
    return Decision(0, unmet=decision.unmet)


def _evidence(stage: StageId, reading: Reading, decision: Decision) -> tuple[Evidence, ...]:
    if not decision.level:
        return ()
    quotes: tuple[Evidence, ...] = _quotes(stage, reading, decision.sentences)
    if decision.nodes:
        return (*quotes, DrawingEvidence(node_ids=decision.nodes))
    return quotes


def _quotes(stage: StageId, reading: Reading, numbers: Sequence[int]) -> tuple[AnswerEvidence, ...]:
    spans = [reading.parts[number].sentence for number in sorted(numbers)]
    return tuple(
        AnswerEvidence(
            stage=stage, start=one.start, end=one.end, quote=reading.answer[one.start : one.end]
        )
        for one in spans
    )


def _failed(criterion: Criterion, error: Exception) -> Unscored:
    """Record a failure by the name of its class only: its text may hold the learner's words."""
    return Unscored(
        criterion_id=criterion.id, reason=UnscoredReason.UNAVAILABLE, detail=type(error).__name__
    )
