"""Working in Streamlit's table with the keyboard, as a person does who sees no mouse.

The table paints on a canvas. Inside it stands a hidden table for screen readers, which says what
the cells hold and which one is selected; the cell's own editor opens in the page's overlay.
"""

from playwright.sync_api import Locator, Page, expect

_FIRST_COLUMN = 1  # the column before it marks rows


class DataGrid:
    """One table of the page."""

    def __init__(self, page: Page, index: int) -> None:
        self._page = page
        self._canvas = (
            page.get_by_test_id("stDataFrame").nth(index).get_by_test_id("data-grid-canvas")
        )
        self._editor = page.get_by_test_id("portal").locator("textarea, input")

    def cell(self, column: int, row: int) -> Locator:
        """Return a cell; rows and columns count from 0."""
        return self._canvas.get_by_test_id(f"glide-cell-{column + _FIRST_COLUMN}-{row}")

    @property
    def rows(self) -> Locator:
        return self._canvas.locator("tbody [role=row]")

    def set_text(self, column: int, row: int, text: str) -> None:
        self._select(column, row)
        self._canvas.press("Enter")
        expect(self._editor).to_be_focused()
        self._editor.fill(text)
        self._commit(column, row, text)

    def choose(self, column: int, row: int, option: str) -> None:
        """Choose from a cell's list by typing."""
        self._select(column, row)
        self._canvas.press("Enter")
        self._choose_in_list(column, row, option)

    def add_row(self, first: str) -> int:
        """Open a new row below the last one, choose its first cell, and return its number."""
        number = self.rows.count()
        if number:
            self._select(0, number - 1)
            self._canvas.press("ArrowDown")
        else:
            self._canvas.focus()
        self._canvas.press("Enter")
        self._choose_in_list(0, number, first)
        return number

    def _choose_in_list(self, column: int, row: int, option: str) -> None:
        expect(self._editor).to_be_focused()
        self._editor.fill(option)
        listed = self._page.get_by_role("option", name=option, exact=True)
        expect(listed).to_be_visible()
        self._commit(column, row, option)

    def _commit(self, column: int, row: int, text: str) -> None:
        self._editor.press("Enter")
        expect(self._editor).to_have_count(0)
        expect(self.cell(column, row)).to_have_text(text)

    def _select(self, column: int, row: int) -> None:
        """Walk to a cell from the first one."""
        self._canvas.focus()
        self._canvas.press("Control+Home")
        expect(self.cell(0, 0)).to_have_attribute("aria-selected", "true")
        for _ in range(row):
            self._canvas.press("ArrowDown")
        for _ in range(column):
            self._canvas.press("ArrowRight")
        expect(self.cell(column, row)).to_have_attribute("aria-selected", "true")
