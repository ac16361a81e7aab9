"""The one place where a learner's text becomes HTML: marked, complete, and never markup itself."""

import re
from html import escape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.review.markup import MISTAKE, Highlight, highlighted_html, stage_bars_html
from components.review.self_review import sentences_of
from designs.stage import STAGES
from rubrics.score import OverallScore, StageScore

ANSWER = "We split by time. Labels mature in 90 days. No fallback is needed."

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</div></mark><style>*{display:none}</style>",
    '"><svg onload=alert(1)>',
    "&lt;b&gt; stays as typed & so does this",
)


class Reader(HTMLParser):
    """Collects tags and text as a browser would see them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.text: list[str] = []
        self.marked: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self._open.remove(tag)

    def handle_data(self, data: str) -> None:
        if "sup" in self._open:
            return
        self.text.append(data)
        if "mark" in self._open:
            self.marked.append(data)


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


def spans(text: str) -> st.SearchStrategy[list[Highlight]]:
    places = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    return st.lists(
        st.builds(
            lambda place, number, against: Highlight(
                start=min(place), end=max(place), number=number, against=against
            ),
            places,
            st.integers(MISTAKE, 8),
            st.booleans(),
        ),
        max_size=6,
    )


@given(st.data(), st.text(min_size=1, max_size=120).filter(str.strip))
def test_marking_neither_loses_nor_adds_a_character(data: st.DataObject, text: str) -> None:
    html = highlighted_html(text, data.draw(spans(text)))
    bare = re.sub(r"<sup>[0-9,!]+</sup>|</?(?:div|mark)[^<>]*>", "", html)
    assert bare == escape(text)


def test_evidence_is_marked_with_the_number_of_its_criterion() -> None:
    start = ANSWER.index("Labels")
    end = start + len("Labels mature in 90 days.")
    html = highlighted_html(ANSWER, [Highlight(start=start, end=end, number=3)])
    assert "<mark>Labels mature in 90 days.<sup>3</sup></mark>" in html


def test_overlapping_evidence_is_cut_where_it_begins_and_ends() -> None:
    html = highlighted_html(
        ANSWER,
        [Highlight(start=0, end=17, number=1), Highlight(start=9, end=43, number=2)],
    )
    assert read(html).marked == ["We split ", "by time.", " Labels mature in 90 days."]


def test_what_speaks_against_a_criterion_looks_different() -> None:
    start = ANSWER.index("No fallback")
    html = highlighted_html(
        ANSWER, [Highlight(start=start, end=len(ANSWER), number=4, against=True)]
    )
    assert '<mark class="against">' in html


def test_what_is_held_against_the_whole_answer_is_marked_with_an_exclamation_mark() -> None:
    start = ANSWER.index("No fallback")
    mistake = Highlight(start=start, end=len(ANSWER), number=MISTAKE, against=True)
    alone = highlighted_html(ANSWER, [mistake])
    assert '<mark class="against">No fallback is needed.<sup>!</sup></mark>' in alone
    cited = mistake.model_copy(update={"number": 2, "against": False})
    both = highlighted_html(ANSWER, [cited, mistake])
    assert '<mark class="against">No fallback is needed.<sup>!,2</sup></mark>' in both
    assert "0" not in "".join(re.findall(r"<sup>(.*?)</sup>", both))


def test_a_sentence_that_is_doubted_and_a_known_mistake_is_marked_once() -> None:
    mistake = Highlight(start=0, end=17, number=MISTAKE, against=True)
    assert highlighted_html(ANSWER, [mistake, mistake]).count("<sup>!</sup>") == 1


def test_an_empty_answer_says_so() -> None:
    assert "No answer" in highlighted_html("  \n ", [])


@pytest.mark.parametrize("text", HOSTILE)
def test_a_learners_markup_stays_text(text: str) -> None:
    reader = read(highlighted_html(text, [Highlight(start=0, end=len(text), number=1)]))
    assert reader.tags <= {"div", "mark", "sup"}
    assert "".join(reader.text) == text


def test_every_stage_has_a_bar_and_the_candidates_own_mark() -> None:
    def score(points: float) -> OverallScore:
        return OverallScore(
            stages=tuple(StageScore(stage=stage, low=points, high=points) for stage in STAGES)
        )

    alone = stage_bars_html(score(3.0), None)
    both = stage_bars_html(score(3.0), score(1.0))
    assert alone.count("dr-fill") == both.count("dr-fill") == len(STAGES)
    assert "width:75.0%" in alone
    assert "dr-self" not in alone
    assert both.count("you 1.0") == len(STAGES)


@given(st.text(max_size=300))
def test_every_sentence_that_can_be_pointed_at_is_verbatim(text: str) -> None:
    pieces = sentences_of(text)
    assert all(piece in text for piece in pieces)
    assert len(set(pieces)) == len(pieces)


def test_sentences_are_told_apart() -> None:
    assert sentences_of("Split by time. Gap of 90 days!\n- p99 under 3.5 ms") == (
        "Split by time.",
        "Gap of 90 days!",
        "- p99 under 3.5 ms",
    )
