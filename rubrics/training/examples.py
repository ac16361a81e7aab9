"""Training examples: clues and labels of every criterion in every gold answer."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from designs.library import shipped_pack
from designs.stage import STAGES
from rubrics.gold_answers import ATTACKS, LabelledAnswer, Span
from rubrics.graders.offline.appraisal import Appraisal, appraise, clues_for
from rubrics.graders.offline.compiled import CompiledRubric, Learnt, compile_rubric
from rubrics.graders.offline.doubt import DoubtModel
from rubrics.graders.offline.drawing_evidence import NOTHING_DRAWN
from rubrics.graders.offline.graded_sentences import GradedSentences
from rubrics.graders.offline.idle import IdleModel
from rubrics.graders.offline.settings import OfflineSettings
from rubrics.graders.offline.standing import standing_of
from rubrics.library import shipped_rubric
from rubrics.training.words import ModelsWithout

_GOOD = 2.5
_STEPS = (2, 5)
"""How many stages further on a good answer is misplaced."""
_MISPLACED_WEIGHT = 0.05
_STRIPPED_WEIGHT = 0.1
"""Of an answer without the sentences that graders cite for a criterion. What is left earns the
criterion nothing, or little: they cite three sentences at most. Without these examples training
would learn that whoever knows the rest will know this too."""
_LEVELS = {"missing": 0, "named": 1, "reasoned": 2}


@dataclass(frozen=True)
class Example:
    """One criterion in one answer."""

    author: str
    answer_id: str
    stage: str
    criterion_id: str
    clues: tuple[float, ...]
    level: float
    """Mean of the graders' levels, 0 to 2."""
    weight: float = 1.0
    most: int = 2
    """The level that guards and quotes leave room for, whatever the model says."""
    is_opposed: bool = False
    """True if the opposite is stated as well, which costs a level."""
    is_attack: bool = False
    """True if the answer was written to get credit that it does not deserve."""

    @property
    def keys(self) -> tuple[str, str]:
        """Return what the model may have a shift for."""
        return self.stage, self.criterion_id


@dataclass(frozen=True)
class Known:
    """Everything that examples may be compared with."""

    graded: GradedSentences
    doubts: ModelsWithout[DoubtModel]
    idle: ModelsWithout[IdleModel]

    def without(
        self, author: str, prompt: str, settings: OfflineSettings, *, is_seen: bool
    ) -> CompiledRubric:
        """Return what a stranger's answer would meet.

        Nobody is compared with sentences by the same hand: that would promise more than an answer
        by a stranger keeps. Where the prompt is to be unseen, answers to it are left out too.
        """
        unseen = None if is_seen else prompt
        return compile_rubric(
            shipped_rubric(prompt),
            shipped_pack(prompt).prompt,
            settings,
            Learnt(
                self.graded.without(author, unseen),
                self.doubts.without(author, unseen),
                self.idle.without(author, unseen),
            ),
        )


def examples(
    answers: Iterable[LabelledAnswer], known: Known, settings: OfflineSettings, *, is_seen: bool
) -> Iterator[Example]:
    """Yield the examples of some answers, their prompts taken as seen or as unseen."""
    compiled: dict[tuple[str, str], CompiledRubric] = {}
    for one in answers:
        key = (one.author, one.answer.prompt)
        if key not in compiled:
            compiled[key] = known.without(*key, settings, is_seen=is_seen)
        yield from _of_answer(one, compiled[key], settings)
        yield from _of_misplaced(one, compiled[key], settings)


def _of_misplaced(
    one: LabelledAnswer, compiled: CompiledRubric, settings: OfflineSettings
) -> Iterator[Example]:
    """Yield a good answer again as an answer to another stage, where it misses everything.

    Without these, training would learn that good engineering earns whatever is asked. Nobody has
    labelled them: that they earn nothing is an assumption, and they count for less.
    """
    if one.score < _GOOD:
        return
    home = STAGES.index(one.answer.stage)
    for step in _STEPS:
        stage = STAGES[(home + step) % len(STAGES)]
        criteria = shipped_rubric(one.answer.prompt).stage(stage)
        appraisal = appraise(stage, one.answer.text, criteria, compiled, settings)
        for criterion in criteria:
            clues = clues_for(criterion, appraisal, compiled, settings)
            yield Example(
                author=one.author,
                answer_id=one.answer.id,
                stage=stage,
                criterion_id=criterion.id,
                clues=clues.vector(),
                level=0.0,
                weight=_MISPLACED_WEIGHT,
            )


def _of_answer(
    one: LabelledAnswer, compiled: CompiledRubric, settings: OfflineSettings
) -> Iterator[Example]:
    criteria = shipped_rubric(one.answer.prompt).stage(one.answer.stage)
    appraisal = appraise(one.answer.stage, one.answer.text, criteria, compiled, settings)
    for criterion in criteria:
        given = [one.levels[criterion.id] for one in one.labels if criterion.id in one.levels]
        if not given:
            continue
        level = sum(_LEVELS[one.level] for one in given) / len(given)
        clues = clues_for(criterion, appraisal, compiled, settings)
        standing = standing_of(criterion, appraisal, NOTHING_DRAWN, compiled, settings)
        whole = Example(
            author=one.author,
            answer_id=one.answer.id,
            stage=one.answer.stage,
            criterion_id=criterion.id,
            clues=clues.vector(),
            level=level,
            most=standing.most(clues, appraisal.leads.highest_level),
            is_opposed=bool(standing.opposed),
            is_attack=one.answer.style in ATTACKS,
        )
        yield whole
        if level:
            stripped = appraisal.only(_uncited(appraisal, [s for one in given for s in one.spans]))
            left = clues_for(criterion, stripped, compiled, settings).vector()
            yield replace(whole, clues=left, level=0.0, weight=_STRIPPED_WEIGHT)


def _uncited(appraisal: Appraisal, cited: Sequence[Span]) -> list[int]:
    """Return the sentences that nobody cites."""
    return [
        number
        for number, part in enumerate(appraisal.reading.parts)
        if not any(one.start < part.sentence.end and part.sentence.start < one.end for one in cited)
    ]
