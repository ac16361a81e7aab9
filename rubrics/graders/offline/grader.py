"""The offline grader: the score of record."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from designs.content_hash import text_hash
from designs.inspections import Severity
from designs.library import shipped_palette
from designs.node_kind import Palette
from designs.stage import STAGES, StageId
from rubrics.assessment import (
    Assessment,
    CriterionResult,
    DoubtfulAnswer,
    GraderKind,
    GraderRef,
    Scored,
    StatedMistake,
    Unscored,
    UnscoredReason,
)
from rubrics.criterion import ConceptIndicator, Criterion
from rubrics.grader import GradingTask
from rubrics.graders.offline.appraisal import Appraisal, appraise, clues_for
from rubrics.graders.offline.closeness import likeness_of
from rubrics.graders.offline.compiled import CompiledRubric, RubricCache, shipped_learnt
from rubrics.graders.offline.drawing_evidence import NOTHING_DRAWN, DrawnCase, InspectedDrawing
from rubrics.graders.offline.evidence import evidence_of, held_against, quotes_of
from rubrics.graders.offline.findings import Findings
from rubrics.graders.offline.level_model import LevelModels, shipped_models
from rubrics.graders.offline.levels import Decision, decide
from rubrics.graders.offline.mistake_index import FoundMistake
from rubrics.graders.offline.mistaken import MistakenModel, shipped_mistaken_model
from rubrics.graders.offline.reading import Reading
from rubrics.graders.offline.remarks import missing_for, remarks_for
from rubrics.graders.offline.settings import OfflineSettings
from rubrics.graders.offline.standing import Standing, standing_of
from rubrics.graders.offline.trained_hashes import trained_hash

NAME = "offline"
VERSION = "8"
"""Raised whenever the same answer may earn another result."""

_CACHE, _AS_IF_NEW = RubricCache(), RubricCache(as_if_new=True)


class OfflineGrader:
    """Judges by a trained model behind guards: no network, no key, no randomness.

    The same task gives the same results.

    Args:
        settings: Thresholds of the guards.
        palette: The node kinds that drawings are made of.
        as_if_new: Judge every prompt as one to which no graded answers are shipped. For measuring
            what a new prompt may expect; nobody's score of record.
    """

    def __init__(
        self,
        settings: OfflineSettings | None = None,
        palette: Palette | None = None,
        *,
        as_if_new: bool = False,
    ) -> None:
        self._name = f"{NAME}-as-if-new" if as_if_new else NAME
        self._rubrics = _AS_IF_NEW if as_if_new else _CACHE
        self._settings = settings or OfflineSettings()
        self._palette = palette or shipped_palette()
        self._models: LevelModels = shipped_models()
        self._mistaken: MistakenModel = shipped_mistaken_model()

    @property
    def ref(self) -> GraderRef:
        """Kind, name, version and the hash of the settings."""
        return GraderRef(
            kind=GraderKind.OFFLINE,
            name=self._name,
            version=VERSION,
            settings_hash=_learnt_hash(self._settings),
        )

    def grade(self, task: GradingTask) -> Assessment:
        """Return one result per criterion; one that fails is unscored and spoils no other."""
        results: dict[str, CriterionResult] = {}
        mistakes: list[StatedMistake] = []
        doubtful: list[DoubtfulAnswer] = []
        try:
            compiled = self._rubrics.get(task.rubric, task.prompt, self._settings)
        except Exception as error:  # noqa: BLE001 - a failure is recorded, never a zero
            results = {one.id: _failed(one, error) for one in task.rubric.criteria}
        else:
            design = task.submission.design
            drawing = InspectedDrawing(design, self._palette, task.load_test)
            for stage in STAGES:
                judged = self._stage(stage, task, drawing, compiled)
                results |= {one.criterion_id: one for one in judged.results}
                mistakes += judged.mistakes
                doubtful += judged.doubtful
        ordered = tuple(results[one.id] for one in task.rubric.criteria)
        return task.assessment(self.ref, ordered, tuple(mistakes), tuple(doubtful))

    def _stage(
        self,
        stage: StageId,
        task: GradingTask,
        drawing: InspectedDrawing,
        compiled: CompiledRubric,
    ) -> "_JudgedStage":
        criteria = task.rubric.stage(stage)
        try:
            answer = task.submission.answers[stage]
            appraisal = appraise(stage, answer, criteria, compiled, self._settings)
            if not appraisal.reading.parts and not drawing.design.nodes:
                return _JudgedStage(self._unanswered(stage, appraisal, criteria, compiled))
        except Exception as error:  # noqa: BLE001 - a failure is recorded, never a zero
            return _JudgedStage([_failed(one, error) for one in criteria])
        results: list[CriterionResult] = []
        for criterion in criteria:
            try:
                drawn = drawing.case_of(criterion)
                results.append(self._judge(criterion, appraisal, drawn, compiled))
            except Exception as error:  # noqa: BLE001 - a failure is recorded, never a zero
                results.append(_failed(criterion, error))
        return _JudgedStage(
            results,
            [_stated(one, stage, appraisal.reading) for one in appraisal.mistakes],
            self._doubtful(stage, appraisal),
        )

    def _unanswered(
        self,
        stage: StageId,
        appraisal: Appraisal,
        criteria: Sequence[Criterion],
        compiled: CompiledRubric,
    ) -> Sequence[CriterionResult]:
        """Return what silence earns, worked out once: an attempt often answers a few stages."""
        if stage not in compiled.unanswered:
            compiled.unanswered[stage] = tuple(
                self._judge(one, appraisal, NOTHING_DRAWN, compiled) for one in criteria
            )
        return compiled.unanswered[stage]

    def _doubtful(self, stage: StageId, appraisal: Appraisal) -> list[DoubtfulAnswer]:
        serious = sum(one.mistake.severity == "serious" for one in appraisal.mistakes)
        verdict = self._mistaken.verdict(appraisal.leads.doubts, serious)
        if verdict is None:
            return []
        evidence = quotes_of(stage, appraisal.reading, verdict.sentences)
        return [DoubtfulAnswer(stage=stage, chance=round(verdict.chance, 2), evidence=evidence)]

    def _judge(
        self,
        criterion: Criterion,
        appraisal: Appraisal,
        drawn: DrawnCase,
        compiled: CompiledRubric,
    ) -> Scored:
        settings, reading = self._settings, appraisal.reading
        standing = standing_of(criterion, appraisal, drawn, compiled, settings)
        likeness = likeness_of(
            criterion.id, reading, appraisal.comparisons, tuple(standing.set_aside), settings
        )
        ruled = decide(criterion, standing.findings, reading, likeness, settings)
        decision = self._weighed(criterion, appraisal, standing, ruled, compiled)
        argued = decision.level == 2
        belied = argued and any(one.severity is Severity.SERIOUS for one in drawn.smells)
        if standing.opposed or belied:
            decision = _overruled(decision)
        level = criterion.levels[decision.level]
        return Scored(
            criterion_id=criterion.id,
            level_id=level.id,
            value=level.value,
            evidence=evidence_of(criterion, reading, decision, drawn),
            missing=missing_for(criterion, decision),
            against=(
                *quotes_of(criterion.stage, reading, standing.opposed),
                *held_against(drawn),
            ),
            remarks=remarks_for(
                decision,
                standing.findings,
                contradicted=bool(standing.opposed),
                argued=argued,
                belied=belied,
            ),
            unsure=decision.unsure or standing.nearly_opposed,
        )

    def _weighed(
        self,
        criterion: Criterion,
        appraisal: Appraisal,
        standing: Standing,
        ruled: Decision,
        compiled: CompiledRubric,
    ) -> Decision:
        """Return the level that the model gives, as far as there is evidence for it.

        The rules say what is missing, and what the drawing shows; the model, which has never
        seen a drawing, decides about the words. Where they leave a criterion open, the drawing
        may lift it to named, and never further.
        """
        findings, quotes = standing.findings, standing.quotes
        level, unsure = self._estimated(criterion, appraisal, standing, compiled)
        drawn = findings.drawn.shown
        if level:
            unmet = ruled.unmet if ruled.level <= level else ()
            return Decision(level, quotes, drawn, unsure, ruled.lacks_depth, unmet)
        if ruled.drawn and ruled.level:
            return Decision(1, quotes, ruled.drawn, True, ruled.lacks_depth, ruled.unmet)
        if _is_drawn(criterion, findings, quotes) and not standing.is_denied:
            return Decision(1, quotes, drawn, True, ruled.lacks_depth, ruled.unmet)
        return Decision(0, (), (), unsure, ruled.lacks_depth, () if ruled.level else ruled.unmet)

    def _estimated(
        self,
        criterion: Criterion,
        appraisal: Appraisal,
        standing: Standing,
        compiled: CompiledRubric,
    ) -> tuple[int, bool]:
        """Return the model's level as far as it is borne out, and whether it is a close call."""
        if not appraisal.reading.parts:
            return 0, False  # no words, no question
        clues = clues_for(criterion, appraisal, compiled, self._settings)
        model = self._models.of(is_seen=compiled.is_seen)
        chances = model.chances(criterion, clues)
        level, most = model.level(chances), standing.most(clues, appraisal.leads.highest_level)
        return min(level, most), model.is_close(chances) or level > most > 0


