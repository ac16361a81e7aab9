"""The history page: the list of sessions and what can be done with each."""

from pages_frame import Frame
from playwright.sync_api import Locator


class HistoryPage(Frame):
    """The history."""

    def open(self, url: str) -> "HistoryPage":
        self.page.goto(f"{url}/history")
        self.settle()
        return self

    def lines(self, prompt_title: str) -> Locator:
        """Return the titles of the sessions of a prompt, the last changed first."""
        return self.main.get_by_test_id("stMarkdown").filter(
            has=self.page.locator("strong").get_by_text(prompt_title, exact=True)
        )

    def delete_first(self) -> None:
        """Delete the session at the top of the list, as the page asks: on purpose."""
        self.button("More").first.click()
        self.page.get_by_text("Delete this session for good").click()
        self.settle()
        self.button("Delete").click()
