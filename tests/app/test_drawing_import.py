"""Importing a drawing on the practice page: shown first, taken over when asked, never silently."""

from app_pages import OpenPage
from streamlit.testing.v1 import AppTest

from designs.exporters import EXPORTERS
from designs.importers import MAX_BYTES
from workbench.store import DRAWING
from workbench.workbench import Workbench

FRAUD = "fraud-detection"
CHART = b"flowchart LR\n  a[Redis] --> b[Flux *capacitor*]\n  class a red\n"


def opened(open_page: OpenPage, attempt: str) -> AppTest:
    return open_page("practice", attempt=attempt, stage="drawing")


def uploaded(app: AppTest, name: str, raw: bytes) -> AppTest:
    app.file_uploader[0].set_value((name, raw, "application/octet-stream"))
    return app.run()


def said(app: AppTest) -> str:
    pieces = (*app.markdown, *app.warning, *app.error, *app.info, *app.code)
    return "\n".join(str(one.value) for one in pieces)


def test_what_was_read_is_shown_and_nothing_changes(
    open_page: OpenPage, workbench: Workbench
) -> None:
    attempt = workbench.practice.start(FRAUD, 45)
    app = uploaded(opened(open_page, attempt), "chart.mmd", CHART)
    assert not app.exception
    words = said(app)
    assert "This is what I read: 2 nodes, 1 edge." in words
    assert "Inferred, please check" in words
    assert "**Ignored**" in words
    assert "Flux \\*capacitor\\*" in words
    assert workbench.practice.open(attempt).drawing_revision == 0


def test_it_replaces_the_drawing_when_asked_and_the_old_one_is_kept(
    open_page: OpenPage, workbench: Workbench
) -> None:
    attempt = workbench.practice.start(FRAUD, 45)
    app = opened(open_page, attempt)
    app.button_group(key=f"way-to-draw-{attempt}").set_value("Tables").run()
    app.button(key="add-api-gateway").click().run()
    before = workbench.practice.open(attempt)
    app = uploaded(app, "chart.mmd", CHART)
    assert "This replaces what is drawn now (1 node)" in said(app)
    app.button(key="import-take").click().run()
    assert not app.exception
    assert not app.error
    after = workbench.practice.open(attempt)
    assert [node.id for node in after.drawing_reading.design.nodes] == ["redis", "flux-capacitor"]
    assert after.drawing_revision > before.drawing_revision
    revisions = workbench.desk.store.revisions(workbench.desk.owner, attempt, DRAWING)
    assert [one.number for one in revisions if "api-gateway" in one.body]
    assert "This is what I read" not in said(app)


def test_an_export_comes_back_unchanged(open_page: OpenPage, workbench: Workbench) -> None:
    exemplar = workbench.content.exemplar(FRAUD)
    raw = EXPORTERS["drawio"].export(exemplar.design, workbench.content.palette, "A")
    attempt = workbench.practice.start(FRAUD, 45)
    app = uploaded(opened(open_page, attempt), "design.drawio", raw)
    assert "Inferred" not in said(app)
    app.button(key="import-take").click().run()
    assert workbench.practice.open(attempt).drawing_reading.design == exemplar.design


def test_a_file_that_cannot_be_read_keeps_the_drawing(
    open_page: OpenPage, workbench: Workbench
) -> None:
    attempt = workbench.practice.start(FRAUD, 45)
    app = opened(open_page, attempt)
    for name, raw in (("a.drawio", b"<mxfile><diagram"), ("big.json", b" " * (MAX_BYTES + 1))):
        app = uploaded(app, name, raw)
        assert not app.exception
        assert "Nothing was changed" in said(app)
    assert workbench.practice.open(attempt).drawing_revision == 0


def test_a_submitted_drawing_takes_no_import(open_page: OpenPage, workbench: Workbench) -> None:
    attempt = workbench.practice.start(FRAUD, 45)
    workbench.practice.submit(attempt)
    assert not opened(open_page, attempt).file_uploader
