"""The review page: self-review, score, evidence and downloads."""

from pages_frame import Frame
from playwright.sync_api import Locator, expect

_SAVE = "Save and go on"
_SAVE_LAST = "Save and show the score"
_SKIP = "Skip the self-review and show the score"
_EXEMPLAR = "Show the exemplar beside it"


class ReviewPage(Frame):
    """The review of one session."""

    def open(self, url: str, attempt_id: str) -> "ReviewPage":
        self.page.goto(f"{url}/review?attempt={attempt_id}")
        self.settle()
        return self

    # --- judging oneself ----------------------------------------------------------------

    def expect_rated(self, stages: int) -> None:
        expect(self.main.get_by_text(f"{stages} of 7 stages rated")).to_be_visible()
        self.settle()  # the form of the stage before stands until the new one has come

    def rate(self, criterion: str, level: str, sentence: str) -> None:
        """Claim a level of a criterion and point at a sentence of the answer."""
        levels = self.page.get_by_role("radiogroup", name=f"Level: {criterion}", exact=True)
        levels.get_by_role("radio", name=level, exact=True).check(force=True)
        box = self.page.get_by_role("combobox", name=f"Sentence: {criterion}", exact=True)
        box.focus()
        box.press("ArrowDown")
        self.page.get_by_role("option", name=sentence, exact=True).click()
        expect(box).to_have_value(sentence)

    def save_stage(self, *, last: bool = False) -> None:
        self.button(_SAVE_LAST if last else _SAVE).click()

    def skip(self) -> None:
        self.button(_SKIP).click()

    # --- the judgement -------------------------------------------------------------------

    @property
    def score(self) -> Locator:
        return self.page.get_by_test_id("stMetricValue")

    @property
    def own_score(self) -> Locator:
        return self.main.get_by_text("You gave yourself")

    def look_at(self, place: str) -> None:
        place_radio = self.page.get_by_role("radio", name=place, exact=True)
        place_radio.click()
        expect(place_radio).to_be_checked()
        self.settle()

    @property
    def answers(self) -> Locator:
        """The answer, and the exemplar after it if that is shown."""
        return self.page.locator(".dr-answer")

    @property
    def marks(self) -> Locator:
        return self.answers.first.locator("mark")

    def marked_texts(self) -> list[str]:
        """Return the marked stretches without the numbers of their criteria."""
        return self.marks.evaluate_all(
            """marks => marks.map(mark => {
                const copy = mark.cloneNode(true);
                copy.querySelectorAll("sup").forEach(number => number.remove());
                return copy.textContent;
            })"""
        )

    def show_exemplar(self) -> None:
        self.settle()  # while a stage is shown anew there may be two
        self.main.get_by_text(_EXEMPLAR).click()
        expect(self.answers).to_have_count(2)

    def diagram(self, name: str) -> Locator:
        return self.page.get_by_role("img", name=name)

    def report_button(self, form: str) -> Locator:
        return self.button(f"Report as {form}")

    @property
    def session_button(self) -> Locator:
        return self.button("Session as JSON")

    def judgement(self) -> list[str]:
        """Return what the page says about score, stages and evidence, to compare two reviews."""
        expect(self.answers).to_have_count(1)
        expect(self.marks).not_to_have_count(0)
        self.settle()
        bars = self.page.locator(".dr-bars").inner_text()
        return [self.score.inner_text(), bars, *self.marked_texts()]
