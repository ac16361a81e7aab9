"""What a run takes for granted: times with their grounds, the order of calls, remarks."""

import streamlit as st

from components.load_test.drawn import table
from components.load_test.words import bare_ms, grounds, sentence
from components.plain_text import markdown_text
from designs.drawing import Design
from labs.load_test.report import LoadTestReport


def inputs(report: LoadTestReport, design: Design) -> None:
    """Show every input as it is used."""
    st.header("Parts as they are run", anchor=False)
    table([_row(report, design, number) for number in range(len(report.nodes))], "inputs")
    st.caption(
        "Times are of one call without waiting. A part beside the path brings load and cost, and "
        "no request waits for it."
    )
    _order(report, design)
    if report.remarks:
        st.header("Taken for granted", anchor=False)
        st.markdown("\n".join(f"- {sentence(one)}" for one in report.remarks))


def _row(report: LoadTestReport, design: Design, number: int) -> dict[str, str]:
    figures = report.nodes[number]
    node = design.node(figures.node_id)
    ratio = node.overrides.cache_hit_ratio if node else None
    return {
        "Part": markdown_text(figures.title),
        "Kind": figures.kind,
        "Where": "path" if figures.on_path else "beside it",
        "p50, ms": bare_ms(figures.p50_service_ms),
        "p99, ms": bare_ms(figures.p99_service_ms),
        "At once": f"{figures.concurrency:,}",
        "Replicas": f"{figures.replicas:,}",
        "Cache hits": f"{100 * ratio:g} % **yours**" if ratio is not None else "",
        "Calls a request": f"{figures.calls_per_request:,.4g}",
        "Times from": grounds(figures),
    }


def _order(report: LoadTestReport, design: Design) -> None:
    if not report.inferred:
        return
    st.header("Order of calls, inferred", anchor=False)
    names = {node.id: markdown_text(node.label or node.id) for node in design.nodes}
    for one in report.inferred:
        steps = ", then ".join(
            " beside ".join(names.get(target, target) for target in step) for step in one.steps
        )
        st.markdown(
            f"- **{names.get(one.caller, one.caller)}** calls {steps}. {sentence(one.reason)}"
        )
    st.caption("Give the calls steps in the drawing where this is not what you mean.")
