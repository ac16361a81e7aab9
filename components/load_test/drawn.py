"""Charts and tables of the page: a chart in words and as a table, a table also as a list."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
import streamlit as st

from components.load_test.charts import INK, Spec

_STYLE = Path(__file__).parent / "narrow_tables.css"
_SHORT = 75
"""Characters of Markdown that may share a line with others."""


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
        table(rows, f"chart-{key}")


def tables_fit_their_place() -> None:
    """Have the tables of the page shown as lists where they have no room; call it once."""
    st.html(_STYLE)


def table(rows: Sequence[Mapping[str, str]], key: str) -> None:
    """Show rows as a table, or below one another where there is no room for its columns.

    Args:
        rows: Markdown by the name of its column, the same names in each.
        key: Distinct on the page.
    """
    with st.container(key=f"lab-table-{key}"):
        with st.container(key=f"lab-wide-{key}"):
            st.table(pd.DataFrame(rows, dtype="object"), hide_index=True, border="horizontal")
        with st.container(key=f"lab-narrow-{key}"):
            st.markdown("\n\n".join(map(_below_one_another, rows)))


def _below_one_another(row: Mapping[str, str]) -> str:
    """Return a row as a paragraph: what it is about, its short values, each long one."""
    (name, first), *rest = row.items()
    said = [f"{label}: {value}" for label, value in rest if value]
    short = [one for one in said if len(one) <= _SHORT]
    longs = [one for one in said if len(one) > _SHORT]
    return "  \n".join([f"{name}: **{first}**", *([" · ".join(short)] if short else []), *longs])
