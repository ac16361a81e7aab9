"""Reports: one value, many renderings."""

from designs.node_kind import Palette
from workbench.reports.formats import FORMATS, ReportFormat, write_report
from workbench.reports.report import Judgements, Report, build_report
from workbench.review import ReviewView

__all__ = [
    "FORMATS",
    "Judgements",
    "Report",
    "ReportFormat",
    "build_report",
    "report_of",
    "write_report",
]


def report_of(view: ReviewView, palette: Palette) -> Report:
    """Build the report of a reviewed attempt."""
    return build_report(
        Judgements(
            prompt=view.prompt,
            rubric=view.rubric,
            submission=view.submission,
            machine=view.machine_assessment,
            own=view.self_assessment,
            budget_minutes=view.budget_minutes,
            seconds_used=view.clock.total,
            hints_used=view.hints,
        ),
        palette,
    )
