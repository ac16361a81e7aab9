"""Sentences: where they begin and end, and that each is found in the raw text again."""

import textwrap

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


WORDS = "we split by time since labels come late and a shuffled test would know the future "


@pytest.mark.parametrize("width", [72, 80, 100])
def test_lines_that_an_editor_wrapped_are_one_sentence(width: int) -> None:
    said = textwrap.fill((WORDS * 5).strip(), width)
    assert said.count("\n") >= 3
    assert len(sentences(said)) == 1


def test_notes_of_any_length_are_a_sentence_each() -> None:
    notes = [
        "viewer: last 50 plays, seconds watched, tiles skipped, topic of this session, streamed",
        "video: content vector within ten minutes of upload, counters per hour smoothed to channel",
        "cross: hours since the last watch of this channel and the product of both vectors",
        "position: in training only, at serving a constant, else the model learns the page",
        "missing: bucket of its own plus a flag, never zero",
    ]
    assert [one.raw for one in sentences("\n".join(notes))] == notes


def test_notes_without_labels_are_told_by_their_lengths() -> None:
    notes = [
        "random slice of declines approved, about 5,500 a month fits the budget, weighted by 1/p",
        "negatives downsampled 1:20 in train only, test keeps the natural rate",
        "no payment younger than 90 days in the test, its dispute may still come in, others kept",
        "same card never on both sides for the new-card report only and nowhere else",
        "dedupe by id",
    ]
    assert [one.raw for one in sentences("\n".join(notes))] == notes
