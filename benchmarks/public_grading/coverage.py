"""Coverage of the reference: how much of what a right answer says is said, in words.

The engine's clues hold likeness to an example as a whole. These measures take the reference apart:
its words less those of the question, weighed by how rare they are among answers. They are made of
the engine's parts (sentences, stems, letter groups, negation), but no guard is applied to them.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from functools import lru_cache
from itertools import pairwise

from rubrics.graders.offline.guards.negation import negation
from rubrics.graders.offline.segments import sentences
from rubrics.graders.offline.similarity import bag_of, grams_of

ALIKE = 0.5
"""Likeness of letters from which two words count as nearly the same."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A text as stems of content words."""

    stems: tuple[str, ...]
    bag: frozenset[str]
    parts: tuple[frozenset[str], ...]
    """Sentence by sentence."""
    denies: bool


@lru_cache(maxsize=32_768)
def wording(text: str) -> Wording:
    """Return a text in the form that is compared."""
    found = sentences(text)
    stems = [[token.stem for token in part.tokens] for part in found]
    bags = tuple(bag_of(one) for one in stems)
    bag = frozenset().union(*bags)
    return Wording(
        stems=tuple(one for part in stems for one in part if one in bag),
        bag=bag,
        parts=bags,
        denies=any(negation(part).tokens for part in found),
    )


class Rarity:
    """How rare a stem is among some answers; nobody's grade is looked at."""

    def __init__(self, texts: Iterable[str]) -> None:
        bags = [wording(text).bag for text in sorted(set(texts))]
        counted = Counter(stem for bag in bags for stem in bag)
        self._weights = {
            stem: math.log((1 + len(bags)) / (1 + times)) + 1 for stem, times in counted.items()
        }
        self._unknown = math.log(1 + len(bags)) + 1

    def of(self, stems: Iterable[str]) -> float:
        """Return the weight of some stems together."""
        return math.fsum(self.weight(one) for one in stems)

    def weight(self, stem: str) -> float:
        """Return the weight of one stem."""
        return self._weights.get(stem, self._unknown)

    def share(self, part: frozenset[str], whole: frozenset[str]) -> float:
        """Return how much of a set lies in another."""
        return self.of(part & whole) / self.of(whole) if whole else 0.0


@dataclass(frozen=True, slots=True)
class Coverage:
    """One answer beside the reference that it comes closest to."""

    covered: float
    """Share of the reference's own words, those of the question left out."""
    covered_whole: float
    """The same with the question's words."""
    to_the_point: float
    """Share of the answer's own words that the reference holds."""
    balance: float
    """Harmonic mean of the first and the third."""
    letters_covered: float
    letters_alike: float
    """Share of the reference's letter groups, and overlap of both."""
    nearly_covered: float
    nearly_to_the_point: float
    """As the first and third; words of like letters count."""
    echoed: float
    """Share of the answer that repeats the question."""
    own_length: float
    reference_length: float
    relative_length: float
    """Logarithms."""
    denial_differs: float
    """1 if one of them denies something and the other does not."""
    pairs_covered: float
    """Share of the reference's neighbouring words that neighbour in the answer."""
    order_kept: float
    """Longest common run of words with gaps, for each word of the reference."""
    best_sentence: float
    best_two_sentences: float
    """Share covered by one sentence, and by two in a row."""
    strange: float
    """Weight of words that neither question nor reference holds."""
    numbers_covered: float
    rarest_missing: float
    """Weight of the rarest word of the reference that is missing."""
    covered_most: float = 0.0
    covered_on_average: float = 0.0
    covered_together: float = 0.0
    """The first, over all references: highest, mean, and for their words together."""


