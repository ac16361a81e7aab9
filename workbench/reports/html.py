"""The report as one HTML file: no script, no request, printable to PDF from any browser."""

import re
from pathlib import Path

import jinja2

from workbench.reports.interview import NOT_GRADED, no_reply, speaker
from workbench.reports.report import Report, drawn_words
from workbench.reports.second import UNOFFICIAL, UNVERIFIED

_ENVIRONMENT = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
_ENVIRONMENT.filters |= {"drawn_words": drawn_words, "speaker": speaker, "no_reply": no_reply}


def report_html(report: Report) -> str:
    """Return the report as a self-contained page."""
    template = _ENVIRONMENT.get_template("report.html.j2")
    # The SVG comes from our own serializer, which escapes labels; it is the only unescaped part.
    svg = re.sub(r"^.*?(?=<svg)", "", report.diagram_svg or "", count=1, flags=re.DOTALL)
    return template.render(
        report=report, svg=svg, levels=_LEVELS, not_graded=NOT_GRADED, unofficial=UNOFFICIAL
    )


_LEVELS = {
    "missing": "Missing",
    "named": "Named",
    "reasoned": "Reasoned",
    "not judged": "Not judged",
    UNVERIFIED: "Unverified",
}
