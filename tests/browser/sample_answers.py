"""Answers worth scoring: the first sentences of each exemplar, as a learner might paste them."""

import re

from designs.library import shipped_pack
from designs.stage import STAGES, StageId

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9])")


def sample_answers(prompt_id: str, sentences: int = 4) -> dict[StageId, str]:
    answers = shipped_pack(prompt_id).exemplar.answers
    return {stage: " ".join(_sentences(answers[stage])[:sentences]) for stage in STAGES}


def _sentences(text: str) -> list[str]:
    return _SENTENCE_END.split(" ".join(text.split()))
