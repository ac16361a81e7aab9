"""Findings of the inspections in the words and fields that the command line gives out."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from designs.inspections import INSPECTIONS, Inspection, Severity, Violation


def explained(one: Inspection) -> dict[str, str]:
    """Return what an inspection is, as JSON values."""
    return {
        "code": one.code,
        "severity": one.severity.value,
        "title": one.title,
        "what": one.what,
        "why": one.why,
        "mend": one.mend,
    }


def inspected(violation: Violation) -> dict[str, Any]:
    """Return a finding with its explanation, as JSON values."""
    rule = INSPECTIONS[violation.code]
    return {
        "code": violation.code,
        "severity": violation.severity.value,
        "title": rule.title,
        "message": violation.message,
        "nodes": list(violation.node_ids),
        "edges": [{"source": source, "target": target} for source, target in violation.edges],
        "why": rule.why,
        "mend": rule.mend,
    }


def inspection_text(found: Sequence[Violation]) -> str:
    """Return findings as lines for a terminal, with a count at the end."""
    lines = []
    for one in found:
        lines.append(f"{one.severity}: {one.code}: {_on_one_line(one.message)}")
        lines.append(f"  mend: {INSPECTIONS[one.code].mend}")
    return "\n".join([*lines, count_text(found)])


def count_text(found: Sequence[Violation]) -> str:
    """Return how many findings there are of each severity, for instance ``1 serious, 2 notes``."""
    counts = Counter(one.severity for one in found)
    words = {Severity.SERIOUS: ("serious", "serious"), Severity.WARNING: ("warning", "warnings")}
    words[Severity.NOTE] = ("note", "notes")
    said = [f"{counts[one]} {words[one][counts[one] != 1]}" for one in Severity if counts[one]]
    return ", ".join(said) or "nothing found"


def _on_one_line(text: str) -> str:
    """A label may hold characters that steer a terminal; they become blanks."""
    return "".join(one if one.isprintable() else " " for one in text)
