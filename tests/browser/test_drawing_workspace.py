"""A drawing from an empty page: inspected, mended, exported in every notation, brought in again."""

import re
from pathlib import Path
from typing import Literal

from axe_findings import violations
from pages_canvas import CanvasPage
from pages_drawing import DrawingPage
from pages_practice import PracticePage
from playwright.sync_api import Page, expect
from running_app import RunningApp

from designs.drawing import Design
from designs.exporters import EXPORTERS
from designs.importers import IMPORTERS

PARTS = (
    "client app",
    "api gateway",
    "decision service",
    "online feature store",
    "model server",
    "event stream",
    "label store",
    "training pipeline",
    "model registry",
)
CALLS = (
    ("client-app", "API gateway"),
    ("api-gateway", "Decision service"),
    ("decision-service", "Online feature store"),
    ("decision-service", "Model server"),
)
DATA = (
    ("decision-service", "Event stream"),
    ("event-stream", "Label store"),
    ("label-store", "Training pipeline"),
    ("training-pipeline", "Model registry"),
    ("model-registry", "Model server"),
)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
NO_FALLBACK, NO_TIMEOUT = "A call without a fallback", "A call without a timeout"


def test_a_fraud_system_is_drawn_mended_exported_and_brought_in_again(
    page: Page, shared_app: RunningApp, tmp_path: Path
) -> None:
    with shared_app.workbench() as workbench:
        attempt_id = workbench.practice.start("fraud-detection", 45)
    PracticePage(page).open(shared_app.url, attempt_id, "drawing")
    canvas = CanvasPage(page)
    expect(canvas.canvas).to_be_visible()
    draws(canvas)
    mends(page, canvas)
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == []
    drawn = shared_app.attempt(attempt_id).drawing_reading.design
    assert (len(drawn.nodes), len(drawn.edges)) == (len(PARTS), len(CALLS) + len(DATA))
    files = exports(page, tmp_path)
    for notation in IMPORTERS:
        brings_in(page, shared_app, files[notation], drawn)


def draws(canvas: CanvasPage) -> None:
    for part in PARTS:
        canvas.find_and_add(part)
    expect(canvas.nodes).to_have_count(len(PARTS))
    for source, target in CALLS:
        canvas.connect(source, target)
    for source, target in DATA:
        canvas.connect(source, target)
        canvas.field("Mode").select_option("batch")
        canvas.expect_saved()


def mends(page: Page, canvas: CanvasPage) -> None:
    """Give every call a timeout and a fallback, whereupon two findings go."""
    for title in (NO_FALLBACK, NO_TIMEOUT):
        expect(page.get_by_text(title)).to_be_visible()
    for number, _ in enumerate(CALLS):
        canvas.edges.nth(number).focus()
        page.keyboard.press("Enter")
        canvas.fill("Timeout, ms", str(90 - 20 * number))
        canvas.fill("Fallback", "the rules decide")
    for title in (NO_FALLBACK, NO_TIMEOUT):
        expect(page.get_by_text(title)).to_have_count(0)


def exports(page: Page, folder: Path) -> dict[str, Path]:
    """Download every notation."""
    drawing = DrawingPage(page)
    files: dict[str, Path] = {}
    for one in EXPORTERS.values():
        download = drawing.download(drawing.button(one.label))
        files[one.id] = folder / f"design{one.extension}"
        files[one.id].write_bytes(download.read_bytes())
        assert files[one.id].stat().st_size > 500
    return files


def brings_in(page: Page, app: RunningApp, file: Path, drawn: Design) -> None:
    """Import a file into a session of its own, where nothing is drawn yet."""
    with app.workbench() as workbench:
        attempt_id = workbench.practice.start("fraud-detection", 45)
    PracticePage(page).open(app.url, attempt_id, "drawing")
    page.get_by_text("Import a drawing").click()
    page.locator('input[type="file"]').set_input_files(file)
    counts = f"{len(drawn.nodes)} nodes, {len(drawn.edges)} edges"
    expect(page.get_by_text(re.compile(f"This is what I read.*{counts}"))).to_be_visible()
    page.get_by_role("button", name="Take it over").click()
    DrawingPage(page).expect_diagram(len(drawn.nodes), len(drawn.edges))
    assert app.attempt(attempt_id).drawing_reading.design == drawn
