"""A chart on the page, with what it says in words and as a table."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from components.load_test.charts import INK, Spec


def ink() -> str:
    """Return the colour of words inside a chart in the reader's theme."""
    return INK["dark" if st.context.theme.type == "dark" else "light"]


def chart(figure: Spec, said: str, rows: Sequence[Mapping[str, str]], key: str) -> None:
    """Show a chart, and the same as a table for who cannot see it or wants the figures.

    Args:
        figure: The chart.
        said: What it shows, in a sentence of plain text.
        rows: Its figures as Markdown, one mapping for each row.
        key: Distinct on the page.
    """
    st.vega_lite_chart(figure, width="stretch", alt=said, key=f"chart-{key}")
    with st.expander("The chart as a table"):
        table(rows)


def table(rows: Sequence[Mapping[str, str]]) -> None:
    """Show rows of Markdown; wide ones scroll sideways."""
    st.table(pd.DataFrame(rows, dtype="object"), hide_index=True, border="horizontal")
