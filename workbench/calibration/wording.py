"""What the words of a gold answer say without any judgement: for baselines and for paraphrases."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from designs.library import shipped_pack
from rubrics.gold_answers import LabelledAnswer
from rubrics.graders.offline.appraisal import Appraisal, appraise_whole, clues_for
from rubrics.graders.offline.clues import Clues
from rubrics.graders.offline.compiled import CompiledRubric, compile_rubric, shipped_learnt
from rubrics.graders.offline.settings import OfflineSettings
from rubrics.library import shipped_rubric
from workbench.calibration.agreement import Agreement, agreement

_SETTINGS = OfflineSettings()


@dataclass(frozen=True)
class Wording:
    """One gold answer, read but not judged."""

    gold: LabelledAnswer
    words: int
    numbers: int
    mentions: float
    """Terms of the rubric, each as often as it stands there."""
    coverage: float
    """Share of the ideas of the stage's criteria that are named."""
    nearness: float
    """Highest cosine to a credited graded sentence, mean over the criteria."""
    worded: frozenset[str]
    """Criteria for which a sentence that graders cite holds one of the criterion's terms."""


def wording_of(gold: LabelledAnswer) -> Wording:
    """Read an answer."""
    answer = gold.answer
    compiled = _compiled(answer.prompt)
    criteria = shipped_rubric(answer.prompt).stage(answer.stage)
    appraisal = appraise_whole(answer.stage, answer.text, criteria, compiled, _SETTINGS)
    clues = [clues_for(one, appraisal, compiled, _SETTINGS) for one in criteria]
    tokens = answer.text.split()
    return Wording(
        gold=gold,
        words=len(tokens),
        numbers=sum(token[:1].isdigit() for token in tokens),
        mentions=math.fsum(math.expm1(one.mentions) for one in clues),
        coverage=_mean(clues, lambda one: one.found),
        nearness=_mean(clues, lambda one: one.like_credited),
        worded=frozenset(one.id for one in criteria if _is_worded(one.id, gold, appraisal)),
    )


def _is_worded(criterion_id: str, gold: LabelledAnswer, appraisal: Appraisal) -> bool:
    spans = [
        span
        for label in gold.labels
        if criterion_id in label.levels
        for span in label.levels[criterion_id].spans
    ]
    return any(
        key[0] == criterion_id
        for part in appraisal.reading.parts
        if any(one.start < part.sentence.end and part.sentence.start < one.end for one in spans)
        for key in part.hits
    )


@lru_cache(maxsize=8)
def _compiled(prompt: str) -> CompiledRubric:
    return compile_rubric(
        shipped_rubric(prompt), shipped_pack(prompt).prompt, _SETTINGS, shipped_learnt()
    )


def _mean(clues: Sequence[Clues], value: Callable[[Clues], float]) -> float:
    return math.fsum(map(value, clues)) / len(clues) if clues else 0.0


def baselines(read: Sequence[Wording], step: float) -> dict[str, Agreement]:
    """Return how far single measures agree with the graders.

    Each is stretched to the graders' scale by a straight line that is fitted to these very answers,
    which flatters it.
    """
    measures: dict[str, Callable[[Wording], float]] = {
        "word count": lambda one: math.log1p(one.words),
        "count of numbers": lambda one: math.log1p(one.numbers),
        "keyword count": lambda one: math.log1p(one.mentions),
        "coverage of the rubric's ideas alone": lambda one: one.coverage,
        "nearest graded sentences alone (vectors of rare stems)": lambda one: one.nearness,
    }
    return {name: _line(value, read, step) for name, value in measures.items()}


def _line(value: Callable[[Wording], float], read: Sequence[Wording], step: float) -> Agreement:
    scores = [one.gold.score for one in read]
    slope, height = np.polyfit([value(one) for one in read], scores, 1)
    guesses = [min(4.0, max(0.0, float(slope * value(one) + height))) for one in read]
    return agreement(guesses, scores, step)
