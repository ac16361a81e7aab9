"""Figures of a load test in words; what a learner wrote is escaped here."""

from components.plain_text import markdown_text
from labs.load_test.figures import Estimate
from labs.load_test.report import CostRow, InputGrade, LoadTestReport, NodeFigures, Verdict

NONE = "–"
"""Stands where there is no figure."""
_WHOLE = 100
"""Dollars above which cents say nothing."""
_BADGES = {
    Verdict.MET: ":green-badge[:material/check_circle: MET]",
    Verdict.MISSED: ":red-badge[:material/cancel: MISSED]",
    Verdict.TOO_CLOSE: ":orange-badge[:material/balance: TOO CLOSE]",
    Verdict.NOT_TESTED: ":gray-badge[not tested]",
}
_GRADES = {
    InputGrade.SOURCED: "sourced",
    InputGrade.ASSUMPTION: "assumption",
    InputGrade.OWN: "yours",
}


_COUNTED = {
    InputGrade.SOURCED: "sourced",
    InputGrade.ASSUMPTION: "assumed",
    InputGrade.OWN: "of your own",
}


def badge(verdict: Verdict) -> str:
    """Return a verdict as Markdown, told apart by word, sign and colour."""
    return _BADGES[verdict]


def ms(value: float | None) -> str:
    """Return a time with its unit, as exact as it is useful."""
    return f"{bare_ms(value)} ms" if value is not None else NONE


def bare_ms(value: float | None) -> str:
    """Return a time in milliseconds without its unit."""
    if value is None:
        return NONE
    if value < 10:
        return f"{value:.2f}"
    return f"{value:.1f}" if value < 100 else f"{value:,.0f}"


def interval(one: Estimate) -> str:
    """Return the 95 % interval of a time in milliseconds."""
    return f"{bare_ms(one.low)} to {bare_ms(one.high)}"


def percent(share: float | None) -> str:
    """Return a share in percent, small ones with more digits."""
    if share is None:
        return NONE
    shown = 100 * share
    digits = 3 if 0 < shown < 1 or 99 < shown < 100 else 1
    return f"{shown:.{digits}f} %"


def dollars(amount: float) -> str:
    """Return an amount; the sign is escaped, since two of them would begin a formula."""
    digits = 4 if amount < 1 else 2 if amount < _WHOLE else 0
    return f"\\${amount:,.{digits}f}"


def grounds(node: NodeFigures) -> str:
    """Return grade and source of a node's times, as Markdown for a cell of a table."""
    if node.grade is InputGrade.NONE:
        return "no time of its own"
    return grounded(_GRADES[node.grade], node.basis, node.source_url)


def price_grounds(row: CostRow) -> str:
    """Return grade and source of a price, as Markdown for a cell of a table."""
    return grounded(_GRADES[row.grade], row.basis, row.source_url)


def grounded(grade: str, basis: str, url: str = "") -> str:
    """Return a grade with what it rests on, linked where there is an address."""
    said = markdown_text(basis.removeprefix("Assumption: "))
    if url:
        said = f"[{said}]({url})"
    return f"**{grade}**: {said}" if said else f"**{grade}**"


def rests_on(report: LoadTestReport) -> str:
    """Say of what grade the times are that every figure of a report rests on."""
    grades = [node.grade for node in report.nodes if node.on_path]
    said = [
        f"{grades.count(grade)} {word}" for grade, word in _COUNTED.items() if grades.count(grade)
    ]
    return ", ".join(said) or "none"


def sentence(text: str) -> str:
    """Return an escaped text that begins with a capital and ends with a full stop."""
    shown = markdown_text(text)
    shown = shown[:1].upper() + shown[1:]
    return shown if shown.endswith((".", "!", "?")) else f"{shown}."
