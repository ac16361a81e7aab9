"""Fitting the doubt model to sentences that somebody marked as wrong or as right."""

from collections.abc import Iterable, Iterator

from rubrics.gold_answers import ATTACKS, GoldLabel, LabelledAnswer, Style
from rubrics.graders.offline.doubt import DoubtModel, features_of
from rubrics.graders.offline.segments import Sentence, sentences
from rubrics.mistake import Mistake
from rubrics.mistaken_answers import MistakenAnswers
from rubrics.training.words import ModelsWithout, Statement, Statements, fit_words

STRENGTH = 10
"""Inverse of the L2 penalty; 3 was worse on authors left out, 30 no better."""
_FEWEST = 3
BANK = "bank"
"""Author of the statements in the bank of known mistakes."""


def statements(
    gold: Iterable[LabelledAnswer], mistaken: Iterable[MistakenAnswers], bank: Iterable[Mistake]
) -> Statements:
    """Return every statement that is clearly one or the other.

    Of gold answers, sentences that only one of two graders calls a mistake are left out, and so
    are answers that say nothing; denied advice says something.
    """
    return Statements([*_of_bank(bank), *_of_mistaken(mistaken), *_of_gold(gold)])


def _of_bank(bank: Iterable[Mistake]) -> Iterator[Statement]:
    for mistake in bank:
        for texts, is_wrong in ((mistake.phrasings, True), (mistake.lookalikes, False)):
            for text in texts:
                yield Statement(BANK, "", is_wrong, _features(text))


def _of_mistaken(mistaken: Iterable[MistakenAnswers]) -> Iterator[Statement]:
    for written in mistaken:
        for answer in written.answers:
            for one in answer.sentences:
                yield Statement(written.author, answer.prompt, bool(one.wrong), _features(one.text))
                if one.right:
                    yield Statement(written.author, answer.prompt, False, _features(one.right))


def _of_gold(gold: Iterable[LabelledAnswer]) -> Iterator[Statement]:
    for one in gold:
        if one.answer.style in ATTACKS - {Style.NEGATED}:
            continue
        for sentence in sentences(one.answer.text):
            accused = [_is_accused(sentence, label) for label in one.labels]
            if all(accused) or not any(accused):
                features = tuple(features_of((sentence,)))
                yield Statement(one.author, one.answer.prompt, all(accused), features)


def _is_accused(sentence: Sentence, label: GoldLabel) -> bool:
    return any(one.start < sentence.end and sentence.start < one.end for one in label.mistakes)


def _features(text: str) -> tuple[str, ...]:
    return tuple(features_of(sentences(text)))


def fit_doubt(known: Statements) -> DoubtModel:
    """Fit the model to some statements."""
    return fit_words(DoubtModel, known, STRENGTH, _FEWEST)


def doubt_models(known: Statements) -> ModelsWithout[DoubtModel]:
    """Return the models without an author."""
    return ModelsWithout(known, fit_doubt)
