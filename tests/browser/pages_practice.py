"""The practice page: rail, editor, interviewer, hints and the dialog of submission."""

import re
from urllib.parse import parse_qs, urlsplit

from pages_frame import Frame
from playwright.sync_api import Locator, expect

from designs.stage import StageId

_HINT = re.compile("hint$")
_TOPICS = "Topics the interviewer can talk about"
_TWO_VERSIONS = "changed in two places at once"


class PracticePage(Frame):
    """A practice session in one browser tab."""

    def open(self, url: str, attempt_id: str, place: str = "") -> "PracticePage":
        address = f"{url}/practice?attempt={attempt_id}"
        self.page.goto(f"{address}&stage={place}" if place else address)
        self.settle()
        return self

    @property
    def attempt_id(self) -> str:
        """The id in the address, once there is one."""
        self.page.wait_for_url("**/practice?attempt=*")
        return parse_qs(urlsplit(self.page.url).query)["attempt"][0]

    # --- the answer -------------------------------------------------------------------

    @property
    def editor(self) -> Locator:
        return self.page.get_by_role("textbox", name="Your answer: ")

    @property
    def status(self) -> Locator:
        """The line that says whether the answer is saved."""
        return self.page.locator("[data-part=status]")

    def editor_of(self, stage: StageId) -> Locator:
        return self.page.get_by_role("textbox", name=f"Your answer: {stage.title}", exact=True)

    def expect_saved(self) -> None:
        self.expect_status("^Saved at ")

    def expect_status(self, said: str) -> None:
        """Wait until there is one editor and its line matches; for a moment there may be two."""
        expect(self.status).to_have_text([re.compile(said)])

    def write(self, text: str) -> None:
        """Replace the answer as if it was pasted, and wait until it is saved."""
        self.editor.fill(text)
        self.expect_saved()

    def type(self, text: str, delay_ms: float = 10) -> None:
        """Add to the end of the answer, key by key."""
        self.editor.press("Control+End")
        self.editor.press_sequentially(text, delay=delay_ms)

    # --- two tabs ---------------------------------------------------------------------

    @property
    def conflict(self) -> Locator:
        return self.main.get_by_text(_TWO_VERSIONS)

    @property
    def other_version(self) -> Locator:
        return self.main.get_by_test_id("stCode")

    def keep_mine(self) -> None:
        self.button("Keep the one in the editor").click()

    def take_other(self) -> None:
        self.button("Take the other one").click()

    # --- the way through the session ---------------------------------------------------

    def go_to_stage(self, stage: StageId) -> None:
        self.page.get_by_role("button", name=f"{stage.title} · ").click()
        expect(self.editor_of(stage)).to_be_visible()
        self.settle()

    def go_on(self) -> None:
        """Follow the button at the end of the page."""
        self.page.get_by_role("button", name="On to ").click()

    def go_to_drawing(self) -> None:
        self.button("Drawing").click()
        expect(self.page.get_by_role("heading", name="Drawing", exact=True)).to_be_visible()
        self.settle()

    # --- interviewer and hints ---------------------------------------------------------

    def ask(self, question: str) -> None:
        box = self.page.get_by_role("textbox", name="Your question")
        box.fill(question)
        box.press("Enter")
        expect(box).to_have_value("")

    def pick_topic(self, topic: str) -> None:
        self.main.get_by_text(_TOPICS).click()
        self.button(topic).click()

    @property
    def hints(self) -> Locator:
        return self.main.get_by_test_id("stAlertContentInfo")

    def open_hint(self) -> None:
        self.page.get_by_role("button", name=_HINT).click()

    # --- questions about the answer ------------------------------------------------------

    @property
    def reply(self) -> Locator:
        return self.page.get_by_role("textbox", name="Your reply to the interviewer")

    def ask_me(self) -> None:
        self.page.get_by_role("button", name="Ask me").click()

    def send_reply(self, text: str) -> None:
        self.reply.fill(text)
        self.button("Reply").click()

    @property
    def thinking(self) -> Locator:
        return self.main.get_by_text("The interviewer is thinking")

    def let_a_model_speak(self) -> None:
        self.button("Voice: as written").click()
        self.page.get_by_text("A language model puts the questions into words").click()

    # --- submission --------------------------------------------------------------------

    def submit(self) -> None:
        """Submit through the dialog that asks first."""
        self.button("Submit …").first.click()
        dialog = self.page.get_by_role("dialog")
        expect(dialog).to_contain_text("no longer change")
        dialog.get_by_role("button", name="Submit", exact=True).click()
        self.page.wait_for_url("**/review?attempt=*")
