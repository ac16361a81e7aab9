"""Inspections: design smells found in a drawing, with why they matter and how to mend them."""

from designs.inspections.inspection import Inspection
from designs.inspections.page import inspections_page
from designs.inspections.registry import INSPECTIONS, THEMES, inspect
from designs.inspections.violation import Severity, Violation

__all__ = [
    "INSPECTIONS",
    "THEMES",
    "Inspection",
    "Severity",
    "Violation",
    "inspect",
    "inspections_page",
]
