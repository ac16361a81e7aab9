"""Calibration: the figures of one half of the gold answers."""

import math
from collections.abc import Callable, Sequence

import numpy as np

from designs.record import Record
from designs.stage import STAGES, StageId
from rubrics.gold_answers import ATTACKS, Half, Style, gold_answers
from rubrics.graders.offline import OfflineGrader
from workbench.calibration.agreement import Agreement, agreement
from workbench.calibration.judged import JudgedAnswer, JudgedCriterion, judge
from workbench.content import Content

_STEP = 0.5


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
    graders_stage: Agreement
    """One grader against the other."""
    criterion: Agreement
    graders_criterion: Agreement
    by_stage: dict[StageId, Agreement]
    by_prompt: dict[str, Agreement]
    by_criterion: dict[str, Agreement]
    baselines: dict[str, Agreement]
    """Straight lines fitted on the tuning half."""
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
    styles: tuple[Row, ...]
    lengths: tuple[Row, ...]


def calibrate(content: Content) -> Calibration:
    """Grade the held-out half and compare. The tuning half only fits the baselines."""
    grader = OfflineGrader()
    judged = judge(gold_answers(Half.HELD_OUT), content, grader)
    tuning = judge(gold_answers(Half.TUNING), content, grader)
    criteria = [one for answer in judged for one in answer.criteria]
    attacks = [one for a in judged if a.gold.answer.style in ATTACKS for one in a.criteria]
    mistaken = [a for a in judged if a.gold.answer.style is Style.CONFIDENT_MISTAKES]
    clean = [a for a in judged if not any(label.mistakes for label in a.gold.labels)]
    return Calibration(
        answers=len(judged),
        authors=tuple(sorted({one.gold.author for one in judged})),
        grader=f"{grader.ref.name} {grader.ref.version} {grader.ref.settings_hash}",
        stage=_stage(judged),
        graders_stage=_between_graders(judged),
        criterion=_levels(criteria),
        graders_criterion=_levels_between_graders(criteria),
        by_stage={s: _stage([a for a in judged if a.gold.answer.stage is s]) for s in STAGES},
        by_prompt={
            name: _stage([a for a in judged if a.gold.answer.prompt == name])
            for name in sorted({a.gold.answer.prompt for a in judged})
        },
        by_criterion={
            key: _levels([one for one in criteria if one.criterion_id == key])
            for key in sorted({one.criterion_id for one in criteria})
        },
        baselines=_baselines(judged, tuning),
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
        styles=_rows(judged, lambda a: a.gold.answer.style.value),
        lengths=_rows(judged, lambda a: f"{a.gold.answer.length}, aimed at {_aim(a)}"),
    )


def _aim(answer: JudgedAnswer) -> str:
    return "3 or 4" if answer.gold.answer.quality >= 3 else "2 or less"


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


def _baselines(
    judged: Sequence[JudgedAnswer], tuning: Sequence[JudgedAnswer]
) -> dict[str, Agreement]:
    def words(one: JudgedAnswer) -> float:
        return math.log1p(len(one.gold.answer.text.split()))

    def numbers(one: JudgedAnswer) -> float:
        return math.log1p(sum(word[:1].isdigit() for word in one.gold.answer.text.split()))

    return {
        "word count": _line(words, judged, tuning),
        "count of numbers": _line(numbers, judged, tuning),
    }


def _line(
    value: Callable[[JudgedAnswer], float],
    judged: Sequence[JudgedAnswer],
    tuning: Sequence[JudgedAnswer],
) -> Agreement:
    slope, height = np.polyfit([value(a) for a in tuning], [a.gold.score for a in tuning], 1)
    guesses = [min(4.0, max(0.0, float(slope * value(a) + height))) for a in judged]
    return agreement(guesses, [a.gold.score for a in judged], _STEP)


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
