"""Training examples: clues and labels of every criterion in every gold answer."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from designs.library import shipped_pack
from designs.stage import STAGES
from rubrics.gold_answers import LabelledAnswer
from rubrics.graders.offline.appraisal import appraise, clues_for
from rubrics.graders.offline.compiled import CompiledRubric, compile_rubric
from rubrics.graders.offline.graded_sentences import GradedSentences
from rubrics.graders.offline.settings import OfflineSettings
from rubrics.library import shipped_rubric

_GOOD = 2.5
_STEPS = (2, 5)
"""How many stages further on a good answer is misplaced."""
_MISPLACED_WEIGHT = 0.05
_LEVELS = {"missing": 0, "named": 1, "reasoned": 2}


@dataclass(frozen=True)
class Example:
    """One criterion in one answer."""

    author: str
    answer_id: str
    criterion_id: str
    clues: tuple[float, ...]
    level: float
    """Mean of the graders' levels, 0 to 2."""
    weight: float = 1.0


def examples(
    answers: Iterable[LabelledAnswer], graded: GradedSentences, settings: OfflineSettings
) -> Iterator[Example]:
    """Yield the examples of some answers.

    Nobody is compared with sentences by the same hand: that would promise more than an answer by
    a stranger keeps.
    """
    compiled: dict[tuple[str, str], CompiledRubric] = {}
    for one in answers:
        prompt = one.answer.prompt
        if (prompt, one.author) not in compiled:
            compiled[prompt, one.author] = compile_rubric(
                shipped_rubric(prompt),
                shipped_pack(prompt).prompt,
                settings,
                graded.without(one.author),
            )
        yield from _of_answer(one, compiled[prompt, one.author], settings)
        yield from _of_misplaced(one, compiled[prompt, one.author], settings)


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
                one.author, one.answer.id, criterion.id, clues.vector(), 0.0, _MISPLACED_WEIGHT
            )


def _of_answer(
    one: LabelledAnswer, compiled: CompiledRubric, settings: OfflineSettings
) -> Iterator[Example]:
    criteria = shipped_rubric(one.answer.prompt).stage(one.answer.stage)
    appraisal = appraise(one.answer.stage, one.answer.text, criteria, compiled, settings)
    for criterion in criteria:
        levels = [
            _LEVELS[label.levels[criterion.id].level]
            for label in one.labels
            if criterion.id in label.levels
        ]
        if levels:
            clues = clues_for(criterion, appraisal, compiled, settings)
            mean = sum(levels) / len(levels)
            yield Example(one.author, one.answer.id, criterion.id, clues.vector(), mean)
