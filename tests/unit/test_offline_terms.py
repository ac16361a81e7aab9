"""Terms have a quick way for plain spelling, which must say what the long way says."""

from hypothesis import given
from hypothesis import strategies as st

from rubrics.graders.offline.segments import sentences
from rubrics.graders.offline.terms import Places, TermIndex, compile_term

WORDS = st.sampled_from(["time", "splits", "recalib*", "p99", "it's", "Über*", "a/b", "3.5", "…"])
PHRASES = st.lists(WORDS, min_size=1, max_size=3).flatmap(
    lambda words: st.sampled_from([" ", "-"]).map(lambda between: between.join(words))
)
TERMS = st.lists(PHRASES, min_size=1, max_size=3).map(" + ".join)
ANSWER = "Time splits on 3.5 days, it's recalibrated: p99 über-slow in the a/b test."


@given(TERMS)
def test_an_index_finds_what_its_terms_say_when_compiled_alone(source: str) -> None:
    (sentence,) = sentences(ANSWER)
    places = Places(sentence.tokens)
    alone = compile_term(source, 7)
    found = TermIndex([(7, source)]).find(sentence, places)
    assert all(term == alone for term, _ in found)
    missing = alone is None or not alone.keys <= places.keys
    assert not (missing and found)


@given(TERMS)
def test_plain_words_are_spelt_as_folded_ones(source: str) -> None:
    # A full-width letter takes the long way, and is folded to the same plain one.
    wide = source.replace("t", "ｔ").replace("p", "ｐ")
    plain, folded = compile_term(source, 0), compile_term(wide, 0)
    assert (plain and plain.parts) == (folded and folded.parts)
    assert (plain and plain.keys) == (folded and folded.keys)


def test_an_index_finds_terms_in_the_order_of_the_words() -> None:
    (sentence,) = sentences(ANSWER)
    index = TermIndex([(0, "p99"), (1, "recalib*"), (2, "…"), (3, "time split + p99")])
    found = index.find(sentence, Places(sentence.tokens))
    assert [(term.owner, term.source) for term, _ in found] == [
        (3, "time split + p99"),
        (1, "recalib*"),
        (0, "p99"),
    ]
