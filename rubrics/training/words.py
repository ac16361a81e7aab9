"""Fitting word models: linear classifiers of sentences, each also without some author."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
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


class Statements(Iterable[Statement]):
    """Statements whose words are counted once, however many models learn from some of them."""

    def __init__(self, all_of_them: Iterable[Statement]) -> None:
        self._all = tuple(all_of_them)
        self._part_of: tuple[Statements, list[int]] | None = None
        self._counted: tuple[csr_matrix, list[str]] | None = None

    def __iter__(self) -> Iterator[Statement]:
        return iter(self._all)

    def only(self, is_wanted: Callable[[Statement], bool]) -> "Statements":
        """Return some of them, which are not counted again."""
        places = [place for place, one in enumerate(self._all) if is_wanted(one)]
        some = Statements(self._all[place] for place in places)
        some._part_of = self, places
        return some

    def counted(self) -> tuple[csr_matrix, list[str]]:
        """Return how often each statement (row) has each word or pair (column), and their names."""
        if self._part_of is not None:
            whole, places = self._part_of
            counts, names = whole.counted()
            return counts[places], names
        if self._counted is None:
            counter = CountVectorizer(analyzer=_as_is, dtype=np.float64)
            counts = counter.fit_transform([one.features for one in self._all])
            self._counted = counts, sorted(counter.vocabulary_)
        return self._counted


def fit_words(kind: type[M], used: Statements, strength: float, fewest: int) -> M:
    """Fit a model.

    Args:
        kind: What it is a model of.
        used: The statements to learn from.
        strength: Inverse of the L2 penalty.
        fewest: Statements in which a word or pair has to occur.
    """
    counts, names = used.counted()
    (common,) = np.nonzero(counts.getnnz(axis=0) >= fewest)
    weighing = TfidfTransformer()
    seen = weighing.fit_transform(counts[:, common])
    # The liblinear solver is the same on every machine to the last digit kept here.
    plain = LogisticRegression(C=strength, solver="liblinear", tol=1e-6, max_iter=1000)
    weights = [one.weight for one in used]
    fitted = plain.fit(seen, [one.holds for one in used], sample_weight=weights)
    found = zip(common.tolist(), weighing.idf_.tolist(), fitted.coef_[0].tolist(), strict=True)
    return kind(
        intercept=round(float(fitted.intercept_[0]), _DIGITS),
        features={
            names[place]: (round(rarity, _DIGITS), round(slope, _DIGITS))
            for place, rarity, slope in found
        },
    )


class ModelsWithout(Generic[M]):
    """Models that have never seen an author, or an author and a prompt; each is fitted once.

    Nobody is judged by his own sentences: that would promise more than a stranger's answer keeps.
    """

    def __init__(self, known: Statements, fit: Callable[[Statements], M]) -> None:
        self._known = known
        self._fit = fit
        self._fitted: dict[tuple[str, str | None], M] = {}

    def without(self, author: str, prompt: str | None = None) -> M:
        """Return the model that was fitted without them."""
        key = (author, prompt)
        if key not in self._fitted:
            self._fitted[key] = self._fit(
                self._known.only(lambda one: one.author != author and one.prompt != prompt)
            )
        return self._fitted[key]


def _as_is(features: Sequence[str]) -> Sequence[str]:
    return features
