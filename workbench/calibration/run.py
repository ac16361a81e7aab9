"""Calibration: the figures of one half of the gold answers."""

import math
from collections.abc import Callable, Collection, Sequence

from designs.record import Record
from designs.stage import STAGES, StageId
from rubrics.gold_answers import ATTACKS, Half, LabelledAnswer, Style, gold_answers
from rubrics.graders.offline import OfflineGrader
from rubrics.score import STRONG_FROM
from workbench.calibration.agreement import Agreement, agreement
from workbench.calibration.judged import JudgedAnswer, JudgedCriterion, judge
from workbench.calibration.wording import baselines, wording_of
from workbench.content import Content

FIRST_PROMPTS = frozenset({"fraud-detection", "video-recommendation"})
"""The prompts that the engine was made with. The others were written when it had been frozen."""
_STEP = 0.5
_PADDED_EVERY = 5
_NEUTRAL = (
    "I would like to take this one step at a time and to keep an eye on the clock. There is much "
    "to say here, and I will say it in the order in which it comes to mind. Please stop me "
    "whenever something is unclear. "
)
"""Prose that says nothing, to make answers longer with."""
_STRONG = 3.0
_WORTH_SOMETHING = 2.0


class Row(Record):
    """Some answers by one thing that they have in common."""

    name: str
    answers: int
    gold: float
    """Mean stage score of the graders."""
    score: float
    """Mean offline stage score."""
    error: float
    """Mean absolute difference."""


class Calibration(Record):
    """What calibration found on the held-out half."""

    answers: int
    authors: tuple[str, ...]
    grader: str
    stage: Agreement
    """Offline stage score against the mean of the graders."""
    first_prompts: Agreement | None
    """Of this, answers to prompts that the engine was made with."""
    later_prompts: Agreement | None
    """Of this, answers to prompts that were written when the engine had been frozen."""
    as_if_new: Agreement
    """The same answers, each judged as if no graded answer to its prompt were shipped."""
    graders_stage: Agreement
    """One grader against the other."""
    criterion: Agreement
    graders_criterion: Agreement
    first_criterion: Agreement | None
    later_criterion: Agreement | None
    as_if_new_criterion: Agreement
    by_stage: dict[StageId, Agreement]
    by_prompt: dict[str, Agreement]
    by_prompt_as_if_new: dict[str, Agreement]
    by_author: dict[str, Agreement]
    by_criterion: dict[str, Agreement]
    baselines: dict[str, Agreement]
    """Single measures, stretched by lines that are fitted to these very answers."""
    without_mistakes: Agreement
    """Stage score, answers without deliberate mistakes."""
    unsure_share: float
    criterion_when_sure: Agreement
    full_credit_on_attacks: float
    any_credit_on_attacks: float
    """Shares of all criteria in answers that deserve nothing."""
    evidence_precision: float
    """Share of cited sentences that a grader cited for the same criterion."""
    mistaken_above: float
    """Share of the answers with confident mistakes that score above 1.5."""
    mistakes_found: float
    """Share of these answers in which at least one serious mistake is found."""
    false_alarms: float
    """Share of the answers in which no grader saw a mistake but the bank found a serious one."""
    doubted: float
    """Share of the answers without a mistake, worth 2 or more, that are taken for mistaken."""
    not_x_but_y: float
    """Share of what graders credit in answers of the form *not X; we do Y* that is credited."""
    unworded: float
    """The same of what graders credit for sentences without any term of the criterion."""
    short_and_strong: float
    """Share of the short answers worth 3 or more that score 3 or more."""
    short_in_strong_band: float
    """Share of them in the band *strong* or above it."""
    padding: float
    """Mean absolute change of the score when neutral prose makes an answer three times as long."""
    styles: tuple[Row, ...]
    lengths: tuple[Row, ...]