@dataclass(frozen=True)
class _JudgedStage:
    """What one stage's answer earned, and what is held against it."""

    results: Sequence[CriterionResult]
    mistakes: Sequence[StatedMistake] = ()
    doubtful: Sequence[DoubtfulAnswer] = ()


@lru_cache(maxsize=8)
def _learnt_hash(settings: OfflineSettings) -> str:
    """Return the identity of settings and trained files together, shortened for display."""
    learnt = shipped_learnt()
    models = (shipped_models(), shipped_mistaken_model())
    large = {
        "doubt_model.json": learnt.doubt,
        "idle_model.json": learnt.idle,
        "graded_sentences.json": learnt.graded,
    }
    parts = [settings.hash(), *(one.hash() for one in models)]
    parts += [trained_hash(name, record) for name, record in large.items()]
    return text_hash("".join(parts))[:16]


def _stated(found: FoundMistake, stage: StageId, reading: Reading) -> StatedMistake:
    (evidence,) = quotes_of(stage, reading, (found.sentence,))
    mistake = found.mistake
    return StatedMistake(
        mistake_id=mistake.id,
        stage=stage,
        severity=mistake.severity,
        title=mistake.title,
        why=mistake.why,
        instead=mistake.instead,
        evidence=evidence,
    )


def _overruled(decision: Decision) -> Decision:
    """Take a contradicted criterion's credit: named if it is argued elsewhere, else nothing."""
    if decision.level == 2:
        return Decision(1, decision.sentences, decision.drawn, unsure=True)
    return Decision(0, unmet=decision.unmet)


def _is_drawn(criterion: Criterion, findings: Findings, quotes: Sequence[int]) -> bool:
    """Return whether the drawing shows what a cited sentence names.

    Without such a sentence nobody knows what the drawing is meant to say.
    """
    drawn = findings.drawn
    if (
        drawn.smells
        or drawn.missed
        or not any(drawn.holds(one) for one in criterion.levels[1].shown_by)
    ):
        return False
    ideas = [one.id for one in criterion.indicators if isinstance(one, ConceptIndicator)]
    return any(one.sentence in quotes for key in ideas for one in findings.clean.get(key, ()))


def _failed(criterion: Criterion, error: Exception) -> Unscored:
    """Record a failure by the name of its class only: its text may hold the learner's words."""
    return Unscored(
        criterion_id=criterion.id, reason=UnscoredReason.UNAVAILABLE, detail=type(error).__name__
    )
