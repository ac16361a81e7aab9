"""The load test page: scenario, verdicts, figures, places to look at, and the part to change."""

from pages_frame import Frame
from playwright.sync_api import Locator, expect

COMPILING_MS = 180_000
"""The very first start compiles the simulator."""


class LoadTestPage(Frame):
    """The load test in one browser tab."""

    def open(self, url: str, attempt_id: str) -> "LoadTestPage":
        self.page.goto(f"{url}/load_test?attempt={attempt_id}")
        return self.await_figures()

    def await_figures(self) -> "LoadTestPage":
        """Wait until the simulator is warm and figures are there."""
        place = self.page.get_by_role("radio", name="Under load", exact=True)
        expect(place).to_be_visible(timeout=COMPILING_MS)
        self.settle()
        return self

    def look_at(self, place: str) -> None:
        self.page.get_by_role("radio", name=place, exact=True).click()
        self.settle()

    def verdicts(self, word: str) -> Locator:
        """The badges that say this word."""
        return self.main.locator(".stMarkdownBadge", has_text=word)

    def figure(self, label: str) -> Locator:
        """The tile of a figure."""
        return self.page.get_by_test_id("stMetric").filter(has_text=label)

    def choose(self, label: str, option: str) -> None:
        """Choose an option that is found by these words."""
        box = self.page.get_by_role("combobox", name=label)
        box.scroll_into_view_if_needed()
        self.page.wait_for_timeout(500)  # the list closes when the page scrolls or runs
        self.settle()
        box.fill(option)
        expect(self.page.get_by_role("option", name=option).first).to_be_visible()
        box.press("Enter")
        self.settle()

    def set_number(self, label: str, value: str) -> None:
        """Type a number, whatever the page is doing, and see that it stays."""
        field = self.page.get_by_role("spinbutton", name=label)
        field.fill(value)
        field.press("Enter")
        self.page.wait_for_timeout(500)  # the page begins to run
        self.settle()
        expect(field).to_have_value(value)

    def await_background(self) -> None:
        """Wait until nothing is computed any more."""
        expect(self.button("Stop")).to_have_count(0)
        self.page.wait_for_timeout(1_000)  # a last look at the progress is still on its way
        self.settle()

    def too_wide(self) -> list[str]:
        """What scrolls sideways, or would have to."""
        return self.main.evaluate(
            "main => [main, ...main.querySelectorAll('*')]"
            ".filter(one => one.offsetParent && one.scrollWidth > one.clientWidth + 1"
            " && ['auto', 'scroll'].includes(getComputedStyle(one).overflowX))"
            ".map(one => one.className)"
        )

    @property
    def tables(self) -> Locator:
        return self.main.get_by_role("table")
