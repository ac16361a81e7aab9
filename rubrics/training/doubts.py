"""Fitting the doubt model to sentences that somebody marked as wrong or as right."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from rubrics.gold_answers import ATTACKS, GoldLabel, LabelledAnswer, Style
from rubrics.graders.offline.doubt import DoubtModel, features_of
from rubrics.graders.offline.segments import Sentence, sentences
from rubrics.mistake import Mistake
from rubrics.mistaken_answers import MistakenAnswers

STRENGTH = 10
"""Inverse of the L2 penalty; 3 was worse on authors left out, 30 no better."""
_FEWEST = 3
"""Statements in which a word or pair has to occur."""
_WEIGHT_DIGITS = 3
BANK = "bank"
"""Author of the statements in the bank of known mistakes."""


@dataclass(frozen=True)
class Statement:
    """A statement with what is known about it."""

    author: str
    prompt: str
    is_wrong: bool
    features: tuple[str, ...]


def statements(
    gold: Iterable[LabelledAnswer], mistaken: Iterable[MistakenAnswers], bank: Iterable[Mistake]
) -> list[Statement]:
    """Return every statement that is clearly one or the other.

    Of gold answers, sentences that only one of two graders calls a mistake are left out, and so
    are answers that say nothing; denied advice says something.
    """
    return [*_of_bank(bank), *_of_mistaken(mistaken), *_of_gold(gold)]


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


def fit_doubt(
    known: Sequence[Statement], leave_out: Collection[str] = (), prompt: str | None = None
) -> DoubtModel:
    """Fit the model to all statements but those by some authors or about one prompt."""
    used = [one for one in known if one.author not in leave_out and one.prompt != prompt]
    words = TfidfVectorizer(analyzer=_as_is, min_df=_FEWEST)
    seen = words.fit_transform([one.features for one in used])
    # The liblinear solver is the same on every machine to the last digit kept here.
    plain = LogisticRegression(C=STRENGTH, solver="liblinear", tol=1e-6, max_iter=1000)
    fitted = plain.fit(seen, [one.is_wrong for one in used])
    weights = fitted.coef_[0]
    return DoubtModel(
        intercept=round(float(fitted.intercept_[0]), _WEIGHT_DIGITS),
        features={
            name: (
                round(float(words.idf_[place]), _WEIGHT_DIGITS),
                round(float(weights[place]), _WEIGHT_DIGITS),
            )
            for name, place in sorted(words.vocabulary_.items())
        },
    )


class DoubtModels:
    """Models that have never seen an author, or an author and a prompt; each is fitted once."""

    def __init__(self, known: Sequence[Statement]) -> None:
        self._known = known
        self._fitted: dict[tuple[str, str | None], DoubtModel] = {}

    def without(self, author: str, prompt: str | None = None) -> DoubtModel:
        """Return the model that was fitted without them."""
        key = (author, prompt)
        if key not in self._fitted:
            self._fitted[key] = fit_doubt(self._known, {author}, prompt)
        return self._fitted[key]


def _as_is(features: Sequence[str]) -> Sequence[str]:
    return features
