"""Bringing in a drawing from another tool: read, shown, and taken over only when asked."""

import streamlit as st

from components import state
from components.boundary import guarded, show_problems
from components.diagram import show_diagram
from components.plain_text import markdown_text
from designs.drawing import Design
from designs.drawing_draft import draft_of
from designs.importers import IMPORTERS, MAX_BYTES, ReadDesign, Remark, read_drawing
from designs.problem import ContentError
from workbench.practice import PracticeView
from workbench.store import StoreError

_SHOWN = 12
"""Remarks that are listed; a drawing with more is best checked in the tables."""


def drawing_import(view: PracticeView) -> None:
    """Take a file, say what was read in it, and ask before it replaces the drawing."""
    with st.expander("Import a drawing", icon=":material/upload_file:"):
        labels = ", ".join(one.label for one in IMPORTERS.values())
        st.markdown(
            f"Reads {labels}. You see what was read before anything changes; what is drawn now "
            "stays in the history of this session."
        )
        # A saved drawing has a new number, and with it the uploader is empty again.
        file = st.file_uploader(
            "Drawing",
            type=[end.removeprefix(".") for one in IMPORTERS.values() for end in one.extensions],
            key=f"import-{view.attempt_id}-{view.drawing_revision}",
        )
        if file is None:
            return
        raw = file.getvalue() if file.size <= MAX_BYTES else bytes(MAX_BYTES + 1)
        try:
            read = read_drawing(raw, "the file", state.the_workbench().content.palette)
        except ContentError as error:
            show_problems(error)
            return
        _what_was_read(read)
        if read.design.nodes:
            _question(view, read.design)


def _what_was_read(read: ReadDesign) -> None:
    design = read.design
    named = f" of **{markdown_text(read.title)}**" if read.title else ""
    st.markdown(
        f"This is what I read{named}: {_count(len(design.nodes), 'node')}, "
        f"{_count(len(design.edges), 'edge')}."
    )
    if design.nodes:
        show_diagram(design, "Diagram of the drawing that was read")
    _remarks("Inferred, please check", read.inferred)
    _remarks("Ignored", read.ignored)


def _remarks(title: str, remarks: tuple[Remark, ...]) -> None:
    if not remarks:
        return
    lines = [f"- {markdown_text(str(remark))}" for remark in remarks[:_SHOWN]]
    if len(remarks) > _SHOWN:
        lines.append(f"- and {len(remarks) - _SHOWN} more")
    st.markdown(f"**{title}**\n\n" + "\n".join(lines))


def _question(view: PracticeView, design: Design) -> None:
    drawn = len(view.drawing.nodes)
    if drawn:
        st.warning(
            f"This replaces what is drawn now ({_count(drawn, 'node')}). The present drawing is "
            "kept as an earlier revision.",
            icon=":material/warning:",
        )
    st.button(
        "Replace the drawing" if drawn else "Take it over",
        key="import-take",
        type="primary",
        on_click=_take,
        args=(view, design),
    )


@guarded("import the drawing")
def _take(view: PracticeView, design: Design) -> None:
    """Save what was read on top; a version saved elsewhere meanwhile is kept beside it."""
    try:
        state.the_workbench().practice.save_drawing(
            view.attempt_id, draft_of(design), view.drawing_revision, state.drawing_client()
        )
    except StoreError as error:
        st.error(f"The drawing was not saved. {error}", icon=":material/error:")
        return
    state.redraw_tables(view.attempt_id)
    st.rerun()  # the whole page: on the canvas the button stands in a fragment


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
