"""What the replicas cost, row by row."""

import streamlit as st

from components.load_test.drawn import table
from components.load_test.words import dollars, price_grounds
from components.plain_text import markdown_text
from labs.load_test.report import LoadTestReport


def costs(report: LoadTestReport) -> None:
    """Show the cost of a month and of a thousand requests, with the ground of every price."""
    cost = report.cost
    st.header("What it costs", anchor=False)
    st.markdown(
        f"**{dollars(cost.usd_per_month)} a month**, "
        f"{dollars(cost.usd_per_thousand_requests)} per 1,000 requests at the mean rate. Counted "
        "are replicas, around the clock; storage, traffic between zones and people are not."
    )
    if cost.rows:
        table(
            [
                {
                    "Part": markdown_text(row.title),
                    "Replicas": f"{row.replicas:,}",
                    "An hour each": dollars(row.usd_per_replica_hour),
                    "A month": dollars(row.usd_per_month),
                    "Price": price_grounds(row),
                }
                for row in cost.rows
            ],
            "costs",
        )
    if cost.unpriced:
        st.caption(f"Without a price, such as jobs paid by the run: {', '.join(cost.unpriced)}.")
