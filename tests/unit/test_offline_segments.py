"""Sentences: where they begin and end, and that each is found in the raw text again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubrics.graders.offline.segments import sentences


def _cut(answer: str) -> list[str]:
    return [one.raw for one in sentences(answer)]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("We log it. We join it.", ["We log it.", "We join it."]),
        ("Is there a fallback? No. We wait.", ["Is there a fallback?", "No.", "We wait."]),
        ("Refresh every 5 min. Then retrain.", ["Refresh every 5 min.", "Then retrain."]),
        ("Refresh in 5 min. at most.", ["Refresh in 5 min. at most."]),
        ("Use a tree, e.g. LightGBM.", ["Use a tree, e.g. LightGBM."]),
        ("Counts, sums etc. Then train.", ["Counts, sums etc.", "Then train."]),
        ("p99 is 0.5 ms. Fine.", ["p99 is 0.5 ms.", "Fine."]),
        ("- log it\n- join it", ["log it", "join it"]),
        ("1. log it\n2) join it", ["log it", "join it"]),
        ("log it\njoin it", ["log it", "join it"]),
        ("log it\n\njoin it", ["log it", "join it"]),
        (
            "We keep every event of the last ninety days in the warehouse\nand join labels.",
            ["We keep every event of the last ninety days in the warehouse\nand join labels."],
        ),
        ("", []),
        (" \n\t ...", []),
    ],
)
def test_where_sentences_end(answer: str, expected: list[str]) -> None:
    assert _cut(answer) == expected


@given(st.text(st.sampled_from("ab 1.!?\n-'é🎬%($") | st.characters(), max_size=300))
def test_every_sentence_is_a_place_in_the_answer(answer: str) -> None:
    end = 0
    for one in sentences(answer):
        assert answer[one.start : one.end] == one.raw
        assert one.start >= end
        assert one.tokens
        end = one.end
