"""Fitting word models: linear classifiers of sentences, each also without some author."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from rubrics.graders.offline.word_model import WordModel

_DIGITS = 3

M = TypeVar("M", bound=WordModel)


@dataclass(frozen=True)
class Statement:
    """A sentence with what is known about it."""

    author: str
    prompt: str
    """Empty where it is about none."""
    holds: bool
    """Whether it is of the kind that the model shall tell."""
    features: tuple[str, ...]
    weight: float = 1.0


def fit_words(kind: type[M], used: Sequence[Statement], strength: float, fewest: int) -> M:
    """Fit a model.

    Args:
        kind: What it is a model of.
        used: The statements to learn from.
        strength: Inverse of the L2 penalty.
        fewest: Statements in which a word or pair has to occur.
    """
    words = TfidfVectorizer(analyzer=_as_is, min_df=fewest)
    seen = words.fit_transform([one.features for one in used])
    # The liblinear solver is the same on every machine to the last digit kept here.
    plain = LogisticRegression(C=strength, solver="liblinear", tol=1e-6, max_iter=1000)
    weights = [one.weight for one in used]
    fitted = plain.fit(seen, [one.holds for one in used], sample_weight=weights)
    return kind(
        intercept=round(float(fitted.intercept_[0]), _DIGITS),
        features={
            name: (
                round(float(words.idf_[place]), _DIGITS),
                round(float(fitted.coef_[0][place]), _DIGITS),
            )
            for name, place in sorted(words.vocabulary_.items())
        },
    )


class ModelsWithout(Generic[M]):
    """Models that have never seen an author, or an author and a prompt; each is fitted once.

    Nobody is judged by his own sentences: that would promise more than a stranger's answer keeps.
    """

    def __init__(self, known: Sequence[Statement], fit: Callable[[Sequence[Statement]], M]) -> None:
        self._known = known
        self._fit = fit
        self._fitted: dict[tuple[str, str | None], M] = {}

    def without(self, author: str, prompt: str | None = None) -> M:
        """Return the model that was fitted without them."""
        key = (author, prompt)
        if key not in self._fitted:
            self._fitted[key] = self._fit(
                [one for one in self._known if one.author != author and one.prompt != prompt]
            )
        return self._fitted[key]


def _as_is(features: Sequence[str]) -> Sequence[str]:
    return features
