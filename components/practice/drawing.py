"""Drawing the system: palette, tables, and the diagram that follows them."""

import pandas as pd
import streamlit as st

from components import links, state
from components.boundary import guarded
from components.diagram import show_diagram
from components.partial_rerun import FOLLOWING, rerun_page
from components.plain_text import markdown_text
from components.practice.drawing_canvas import drawing_canvas
from components.practice.drawing_columns import (
    EDGE_COLUMNS,
    EDGE_RUN_COLUMNS,
    NODE_COLUMNS,
    NODE_RUN_COLUMNS,
    edge_columns,
    node_columns,
)
from components.practice.drawing_exports import drawing_exports
from components.practice.drawing_import import drawing_import
from components.practice.inspection_list import inspection_list
from components.practice.picture_choices import picture_choices
from designs.drawing_draft import DrawingDraft, add_node, decode
from designs.node_kind import NodeGroup, Palette
from workbench.practice import PracticeView
from workbench.store import StoreError

CANVAS, TABLES = "Canvas", "Tables"


def drawing_area(view: PracticeView) -> None:
    """Show canvas or tables, the diagram, and what an inspection finds."""
    palette = state.the_workbench().content.palette
    st.header("Drawing", anchor=False)
    if view.submitted:
        _run_it(view)
        _picture(view)
        inspection_list(view)
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        way = _way_to_draw(view)
        _run_it(view)
    if way == CANVAS:
        drawing_canvas(view, palette)
        _following(view.attempt_id)
    else:
        inspection_list(_drawn_in_tables(view, palette))
        drawing_import(view)


@st.fragment(key=FOLLOWING)
@guarded("show what follows from the drawing")
def _following(attempt_id: str) -> None:
    """Show what an edit on the canvas changes below it; the canvas itself was answered before."""
    view = state.the_workbench().practice.open(attempt_id)
    inspection_list(view)
    _picture(view, on_canvas=True)
    drawing_import(view)


def _drawn_in_tables(view: PracticeView, palette: Palette) -> PracticeView:
    """Show palette, diagram and tables, and return the drawing as the tables hold it."""
    st.markdown(
        "Add nodes from the palette, then say in the second table who calls whom, how, and "
        "what happens when it fails. The diagram follows; every change is saved."
    )
    _palette(view, palette)
    picture = st.container()  # stands above the tables, and is drawn from what they hold
    draft = _tables(view, palette)
    if draft != view.drawing:
        _save(view, draft)
        view = state.the_workbench().practice.open(view.attempt_id)
    with picture:
        _picture(view)
    return view


def _run_it(view: PracticeView) -> None:
    if view.drawing_reading.design.nodes:
        links.link_to_load_test(view.attempt_id, "Run it under load")


def _way_to_draw(view: PracticeView) -> str:
    """Let the drawing be made on a canvas or in tables; both edit the same one."""
    return st.segmented_control(
        "Draw on a canvas or in tables",
        [CANVAS, TABLES],
        default=CANVAS,
        required=True,
        label_visibility="collapsed",
        key=f"way-to-draw-{view.attempt_id}",
        on_change=rerun_page,
    )


def _picture(view: PracticeView, *, on_canvas: bool = False) -> None:
    reading = view.drawing_reading
    if view.drawing_other is not None and not view.submitted:
        st.warning(
            "The drawing was changed in two places at once. The newest version is shown; the other "
            f"one, saved {view.drawing_other.saved_at:%H:%M:%S} UTC, is kept.",
            icon=":material/warning:",
        )
        st.button("Show the other version", on_click=_take_other, args=(view.attempt_id,))
    if reading.design.nodes:
        options = picture_choices(view)
        show_diagram(reading.design, _alt(view), options)
        drawing_exports(view, options)
    elif not on_canvas:  # the canvas says it by itself
        st.info("Nothing is drawn yet. Begin with the part that receives the request.")
    if reading.problems:
        lines = [f"- {markdown_text(problem)}" for problem in reading.problems]
        st.warning(
            "These rows are kept, but are not part of the drawing yet:\n\n" + "\n".join(lines),
            icon=":material/warning:",
        )