def calibrate(content: Content, prompts: Collection[str] | None = None) -> Calibration:
    """Grade the held-out half, or its answers to some prompts, and compare."""
    grader = OfflineGrader()
    answers = [
        one
        for one in gold_answers(Half.HELD_OUT)
        if prompts is None or one.answer.prompt in prompts
    ]
    judged = judge(answers, content, grader)
    read = [wording_of(one.gold) for one in judged]
    new = judge(answers, content, OfflineGrader(as_if_new=True))
    prompt_of = {one.answer.id: one.answer.prompt for one in answers}
    unworded = {
        (one.gold.answer.id, criterion_id)
        for one in read
        for criterion_id in _judged_by(one.gold) - one.worded
    }
    criteria = [one for answer in judged for one in answer.criteria]
    attacks = [one for a in judged if a.gold.answer.style in ATTACKS for one in a.criteria]
    mistaken = [a for a in judged if a.gold.answer.style is Style.CONFIDENT_MISTAKES]
    terse = [a for a in judged if a.gold.answer.length == "short" and a.gold.score >= _STRONG]
    clean = [a for a in judged if not any(label.mistakes for label in a.gold.labels)]
    return Calibration(
        answers=len(judged),
        authors=tuple(sorted({one.gold.author for one in judged})),
        grader=f"{grader.ref.name} {grader.ref.version} {grader.ref.settings_hash}",
        stage=_stage(judged),
        first_prompts=_stage_of([a for a in judged if a.gold.answer.prompt in FIRST_PROMPTS]),
        later_prompts=_stage_of([a for a in judged if a.gold.answer.prompt not in FIRST_PROMPTS]),
        as_if_new=_stage(new),
        graders_stage=_between_graders(judged),
        criterion=_levels(criteria),
        graders_criterion=_levels_between_graders(criteria),
        first_criterion=_levels_of(
            [one for one in criteria if prompt_of[one.answer_id] in FIRST_PROMPTS]
        ),
        later_criterion=_levels_of(
            [one for one in criteria if prompt_of[one.answer_id] not in FIRST_PROMPTS]
        ),
        as_if_new_criterion=_levels([one for answer in new for one in answer.criteria]),
        by_stage={s: _stage([a for a in judged if a.gold.answer.stage is s]) for s in STAGES},
        by_prompt=_by_prompt(judged),
        by_prompt_as_if_new=_by_prompt(new),
        by_author={
            name: _stage([a for a in judged if a.gold.author == name])
            for name in sorted({a.gold.author for a in judged})
        },
        by_criterion={
            key: _levels([one for one in criteria if one.criterion_id == key])
            for key in sorted({one.criterion_id for one in criteria})
        },
        baselines=baselines(read, _STEP),
        without_mistakes=_stage([a for a in judged if a not in mistaken]),
        unsure_share=_share([one.unsure for one in criteria]),
        criterion_when_sure=_levels([one for one in criteria if not one.unsure]),
        full_credit_on_attacks=_share([one.level == 2 for one in attacks]),
        any_credit_on_attacks=_share([one.level > 0 for one in attacks]),
        evidence_precision=round(
            sum(one.cited_rightly for one in criteria) / max(1, sum(one.cited for one in criteria)),
            3,
        ),
        mistaken_above=_share([a.score > 1.5 for a in mistaken]),
        mistakes_found=_share([a.serious_mistakes > 0 for a in mistaken]),
        false_alarms=_share([a.serious_mistakes > 0 for a in clean]),
        doubted=_share([a.is_doubtful for a in clean if a.gold.score >= _WORTH_SOMETHING]),
        not_x_but_y=_recall(
            [one for a in judged if a.gold.answer.style is Style.NOT_X_BUT_Y for one in a.criteria]
        ),
        unworded=_recall(
            [one for one in criteria if (one.answer_id, one.criterion_id) in unworded]
        ),
        short_and_strong=_share([a.score >= _STRONG for a in terse]),
        short_in_strong_band=_share([a.score >= STRONG_FROM for a in terse]),
        padding=_padding(judged, content, grader),
        styles=_rows(judged, lambda a: a.gold.answer.style.value),
        lengths=_rows(judged, lambda a: f"{a.gold.answer.length}, aimed at {_aim(a)}"),
    )


def _by_prompt(judged: Sequence[JudgedAnswer]) -> dict[str, Agreement]:
    return {
        name: _stage([a for a in judged if a.gold.answer.prompt == name])
        for name in sorted({a.gold.answer.prompt for a in judged})
    }


def _judged_by(gold: LabelledAnswer) -> set[str]:
    return {key for label in gold.labels for key in label.levels}


def _recall(found: Sequence[JudgedCriterion]) -> float:
    """Return the share of what graders credit that is credited."""
    return _share([one.level > 0 for one in found if one.consensus >= 1])


def _aim(answer: JudgedAnswer) -> str:
    return "3 or 4" if answer.gold.answer.quality >= 3 else "2 or less"


def _stage_of(judged: Sequence[JudgedAnswer]) -> Agreement | None:
    return _stage(judged) if judged else None


def _levels_of(found: Sequence[JudgedCriterion]) -> Agreement | None:
    return _levels(found) if found else None


def _stage(judged: Sequence[JudgedAnswer]) -> Agreement:
    return agreement([a.score for a in judged], [a.gold.score for a in judged], _STEP)


def _between_graders(judged: Sequence[JudgedAnswer]) -> Agreement:
    pairs = [(a.gold.labels[0].score, a.gold.labels[1].score) for a in judged]
    return agreement([one for one, _ in pairs], [other for _, other in pairs], _STEP)


def _levels(found: Sequence[JudgedCriterion]) -> Agreement:
    return agreement(
        [one.level for one in found],
        [one.consensus for one in found],
        1,
        [one.answer_id for one in found],
    )


def _levels_between_graders(found: Sequence[JudgedCriterion]) -> Agreement:
    return agreement(
        [one.labels[0] for one in found],
        [one.labels[1] for one in found],
        1,
        [one.answer_id for one in found],
    )


def _padding(judged: Sequence[JudgedAnswer], content: Content, grader: OfflineGrader) -> float:
    """Return the mean absolute change of the score when answers are padded to three times."""
    some = [one for one in judged if one.score > 0][::_PADDED_EVERY]
    padded = judge([_padded(one.gold) for one in some], content, grader)
    changes = [abs(a.score - b.score) for a, b in zip(some, padded, strict=True)]
    return round(math.fsum(changes) / len(changes), 3)


def _padded(gold: LabelledAnswer) -> LabelledAnswer:
    text = gold.answer.text
    times = -(-len(text) // len(_NEUTRAL))
    longer = "\n\n".join((_NEUTRAL * times, text, _NEUTRAL * times))
    answer = gold.answer.model_copy(update={"text": longer})
    return gold.model_copy(update={"answer": answer})


def _rows(judged: Sequence[JudgedAnswer], name: Callable[[JudgedAnswer], str]) -> tuple[Row, ...]:
    rows = []
    for key in sorted({name(a) for a in judged}):
        some = [a for a in judged if name(a) == key]
        rows.append(
            Row(
                name=key,
                answers=len(some),
                gold=round(sum(a.gold.score for a in some) / len(some), 2),
                score=round(sum(a.score for a in some) / len(some), 2),
                error=round(sum(abs(a.score - a.gold.score) for a in some) / len(some), 2),
            )
        )
    return tuple(rows)


def _share(marks: Sequence[bool]) -> float:
    return round(sum(marks) / len(marks), 3) if marks else math.nan
