"""Fitting the model of mistaken answers to answers by authors left out of the doubt model."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression

from rubrics.gold_answers import ATTACKS, LabelledAnswer, Style
from rubrics.graders.offline.doubt import DoubtModel
from rubrics.graders.offline.mistaken import MistakenModel, signs_of
from rubrics.graders.offline.segments import sentences
from rubrics.mistaken_answers import MistakenAnswers
from rubrics.training.words import ModelsWithout

FALSE_ALARMS = 0.05
"""Share of sound answers that may be taken for mistaken, on authors left out. More than half of
them are mistaken answers that were put right, or were written to sound mistaken: the hardest of
all; of the others it is far less."""
_SOUND_FROM = 2.0
"""Stage score from which a gold answer without a mistake is one that must not be accused."""
_TWO = 2
"""Serious mistakes that make an answer a mistaken one."""
_STRENGTH = 1.0
_DIGITS = 4


@dataclass(frozen=True)
class Judged:
    """An answer with the signs that a model which never saw its author finds."""

    author: str
    signs: tuple[float, ...]
    is_mistaken: bool
    """Two serious mistakes or more."""
    is_sound: bool
    """No mistake, and worth something."""


def fit_mistaken(
    doubts: ModelsWithout[DoubtModel],
    gold: Sequence[LabelledAnswer],
    mistaken: Sequence[MistakenAnswers],
) -> MistakenModel:
    """Fit the model, and choose the threshold on answers by authors left out of both models."""
    judged = list(_judged(doubts, gold, mistaken))
    signs = np.array([one.signs for one in judged])
    truths = np.array([one.is_mistaken for one in judged])
    authors = np.array([one.author for one in judged])
    sound = np.array([one.is_sound for one in judged])
    chances = np.zeros(len(judged))
    for author in sorted(set(authors)):
        there = authors == author
        fitted = LogisticRegression(C=_STRENGTH).fit(signs[~there], truths[~there])
        chances[there] = fitted.predict_proba(signs[there])[:, 1]
    fitted = LogisticRegression(C=_STRENGTH).fit(signs, truths)
    first, second, third = (round(float(one), _DIGITS) for one in fitted.coef_[0])
    return MistakenModel(
        intercept=round(float(fitted.intercept_[0]), _DIGITS),
        coefficients=(first, second, third),
        mistaken_from=round(float(np.quantile(chances[sound], 1 - FALSE_ALARMS)), 2),
    )


def _judged(
    doubts: ModelsWithout[DoubtModel],
    gold: Sequence[LabelledAnswer],
    mistaken: Sequence[MistakenAnswers],
) -> Iterator[Judged]:
    for author in sorted({one.author for one in gold}):
        model = doubts.without(author)
        yield from _gold(model, (one for one in gold if one.author == author))
    for written in mistaken:
        yield from _written(doubts.without(written.author), written)


def _gold(model: DoubtModel, answers: Iterable[LabelledAnswer]) -> Iterator[Judged]:
    for one in answers:
        if one.answer.style in ATTACKS - {Style.NEGATED}:
            continue
        counts = [len(label.mistakes) for label in one.labels]
        yield Judged(
            author=one.author,
            signs=_signs(model, one.answer.text),
            is_mistaken=min(counts) >= _TWO,
            is_sound=not any(counts) and one.score >= _SOUND_FROM,
        )


def _written(model: DoubtModel, written: MistakenAnswers) -> Iterator[Judged]:
    for answer in written.answers:
        signs = _signs(model, _joined(one.text for one in answer.sentences))
        wrong = sum(bool(one.wrong) for one in answer.sentences)
        yield Judged(written.author, signs, is_mistaken=wrong >= _TWO, is_sound=not wrong)
        if any(one.right for one in answer.sentences):
            signs = _signs(model, _joined(one.right or one.text for one in answer.sentences))
            yield Judged(written.author, signs, is_mistaken=False, is_sound=True)


def _joined(texts: Iterable[str]) -> str:
    """Join sentences so that none is taken for the end of a wrapped line."""
    return "\n\n".join(texts)


def _signs(model: DoubtModel, text: str) -> tuple[float, ...]:
    """Return the signs of a text.

    Known mistakes are none of them: whoever widened the bank had seen these answers, so that here
    they would tell more than they tell of a stranger's.
    """
    return signs_of([model.doubt(sentence) for sentence in sentences(text)])
