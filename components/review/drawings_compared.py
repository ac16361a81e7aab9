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
from designs.drawing import Design, EdgeMode
from designs.inspections import Severity, inspect
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
    for title, lines in _sections(found, _doubtful_edges(mine)):
        if lines:
            st.markdown(f"**{title}**")
            first_few(lines, _bullets, key=f"compared-{title}-{view.attempt_id}")


def _doubtful_edges(design: Design) -> set[tuple[str, str]]:
    """Return the edges that an inspection objects to: these are not called fine."""
    found = inspect(design, state.the_workbench().content.palette)
    return {pair for one in found if one.severity is not Severity.NOTE for pair in one.edges}


def _sections(
    found: Comparison, doubtful: set[tuple[str, str]]
) -> Iterator[tuple[str, Sequence[str]]]:
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
    fine = [f"{_title(one)} ({one.kind_label})" for one in found.besides]
    doubted: list[str] = []
    for one in found.connections_besides:
        pair = (one.source.node_id, one.target.node_id)
        (doubted if pair in doubtful else fine).append(_ends(one.source, one.target))
    yield "Also fine: only in yours", fine
    yield "Only in yours, and the inspection of your drawing objects", doubted


def _bullets(lines: Sequence[str]) -> None:
    st.markdown("\n".join(f"- {line}" for line in lines))


def _missing(one: MissingPart) -> str:
    why = f": {markdown_text(one.why)}" if one.why else ""
    spare = f" Your {_title(one.stand_in)} may do this too." if one.stand_in else ""
    return f"{_title(one.part)} ({one.part.kind_label}){why}{spare}"


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
    return f"**{markdown_text(part.title)}**"  # never the bare start of a line: "1." makes a list


def _modes(modes: tuple[EdgeMode, ...]) -> str:
    return " and ".join(modes)
