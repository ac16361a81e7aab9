"""The first page: prompts, open sessions, and the way in for files."""

from pathlib import Path

from pages_frame import Frame
from playwright.sync_api import FilePayload, Locator, expect

_TITLE = "Practise ML system design"
_START = "Start practising"
_BRING_IN = "Bring in a practice session"
_IMPORT = "Import"


class PromptsPage(Frame):
    """The first page."""

    def open(self, url: str) -> "PromptsPage":
        self.page.goto(url)
        expect(self.title).to_have_text(_TITLE)
        self.settle()
        return self

    def card(self, prompt_title: str) -> Locator:
        """Return the box of a prompt: the smallest one with its title and its button."""
        boxes = self.main.get_by_test_id("stVerticalBlock")
        heading = self.page.get_by_role("heading", name=prompt_title)
        return boxes.filter(has=heading).filter(has=self.button(_START)).last

    def start(self, prompt_title: str, minutes: int | None = None) -> None:
        card = self.card(prompt_title)
        if minutes is not None:
            card.get_by_role("radio", name=f"{minutes} minutes").click()
            self.settle()
        card.get_by_role("button", name=_START).click()

    def choose_file(self, file: Path | FilePayload) -> None:
        """Unfold the importer and hand it a file."""
        chooser = self.page.get_by_test_id("stFileUploaderDropzoneInput")
        if not self.page.get_by_test_id("stFileUploader").is_visible():
            self.main.get_by_text(_BRING_IN).click()
        chooser.set_input_files(file)

    def bring_in(self, file: Path | FilePayload) -> None:
        self.choose_file(file)
        self.button(_IMPORT).click()
