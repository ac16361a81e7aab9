"""Drawings from elsewhere, read into a design: "this is what I read".

Every importer turns a file into a `Sketch` (boxes and arrows, nothing understood yet), and
`interpretation` turns any sketch into a design. What was guessed and what was left out is said.
"""

from designs.importers.catalogue import IMPORTERS, read_drawing
from designs.importers.importer import MAX_BYTES, Importer
from designs.importers.read_design import ReadDesign, Remark

__all__ = ["IMPORTERS", "MAX_BYTES", "Importer", "ReadDesign", "Remark", "read_drawing"]
