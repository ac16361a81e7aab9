"""The second opinion on the review page: call, arguments and coach."""

from pages_review import ReviewPage
from playwright.sync_api import expect


class SecondOpinionPage(ReviewPage):
    """The review, at its second opinion."""

    def choose_stage(self, title: str) -> None:
        self.settle()  # a list that opens while the page is drawn anew closes again
        box = self.page.get_by_role("combobox", name="Stages")
        box.focus()
        box.press("ArrowDown")
        self.page.get_by_role("option", name=title, exact=True).click()
        self.settle()

    def ask(self) -> None:
        self.main.get_by_role("button", name="Ask for a second opinion").click()

    def argue(self, criterion_title: str, outcome: str, words: str) -> None:
        card = self.page.get_by_test_id("stVerticalBlock").filter(has_text=criterion_title)
        card.last.get_by_role("button", name="Argue with this").click()
        self.page.get_by_text(outcome, exact=True).click()
        self.page.get_by_label("Why? (needed for your own words)").fill(words)
        self.page.get_by_role("button", name="Keep my view").click()
        expect(self.main.get_by_text(words)).to_be_visible()

    def be_coached(self) -> None:
        self.main.get_by_role("button", name="Coach me").click()
