"""The arrays of examples give the cosine that its definition gives, to the last bit."""

import math
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from rubrics.graders.offline.neighbours import Examples, content_stems
from rubrics.graders.offline.segments import sentences

STEMS = ["time", "split", "label", "drift", "owner"]
TEXTS = st.lists(st.lists(st.sampled_from(STEMS), max_size=6).map(tuple), max_size=8)
SENTENCE = "Time split, then time again: drift of unheard things."


def plainly(texts: list[tuple[str, ...]], stems: tuple[str, ...]) -> list[float]:
    """Return the cosine of some stems with every text, as it is defined."""
    holding = Counter(stem for text in texts for stem in set(text))

    def normed(text: tuple[str, ...]) -> dict[str, float]:
        weights = {
            stem: (math.log((1 + len(texts)) / (1 + holding[stem])) + 1) * (1 + math.log(times))
            for stem, times in Counter(text).items()
        }
        length = math.sqrt(math.fsum(one * one for one in weights.values()))
        return {stem: one / length for stem, one in weights.items()}

    own = sorted(normed(stems).items())
    return [
        sum((held[stem] * weight for stem, weight in own if stem in held), start=0.0)
        for held in map(normed, texts)
    ]


@given(TEXTS)
def test_nearness_is_the_cosine(texts: list[tuple[str, ...]]) -> None:
    (sentence,) = sentences(SENTENCE)
    assert Examples(texts).nearness(sentence).tolist() == plainly(texts, content_stems([sentence]))
