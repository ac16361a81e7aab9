"""The pictures of pages that the README shows, taken from the running app.

A flawed design of video-recommendation is reviewed: its author thinks well of it, and has rated
every criterion as reasoned, those of framing as named. The exemplar of fraud-detection is run
under its prompt's traffic.

    python -m benchmarks.page_pictures --folder docs/images
"""

import argparse
import tempfile
from contextlib import closing
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from benchmarks.chromium import ARGUMENTS, chromium, why_absent
from benchmarks.practice_visits import import_exemplar
from benchmarks.streamlit_server import APP, StreamlitServer
from designs.attempt_document import SelfRating
from designs.library import PROMPTS
from designs.stage import StageId
from rubrics.library import shipped_rubric
from workbench.exchange import import_attempt
from workbench.settings import Settings
from workbench.workbench import open_workbench

_REVIEWED, _DESIGN = "video-recommendation", "flawed-clicks-big-model.yaml"
_REVIEW_SIZE, _LOAD_TEST_SIZE = (1280, 1380), (1400, 1500)
_PATIENCE_MS = 120_000
_DRAWN_MS = 2_000
"""Until charts that came with the page stand still."""


def import_reviewed(server: StreamlitServer) -> str:
    """Submit a design with its author's ratings; return the attempt's id."""
    workbench = open_workbench(Settings(data_dir=server.data_dir))
    with closing(workbench.desk.store):
        raw = (PROMPTS / _REVIEWED / _DESIGN).read_bytes()
        attempt = import_attempt(workbench.desk, raw, _DESIGN)
        answers = workbench.practice.submit(attempt).answers
        ratings = tuple(
            SelfRating(
                criterion_id=one.id,
                level_id="named" if one.stage is StageId.FRAMING else "reasoned",
                quote=answers[one.stage].split(".")[0],
            )
            for one in shipped_rubric(_REVIEWED).criteria
        )
        workbench.review.rate_self(attempt, ratings)
        workbench.review.finish_self_review(attempt)
    return attempt


def take(page: Page, address: str, size: tuple[int, int], awaited: str, path: Path) -> None:
    """Save a picture of a page at its top.

    Args:
        page: A tab.
        address: What to open.
        size: Width and height of the picture in pixels.
        awaited: A text that stands there once the page is whole.
        path: Where to save it, as PNG.
    """
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(address)
    expect(page.get_by_text(awaited).first).to_be_visible(timeout=_PATIENCE_MS)
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=_PATIENCE_MS)
    page.wait_for_timeout(_DRAWN_MS)
    page.screenshot(path=path, scale="css")


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--folder", type=Path, required=True, help="where to save them")
    folder = parser.parse_args().folder
    browser_path = chromium()
    if browser_path is None:
        parser.exit(1, f"{why_absent()}\n")
    with (
        tempfile.TemporaryDirectory() as name,
        StreamlitServer(APP, Path(name)) as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=browser_path, args=ARGUMENTS)
        page = browser.new_page(locale="en-GB")
        address = f"{server.url}/review?attempt={import_reviewed(server)}"
        take(page, address, _REVIEW_SIZE, "What to work on next", folder / "review.png")
        address = f"{server.url}/load_test?attempt={import_exemplar(server)}"
        take(page, address, _LOAD_TEST_SIZE, "An empty field takes", folder / "load-test.png")
        browser.close()


if __name__ == "__main__":
    main()
