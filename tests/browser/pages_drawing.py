"""The drawing of a practice session: palette, tables, diagram and exports."""

import re

from data_grid import DataGrid
from pages_frame import Frame
from playwright.sync_api import Locator, expect

LABEL, REPLICAS, ZONE = 2, 3, 4
"""Columns of the nodes."""
SOURCE, TARGET, MODE, CALLS, TIMEOUT, FALLBACK = range(6)
"""Columns of the edges."""
_DIAGRAM = "Diagram of your design"


class DrawingPage(Frame):
    """The drawing in one browser tab."""

    def use_tables(self) -> None:
        """Draw in tables; the page opens with the canvas."""
        self.page.get_by_role("radio", name="Tables", exact=True).click()
        self.settle()

    @property
    def nodes(self) -> DataGrid:
        return DataGrid(self.page, 0)

    @property
    def edges(self) -> DataGrid:
        return DataGrid(self.page, 1)

    def add(self, kind_label: str, group: str | None = None) -> None:
        """Press a button of the palette."""
        if group is not None:
            self.page.get_by_role("radio", name=group, exact=True).click()
            expect(self.button(kind_label)).to_be_visible()
            self.settle()  # a tap while the palette is drawn anew may be lost
        self.button(kind_label).click()
        self.settle()

    def connect(self, source: str, target: str) -> int:
        """Add an edge and return its row."""
        row = self.edges.add_row(source)
        self.edges.choose(TARGET, row, target)
        return row

    @property
    def diagram(self) -> Locator:
        return self.page.get_by_role("img", name=re.compile(f"^{_DIAGRAM}"))

    def expect_diagram(self, nodes: int, edges: int) -> None:
        name = f"{_DIAGRAM}: {nodes} nodes, {edges} edges"
        expect(self.page.get_by_role("img", name=name, exact=True)).to_be_visible()
