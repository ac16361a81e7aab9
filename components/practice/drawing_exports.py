"""Taking the drawing out, in every notation."""

from collections.abc import Callable

import streamlit as st

from components import state
from designs.exporters import EXPORTERS, PictureOptions
from workbench.practice import PracticeView


def drawing_exports(view: PracticeView, options: PictureOptions) -> None:
    """Offer the drawing in every notation; each is made when it is asked for.

    Pictures show what the one on the page shows; the other notations hold the whole drawing.
    """
    if not view.drawing_reading.design.nodes:
        return
    with st.container(horizontal=True):
        for exporter in EXPORTERS.values():
            st.download_button(
                exporter.label,
                data=_export(view, exporter.id, options),
                file_name=f"{view.prompt.id}{exporter.extension}",
                mime=exporter.mime,
                on_click="ignore",
                icon=":material/download:",
                key=f"export-{exporter.id}",
            )


def _export(view: PracticeView, exporter_id: str, options: PictureOptions) -> Callable[[], bytes]:
    # Made outside of any session, when the button is pressed: everything is looked up now.
    palette = state.the_workbench().content.palette
    design = view.drawing_reading.design

    def make() -> bytes:
        return EXPORTERS[exporter_id].export(design, palette, view.prompt.title, options)

    return make
