"""What the picture below the drawing shows: chosen by its reader, and no part of the drawing."""

import streamlit as st

from components import state
from designs.drawing import Zone
from designs.exporters import PictureOptions
from designs.exporters.captions import ZONE_TITLES, by_zone
from workbench.pictures import picture_options
from workbench.practice import PracticeView


def picture_choices(view: PracticeView) -> PictureOptions:
    """Let the reader choose, and return what the picture shows; exports show the same."""
    palette = state.the_workbench().content.palette
    design = view.drawing_reading.design
    zones = list(by_zone(design, palette))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        collapsed = _collapsed(view, zones) if len(zones) > 1 else []
        critical_path = st.checkbox(
            "Critical path",
            value=True,
            help="The calls that a request waits for longest, by service times at p50 and without "
            "waiting in queues. Calls of one part are taken to run at the same time.",
            key=f"critical-path-{view.attempt_id}",
        )
        legend = st.checkbox("Legend", value=True, key=f"legend-{view.attempt_id}")
    return picture_options(
        design, palette, collapsed=collapsed, critical_path=critical_path, legend=legend
    )


def _collapsed(view: PracticeView, zones: list[Zone]) -> list[Zone]:
    return st.pills(
        "Zones drawn as one node",
        zones,
        selection_mode="multi",
        format_func=_title,
        help="For a large drawing. One node stands for all parts of the zone, and edges that "
        "become one are merged.",
        key=f"collapsed-{view.attempt_id}",
    )


def _title(zone: Zone) -> str:
    return ZONE_TITLES[zone].partition(":")[0]
