"""The one module that writes HTML into a page; everything it is given is escaped first."""

from collections.abc import Sequence
from html import escape
from itertools import pairwise

import streamlit as st

from designs.record import Record
from rubrics.score import OverallScore

_STYLE = """<style>
.dr-answer { white-space: pre-wrap; line-height: 1.7; overflow-wrap: anywhere; }
.dr-answer mark { background: rgba(46, 125, 50, 0.20); color: inherit;
  border-bottom: 2px solid #2e7d32; padding: 0.05em 0; }
.dr-answer mark.against { background: rgba(198, 40, 40, 0.18); border-bottom: 2px dashed #c62828; }
.dr-answer sup { font-weight: 700; font-size: 0.7em; padding-left: 0.15em; }
.dr-empty { font-style: italic; }
.dr-bars { display: grid; gap: 0.55rem 0.8rem;
  grid-template-columns: minmax(7rem, max-content) 1fr max-content; align-items: center; }
.dr-track { position: relative; height: 1.05rem; border-radius: 0.3rem;
  background: rgba(128, 128, 128, 0.22); }
.dr-fill { height: 100%; border-radius: 0.3rem; background: #3f6fb5; }
.dr-self { position: absolute; top: -0.2rem; bottom: -0.2rem; width: 0.22rem;
  background: currentColor; border-radius: 0.1rem; }
.dr-number { font-variant-numeric: tabular-nums; }
</style>"""


class Highlight(Record):
    """A span of an answer and the numbers of the criteria that cite it."""

    start: int
    end: int
    number: int
    """The number of the criterion in the list beside the answer, or `MISTAKE`."""
    against: bool = False
    """True if the sentence contradicts the criterion."""


MISTAKE = 0
"""The number of a span that is held against the whole answer; shown as an exclamation mark."""


def highlighted_html(text: str, highlights: Sequence[Highlight]) -> str:
    """Return an answer as HTML with its cited spans marked.

    Args:
        text: The raw answer.
        highlights: Spans inside the text, in any order; they may overlap.

    Returns:
        Escaped HTML in which every maximal stretch under the same highlights is one mark,
        followed by the numbers of the criteria that end there.
    """
    if not text.strip():
        return '<p class="dr-empty">No answer.</p>'
    edges = sorted({0, len(text), *(h.start for h in highlights), *(h.end for h in highlights)})
    parts = []
    for start, end in pairwise(edges):
        over = [h for h in highlights if h.start <= start and end <= h.end]
        parts.append(_piece(text[start:end], over, end))
    return f'<div class="dr-answer">{"".join(parts)}</div>'


def _piece(text: str, over: Sequence[Highlight], end: int) -> str:
    if not over:
        return escape(text)
    kind = ' class="against"' if any(h.against for h in over) else ""
    ending = sorted({h.number for h in over if h.end == end})
    names = ["!" if number == MISTAKE else str(number) for number in ending]
    numbers = f"<sup>{','.join(names)}</sup>" if names else ""
    return f"<mark{kind}>{escape(text)}{numbers}</mark>"


def show_answer(text: str, highlights: Sequence[Highlight]) -> None:
    """Show an answer with its evidence marked."""
    st.html(_STYLE + highlighted_html(text, highlights))


def stage_bars_html(machine: OverallScore, own: OverallScore | None) -> str:
    """Return one bar per stage, with a tick where the candidate put it."""
    rows = []
    for stage in machine.stages:
        mark = text = ""
        if own is not None:
            claimed = own.stage(stage.stage).score
            mark = f'<div class="dr-self" style="left:calc({25 * claimed:.1f}% - 0.11rem)"></div>'
            text = f" · you {claimed:.1f}"
        rows.append(
            f"<div>{escape(stage.stage.title)}</div>"
            '<div class="dr-track">'
            f'<div class="dr-fill" style="width:{25 * stage.score:.1f}%"></div>'
            f"{mark}</div>"
            f'<div class="dr-number">{stage.score:.1f} {escape(stage.band)}{text}</div>'
        )
    return f'<div class="dr-bars">{"".join(rows)}</div>'


def show_stage_bars(machine: OverallScore, own: OverallScore | None) -> None:
    """Show the stage scores."""
    st.html(_STYLE + stage_bars_html(machine, own))
