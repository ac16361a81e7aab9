"""The candidate's drawing held against the exemplar's, part by part."""

from collections.abc import Iterator, Sequence

import streamlit as st

from components import state
from components.first_few import first_few
from components.plain_text import markdown_text
from designs.comparison import (
    Comparison,
    Connection,
    DifferentMode,
    MissingPart,
    Part,
    compare,
)
from designs.drawing import EdgeMode
from workbench.review import ReviewView


def drawings_compared(view: ReviewView) -> None:
    """Show what the exemplar has besides, what only the candidate has, and what counts as same."""
    mine, theirs = view.submission.design, view.exemplar.design
    if not mine.nodes or not theirs.nodes:
        return
    found = compare(mine, theirs, state.the_workbench().content.palette)
    st.subheader("Compared", anchor=False)
    st.caption(
        f"{len(found.matched)} of the exemplar's {len(theirs.nodes)} parts are in yours. "
        "Labels are not compared, and another way may be as good."
    )
    for title, lines in _sections(found):
        if lines:
            st.markdown(f"**{title}**")
            first_few(lines, _line, key=f"compared-{title}-{view.attempt_id}")


def _sections(found: Comparison) -> Iterator[tuple[str, Sequence[str]]]:
    yield "Yours has no", [_missing(one) for one in found.missing]
    yield "Not connected in yours", [_lacking(one) for one in found.missing_connections]
    yield "Connected in another way", [_other_mode(one) for one in found.different_modes]
    yield (
        "Counts as the same",
        [
            f"{_title(one.yours)} for {_title(one.theirs)}: {one.equivalent_because}."
            for one in found.matched
            if one.equivalent_because
        ],
    )
    parts = [f"{_title(one)} ({one.kind_label})" for one in found.besides]
    yield (
        "Also fine: only in yours",
        [*parts, *(_ends(one.source, one.target) for one in found.connections_besides)],
    )


def _line(text: str) -> None:
    st.markdown(f"- {text}")


def _missing(one: MissingPart) -> str:
    said = f"{_title(one.part)} ({one.part.kind_label})"
    if one.stand_in:
        said += f"; your {_title(one.stand_in)} may stand for it as well"
    return f"{said}: {markdown_text(one.why)}" if one.why else said


def _lacking(one: Connection) -> str:
    note = f": {markdown_text(one.note)}" if one.note.strip() else ""
    return f"{_ends(one.source, one.target)} ({_modes(one.modes)}){note}"


def _other_mode(one: DifferentMode) -> str:
    return (
        f"{_ends(one.source, one.target)}: {_modes(one.yours)} in yours, "
        f"{_modes(one.theirs)} in the exemplar"
    )


def _ends(source: Part, target: Part) -> str:
    return f"{_title(source)} → {_title(target)}"


def _title(part: Part) -> str:
    return markdown_text(part.title)


def _modes(modes: tuple[EdgeMode, ...]) -> str:
    return " and ".join(modes)
