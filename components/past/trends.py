"""How each stage developed over the attempts."""

import pandas as pd
import streamlit as st

from designs.stage import STAGES
from workbench.history import HistoryLine, trends

_MIN_ATTEMPTS = 2


def stage_trends(lines: tuple[HistoryLine, ...]) -> None:
    """Show a line per stage once there are two scored attempts."""
    st.title("History", anchor=False)
    points = trends(lines)
    attempts = list(dict.fromkeys(point.attempt_id for point in points))
    if len(attempts) < _MIN_ATTEMPTS:
        st.markdown("After two scored sessions this page shows how each stage develops.")
        return
    stages = st.multiselect(
        "Stages", list(STAGES), default=list(STAGES), format_func=lambda stage: stage.title
    )
    frame = pd.DataFrame(
        [
            {
                "Attempt": attempts.index(one.attempt_id) + 1,
                "Stage": one.stage.title,
                "Score": one.score,
            }
            for one in points
            if one.stage in stages
        ]
    )
    if frame.empty:
        st.markdown("Choose a stage to see its scores.")
        return
    table = frame.pivot_table(index="Attempt", columns="Stage", values="Score")
    st.line_chart(table, y_label="Stage score, 0 to 4", x_label="Scored attempt, oldest first")
    gaps = [one.self_score - one.score for one in points if one.self_score is not None]
    if gaps:
        mean = sum(gaps) / len(gaps)
        word = "above" if mean > 0 else "below"
        st.markdown(
            f"Over {len(gaps)} rated stages you put yourself {abs(mean):.1f} points {word} the "
            "score."
        )
