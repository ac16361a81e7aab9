"""What the inspections find in the drawing, below it."""

from collections.abc import Sequence

import streamlit as st

from components import state
from components.first_few import first_few
from components.plain_text import markdown_text
from designs.inspections import INSPECTIONS, Severity, Violation, inspect
from workbench.inspecting import count_text
from workbench.practice import PracticeView

_ICONS = {
    Severity.SERIOUS: ":material/error:",
    Severity.WARNING: ":material/warning:",
    Severity.NOTE: ":material/info:",
}


def inspection_list(view: PracticeView) -> None:
    """Show the design smells of the drawing, the gravest first."""
    design = view.drawing_reading.design
    if not design.nodes:
        return
    found = inspect(design, state.the_workbench().content.palette)
    st.subheader("Inspection", anchor=False)
    if not found:
        st.caption("No design smell found. What a drawing cannot show was not looked at.")
        return
    st.caption(
        f"{count_text(found).capitalize()}. In the review some of them speak against a criterion."
    )
    first_few(found, _findings, key=f"inspection-{view.attempt_id}")


def _findings(violations: Sequence[Violation]) -> None:
    for violation in violations:
        _finding(violation)


def _finding(violation: Violation) -> None:
    rule = INSPECTIONS[violation.code]
    label = (
        f"{violation.severity.capitalize()}: **{rule.title}.** {markdown_text(violation.message)}"
    )
    with st.expander(label, icon=_ICONS[violation.severity]):
        st.markdown(f"**Why it matters.** {rule.why}")
        st.markdown(f"**How to mend it.** {rule.mend}")
