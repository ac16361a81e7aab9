"""Changing a part where its figures are shown: the change is made in the drawing itself."""

from typing import Any

import streamlit as st

from components import state
from components.boundary import reported
from components.load_test.words import bare_ms
from designs.drawing import Node
from designs.drawing_draft import draft_of
from designs.drawing_patch import DrawingPatch, NodeChange, PatchError, UpdateNode, apply_patch
from designs.exporters.captions import node_title
from designs.node_kind import NodeGroup, NodeKind, Palette
from labs.load_test.report import LoadTestReport, NodeFigures
from workbench.practice import PracticeView
from workbench.store import StoreError

_FIELDS: dict[str, dict[str, Any]] = {
    "replicas": {"label": "Replicas", "min_value": 1, "max_value": 10_000, "step": 1},
    "concurrency": {
        "label": "Requests at once, each replica",
        "min_value": 1,
        "max_value": 100_000,
        "step": 1,
    },
    "service_p50_ms": {
        "label": "Service time p50, ms",
        "min_value": 0.001,
        "max_value": 3.6e6,
        "step": 0.5,
        "format": "%g",
    },
    "service_p99_ms": {
        "label": "Service time p99, ms",
        "min_value": 0.001,
        "max_value": 3.6e6,
        "step": 1.0,
        "format": "%g",
    },
    "cache_hit_ratio": {
        "label": "Cache hit ratio",
        "min_value": 0.0,
        "max_value": 1.0,
        "step": 0.05,
        "format": "%g",
    },
}


def node_edit(view: PracticeView, report: LoadTestReport | None) -> None:
    """Let one part be changed; the page then runs with the changed drawing.

    Args:
        view: The session, not submitted.
        report: For the figures that are used where the drawing gives none.
    """
    design, palette = view.drawing_reading.design, state.the_workbench().content.palette
    st.header("Change a part", anchor=False)
    names = {node.id: node_title(node, palette) for node in design.nodes}
    bottleneck = report.bottleneck if report else None
    ids = list(names)
    chosen = st.selectbox(
        "Part",
        ids,
        index=ids.index(bottleneck) if bottleneck in names else 0,
        format_func=lambda one: f"{names[one]} ({one})",
        key=_part_key(view.attempt_id),
    )
    node = design.node(chosen)
    if node is None:
        return
    used = report.node(chosen) if report else None
    for field in _fields(node, palette):
        _number(view, node, field, used, palette.kind(node.kind))
    st.caption("An empty field takes the catalogue's figure. Changes are saved in your drawing.")


def _fields(node: Node, palette: Palette) -> list[str]:
    kind = palette.kind(node.kind)
    hits = node.overrides.cache_hit_ratio is not None or (
        kind is not None and kind.group is NodeGroup.CACHES
    )
    return [one for one in _FIELDS if one != "cache_hit_ratio" or hits]


def _number(
    view: PracticeView, node: Node, field: str, used: NodeFigures | None, kind: NodeKind | None
) -> None:
    # One field for all parts: while another part is chosen it stays where it is, so that a number
    # which is typed before the page is drawn anew is kept, and becomes that part's.
    key = f"lab-{field}-{view.attempt_id}"
    drawn = node.replicas if field == "replicas" else getattr(node.overrides, field)
    if key not in st.session_state or st.session_state[key] != drawn:
        st.session_state[key] = drawn
    st.number_input(
        **_FIELDS[field],
        value=None,
        key=key,
        placeholder=_catalogue(field, used, kind),
        on_change=_change,
        args=(view.attempt_id, field, key),
    )


def _catalogue(field: str, used: NodeFigures | None, kind: NodeKind | None) -> str:
    """Return the figure that is used where the drawing gives none."""
    if field == "concurrency":
        value = used.concurrency if used else (kind.concurrency if kind else None)
        return f"{value or 1:,} from the catalogue"
    if field == "cache_hit_ratio":
        return "not said: it misses always"
    times = kind.service_time if kind else None
    if times is None and used is None:
        return "none in the catalogue"
    median = used.p50_service_ms if used else times.p50_ms if times else None
    tail = used.p99_service_ms if used else times.p99_ms if times else None
    return f"{bare_ms(median if field == 'service_p50_ms' else tail)} from the catalogue"


def _part_key(attempt_id: str) -> str:
    return f"lab-part-{attempt_id}"


@reported("change the part")
def _change(attempt_id: str, field: str, key: str) -> None:
    """Save one field of the part that is chosen now, as an edit on the canvas does."""
    workbench = state.the_workbench()
    view = workbench.practice.open(attempt_id)
    part = _part_key(attempt_id)
    node_id = st.session_state[part]
    value = st.session_state[key]
    if field == "replicas" and value is None:
        value = 1
    patch = DrawingPatch(
        base=view.drawing_revision,
        seq="lab-1",
        ops=(
            UpdateNode(op="update-node", id=node_id, set=NodeChange.model_validate({field: value})),
        ),
    )
    try:
        design = apply_patch(view.drawing_reading.design, patch, workbench.content.palette)
        draft = draft_of(design, view.drawing_reading.unfinished)
        workbench.practice.save_drawing(
            attempt_id, draft, view.drawing_revision, state.drawing_client()
        )
    except (PatchError, StoreError) as error:
        state.put_notice(f"The change was not saved. {error}")
        return
    state.redraw_tables(attempt_id)