def _palette(view: PracticeView, palette: Palette) -> None:
    with st.expander("Palette", expanded=True, icon=":material/palette:"):
        group = st.pills(
            "Group",
            list(NodeGroup),
            default=NodeGroup.SERVING,
            format_func=lambda one: str(one).capitalize(),
            required=True,
            key=f"palette-{view.attempt_id}",
        )
        with st.container(horizontal=True):
            for kind in palette.kinds:
                if kind.group == group:
                    st.button(
                        kind.label,
                        key=f"add-{kind.id}",
                        icon=":material/add:",
                        help=kind.description,
                        on_click=_add,
                        args=(view.attempt_id, kind.id),
                    )


@guarded("show the other version")
def _take_other(attempt_id: str) -> None:
    """Save the other version on top; the one shown until now stays a revision below it."""
    workbench = state.the_workbench()
    view = workbench.practice.open(attempt_id)
    if view.drawing_other is not None:
        saved = _save(view, decode(view.drawing_other.body))
        state.redraw_tables(attempt_id)
        if saved:
            st.rerun()  # the button stands in a fragment; the canvas shows the other version too


@guarded("add a node")
def _add(attempt_id: str, kind_id: str) -> None:
    workbench = state.the_workbench()
    view = workbench.practice.open(attempt_id)
    kind = workbench.content.palette.kind(kind_id)
    if kind is not None:
        _save(view, add_node(view.drawing, kind))
        state.redraw_tables(attempt_id)


def _tables(view: PracticeView, palette: Palette) -> DrawingDraft:
    """Show both tables and return what they hold now."""
    more = st.toggle(
        "Columns for the load test",
        key=f"run-columns-{view.attempt_id}",
        help="Service times, batches, prices, the order of calls, retries: all of them may stay "
        "empty, then the palette's figures and the usual order hold.",
        on_change=state.redraw_tables,  # the tables start anew from what was saved
        args=(view.attempt_id,),
    )
    node_names = (*NODE_COLUMNS, *(NODE_RUN_COLUMNS if more else ()))
    edge_names = (*EDGE_COLUMNS, *(EDGE_RUN_COLUMNS if more else ()))
    base = state.table_base(view.attempt_id, view.drawing)
    st.subheader("Nodes", anchor=False)
    nodes = st.data_editor(
        _frame(base.rows.nodes, node_names),
        key=f"nodes-{view.attempt_id}-{base.epoch}",
        num_rows="dynamic",
        hide_index=True,
        width="stretch",
        column_order=node_names,
        column_config=node_columns(palette),
    )
    st.subheader("Edges", anchor=False)
    edges = st.data_editor(
        _frame(base.rows.edges, edge_names),
        key=f"edges-{view.attempt_id}-{base.epoch}",
        num_rows="dynamic",
        hide_index=True,
        width="stretch",
        column_order=edge_names,
        column_config=edge_columns(_ids(nodes)),
    )
    return DrawingDraft(nodes=_rows(nodes), edges=_rows(edges))


def _frame(rows: tuple[dict[str, str], ...], columns: tuple[str, ...]) -> pd.DataFrame:
    names = list(dict.fromkeys((*columns, *(name for row in rows for name in row))))
    cells = [[row.get(name, "") for name in names] for row in rows]
    return pd.DataFrame(cells, columns=names, dtype="object")


def _rows(frame: pd.DataFrame) -> tuple[dict[str, str], ...]:
    rows = []
    for record in frame.to_dict("records"):
        row = {str(k): str(v) for k, v in record.items() if isinstance(v, str) and v != ""}
        if row:
            rows.append(row)
    return tuple(rows)


def _ids(frame: pd.DataFrame) -> list[str]:
    return [str(one) for one in frame["id"] if isinstance(one, str) and one]


def _save(view: PracticeView, draft: DrawingDraft) -> bool:
    try:
        state.the_workbench().practice.save_drawing(
            view.attempt_id, draft, view.drawing_revision, state.drawing_client()
        )
    except StoreError as error:
        st.error(f"The drawing was not saved. {error}", icon=":material/error:")
        return False
    return True


def _alt(view: PracticeView) -> str:
    design = view.drawing_reading.design
    return f"Diagram of your design: {len(design.nodes)} nodes, {len(design.edges)} edges"
