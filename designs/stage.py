"""The seven stages of a design session and the minutes each is worth."""

from enum import StrEnum


class StageId(StrEnum):
    """A step of the session, in the order in which it is practised."""

    FRAMING = "framing"
    DATA = "data"
    FEATURES = "features"
    MODEL = "model"
    SERVING = "serving"
    METRICS = "metrics"
    MONITORING = "monitoring"

    @property
    def title(self) -> str:  # type: ignore[override] # the word is worth more than str.title()
        """The name of the stage as a reader sees it."""
        return _TITLES[self]


STAGES: tuple[StageId, ...] = tuple(StageId)

_TITLES = {
    StageId.FRAMING: "Framing",
    StageId.DATA: "Data and labels",
    StageId.FEATURES: "Features",
    StageId.MODEL: "Model",
    StageId.SERVING: "Serving",
    StageId.METRICS: "Metrics and launch",
    StageId.MONITORING: "Monitoring",
}

BUDGET_CHOICES: tuple[int, ...] = (45, 60)
"""Session lengths in minutes."""

_BUDGETS: dict[int, dict[StageId, int]] = {
    45: dict(zip(STAGES, (6, 7, 6, 8, 7, 8, 3), strict=True)),
    60: dict(zip(STAGES, (7, 9, 8, 11, 10, 11, 4), strict=True)),
}


def stage_budget_minutes(session_minutes: int, stage: StageId) -> int:
    """Return the minutes that a session of the given length leaves for a stage.

    The split is an assumption of ours: a synthesis of published 45-minute plans, not any
    employer's sheet. Metrics holds both metric choice and launch; see docs/grading.md.

    Args:
        session_minutes: 45 or 60.
        stage: The stage asked for.

    Returns:
        Whole minutes; the seven stages add up to `session_minutes`.

    Raises:
        KeyError: If there is no plan of that length.
    """
    return _BUDGETS[session_minutes][stage]
