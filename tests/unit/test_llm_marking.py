"""What a coach adds to somebody's words is marked; what it only moves is not."""

import pytest

from rubrics.graders.llm.coach import MarkedText
from rubrics.graders.llm.marking import Source

ANSWER = (
    "We split by time because labels need 90 days. The model is a gradient boosted tree; p99 is "
    "1,000 ms, and we lose 2.5 percent of payments. A reviewer decides."
)


@pytest.mark.parametrize(
    ("sentence", "strange"),
    [
        ("Labels need 90 days, so we split by time.", ()),
        ("The reviewers are deciding.", ()),
        ("P99 is 1000 ms and 2.5 % of payments are lost.", ()),
        ("Labels need 60 days.", ("60",)),
        ("We lose 25 % of the payments.", ("25%",)),
        ("Labels need ninety days.", ("ninety",)),
        ("The model is a transformer on Kubernetes.", ("transformer", "kubernetes")),
        ("However, this should therefore also be shown first.", ()),
        ("", ()),
    ],
)
def test_what_is_new_in_a_sentence(sentence: str, strange: tuple[str, ...]) -> None:
    assert Source(ANSWER).strange(sentence) == strange


def spoken(text: str, size: int) -> str:
    said: list[str] = []
    marked = MarkedText(Source(ANSWER), said.append)
    for at in range(0, len(text), size):
        marked.add(text[at : at + size])
    marked.finish()
    return "".join(said)


TEXT = (
    "NEXT\n1. Say who reviews.\n2. Give 3 figures, for instance 40 ms.\n3. Name an owner.\n"
    "REWRITTEN\nLabels need 90 days. We use Kafka, so p99 is 20 ms."
)


@pytest.mark.parametrize("size", [1, 3, 7, 1000])
def test_sentences_are_marked_however_the_stream_is_cut(size: int) -> None:
    assert spoken(TEXT, size) == spoken(TEXT, 10_000)


def test_figures_are_marked_everywhere_and_words_in_the_paragraph_only() -> None:
    said = spoken(TEXT, 5)
    assert "Name an owner.\n" in said
    assert "40 ms. [not in your answer: 3, 40]" in said
    assert "Labels need 90 days. We use Kafka" in said
    assert "[not in your answer: 20, kafka]" in said


def test_a_coach_without_end_is_cut() -> None:
    assert len(spoken("REWRITTEN\n" + "Labels need days. " * 5000, 4000)) < 20_000
