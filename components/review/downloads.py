"""Taking a session home: report and attempt document."""

from collections.abc import Callable

import streamlit as st

from components.session_document import session_document
from components.state import the_workbench
from workbench.reports import FORMATS, report_of, write_report
from workbench.review import ReviewView


def downloads(view: ReviewView) -> None:
    """Offer the report in every format and the attempt document."""
    with st.container(horizontal=True):
        for form in FORMATS.values():
            st.download_button(
                f"Report as {form.label}",
                data=_report(view, form.id),
                file_name=f"dryrun-{view.prompt.id}{form.extension}",
                mime=form.mime,
                on_click="ignore",
                icon=":material/download:",
                key=f"report-{form.id}",
            )
        st.download_button(
            "Session as JSON",
            data=session_document(view.attempt_id),
            file_name=f"dryrun-{view.prompt.id}-session.json",
            mime="application/json",
            on_click="ignore",
            icon=":material/download:",
            help="Can be brought in again on the first page, here or on another computer.",
        )


def _report(view: ReviewView, form: str) -> Callable[[], bytes]:
    # Made outside of any session, when the button is pressed: everything is looked up now.
    workbench = the_workbench()

    def make() -> bytes:
        opinions = workbench.second_opinions
        report = report_of(
            view, workbench.content.palette, opinions.newest(view), opinions.arguments(view)
        )
        return write_report(report, form)

    return make
