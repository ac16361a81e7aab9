"""What every page has: navigation, messages, and a script that comes to rest."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

_BEGINS_MS = 300
"""Until a run that was just asked for shows: a tap before its end may meet what it replaces."""


class Frame:
    """A page of the app in one browser tab."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    @property
    def title(self) -> Locator:
        return self.page.get_by_role("heading", level=1)

    @property
    def errors(self) -> Locator:
        return self.page.get_by_test_id("stAlertContentError")

    @property
    def warnings(self) -> Locator:
        return self.page.get_by_test_id("stAlertContentWarning")

    @property
    def toast(self) -> Locator:
        return self.page.get_by_test_id("stToast")

    def settle(self) -> None:
        """Wait until the server has answered and nothing runs any more."""
        app = self.page.get_by_test_id("stApp")
        expect(app).to_have_attribute("data-test-connection-state", "CONNECTED")
        self.page.wait_for_timeout(_BEGINS_MS)
        expect(app).to_have_attribute("data-test-script-state", "notRunning")

    def go_to(self, name: str) -> None:
        self.page.get_by_role("navigation").get_by_role("link", name=name).click()
        self.settle()

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def download(self, button: Locator) -> Path:
        """Press a download button and return the file that arrives."""
        with self.page.expect_download() as arriving:
            button.click()
        return arriving.value.path()

    def expect_no_traceback(self) -> None:
        """No page shows code or the text of an exception, whatever happened."""
        expect(self.page.get_by_test_id("stException")).to_have_count(0)
        expect(self.page.get_by_text("Traceback")).to_have_count(0)