def coverage(answer: str, references: Sequence[str], question: str, rarity: Rarity) -> list[float]:
    """Return the measures for one answer, in the order of the fields of `Coverage`."""
    given, asked = wording(answer), wording(question)
    wanted = [wording(text) for text in references]
    found = [_beside(given, one, asked, rarity) for one in wanted]
    best = max(found, key=lambda one: one.balance + one.covered / 2)
    together = frozenset().union(*(one.bag for one in wanted)) - asked.bag
    shares = [one.covered for one in found]
    whole = (max(shares), math.fsum(shares) / len(shares), rarity.share(given.bag, together))
    return [*astuple(best)[:-3], *whole]


def _beside(given: Wording, wanted: Wording, asked: Wording, rarity: Rarity) -> Coverage:
    new = (wanted.bag - asked.bag) or wanted.bag
    own = given.bag - asked.bag
    covered, precise = rarity.share(given.bag, new), rarity.share(wanted.bag, own)
    letters, sought = grams_of(given.bag), grams_of(new)
    both = len(letters & sought)
    nearly = frozenset(one for one in new if _likest(one, given.bag) >= ALIKE)
    nearly_own = frozenset(one for one in own if _likest(one, wanted.bag) >= ALIKE)
    pairs, said = set(pairwise(wanted.stems)), set(pairwise(given.stems))
    figures = frozenset(one for one in wanted.bag if one.isdigit())
    covered_whole = rarity.share(given.bag, wanted.bag)
    two = [first | second for first, second in pairwise(given.parts)]
    singles = [rarity.share(part, new) for part in given.parts]
    return Coverage(
        covered=covered,
        covered_whole=covered_whole,
        to_the_point=precise,
        balance=2 * covered * precise / (covered + precise) if covered + precise else 0.0,
        letters_covered=both / max(1, len(sought)),
        letters_alike=2 * both / max(1, len(letters) + len(sought)),
        nearly_covered=rarity.share(nearly, new),
        nearly_to_the_point=rarity.share(nearly_own, own),
        echoed=len(given.bag & asked.bag) / max(1, len(given.bag)),
        own_length=math.log1p(len(own)),
        reference_length=math.log1p(len(new)),
        relative_length=math.log((1 + len(given.bag)) / (1 + len(wanted.bag))),
        denial_differs=float(given.denies != wanted.denies),
        pairs_covered=len(pairs & said) / len(pairs) if pairs else covered_whole,
        order_kept=_common_run(given.stems, wanted.stems) / max(1, len(wanted.stems)),
        best_sentence=max(singles, default=0.0),
        best_two_sentences=max([*singles, *(rarity.share(part, new) for part in two)], default=0.0),
        strange=rarity.of(own - wanted.bag),
        numbers_covered=len(figures & given.bag) / len(figures) if figures else covered_whole,
        rarest_missing=max((rarity.weight(one) for one in new - given.bag), default=0.0),
    )


def _likest(word: str, bag: frozenset[str]) -> float:
    return 1.0 if word in bag else max((_alike(word, other) for other in bag), default=0.0)


@lru_cache(maxsize=1_000_000)
def _alike(word: str, other: str) -> float:
    letters, others = grams_of(frozenset({word})), grams_of(frozenset({other}))
    return 2 * len(letters & others) / (len(letters) + len(others))


def _common_run(given: Sequence[str], wanted: Sequence[str]) -> int:
    """Return the length of the longest common subsequence."""
    before = [0] * (len(wanted) + 1)
    for word in given:
        now = [0]
        for index, other in enumerate(wanted):
            now.append(before[index] + 1 if word == other else max(now[-1], before[index + 1]))
        before = now
    return before[-1]


def word_marks(answer: str, references: Sequence[str], question: str) -> frozenset[str]:
    """Return which words are said, missing or strange, as marks whose weights can be learned.

    A word is *said* if any reference holds it, *missing* if all do, *strange* if none does.
    """
    given, asked = wording(answer).bag, wording(question).bag
    bags = [wording(text).bag for text in references]
    some, every = frozenset().union(*bags), frozenset.intersection(*bags)
    return frozenset(
        [f"said {one}" for one in given & some]
        + [f"missing {one}" for one in every - given - asked]
        + [f"strange {one}" for one in given - some - asked]
    )
