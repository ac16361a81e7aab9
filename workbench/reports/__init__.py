"""Reports: one value, many renderings."""

from designs.attempt_document import Argument
from designs.node_kind import Palette
from rubrics.assessment import Assessment
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


def report_of(
    view: ReviewView,
    palette: Palette,
    second: Assessment | None = None,
    arguments: tuple[Argument, ...] = (),
) -> Report:
    """Build the report of a reviewed attempt.

    Args:
        view: The review.
        palette: For the diagram.
        second: A language model's opinion, shown beside the score.
        arguments: Whom the learner believes, oldest first.
    """
    return build_report(
        Judgements(
            prompt=view.prompt,
            rubric=view.rubric,
            submission=view.submission,
            machine=view.machine_assessment,
            own=view.self_assessment,
            second=second,
            arguments=arguments,
            budget_minutes=view.budget_minutes,
            seconds_used=view.clock.total,
            hints_used=view.hints,
        ),
        palette,
    )
