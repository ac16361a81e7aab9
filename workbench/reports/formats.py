"""The renderings of a report."""

from collections.abc import Callable
from dataclasses import dataclass

from workbench.reports.html import report_html
from workbench.reports.markdown import report_markdown
from workbench.reports.report import Report


@dataclass(frozen=True)
class ReportFormat:
    """One way to write a report."""

    id: str
    label: str
    extension: str
    mime: str
    write: Callable[[Report], str]


def _report_json(report: Report) -> str:
    return report.model_dump_json(indent=2) + "\n"


FORMATS: dict[str, ReportFormat] = {
    one.id: one
    for one in (
        ReportFormat("html", "HTML", ".html", "text/html", report_html),
        ReportFormat("markdown", "Markdown", ".md", "text/markdown", report_markdown),
        ReportFormat("json", "JSON", ".json", "application/json", _report_json),
    )
}


def write_report(report: Report, form: str) -> bytes:
    """Return a report in UTF-8.

    Raises:
        KeyError: If there is no such format.
    """
    return FORMATS[form].write(report).encode("utf-8", "replace")
