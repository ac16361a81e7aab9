"""What the reader chooses about the picture below the drawing, on its page."""

from urllib.parse import unquote

from app_pages import OpenPage
from streamlit.testing.v1 import AppTest

from designs.drawing import Zone
from designs.exporters.legend import CRITICAL
from designs.library import DESIGNS
from workbench.exchange import import_attempt
from workbench.workbench import Workbench

EXEMPLAR = DESIGNS / "prompts" / "fraud-detection" / "exemplar.yaml"
CAPTION = "Critical path, by service time without waiting"


def picture(app: AppTest) -> str:
    (shown,) = app.get("image")
    kind, _, text = shown.proto.imgs[0].url.partition(",")
    assert kind == "data:image/svg+xml"
    return unquote(text)


def captions(app: AppTest) -> str:
    return "\n".join(one.value for one in app.caption)


def test_zones_critical_path_and_legend_are_switched(
    workbench: Workbench, open_page: OpenPage
) -> None:
    attempt = import_attempt(workbench.desk, EXEMPLAR.read_bytes(), EXEMPLAR.name)
    app = open_page("practice", attempt=attempt, stage="drawing")
    assert not app.exception
    whole = picture(app)
    assert CRITICAL in whole
    assert "9 parts" not in whole
    assert CAPTION in captions(app)

    app.button_group(key=f"collapsed-{attempt}").set_value([Zone.OFFLINE]).run()
    assert "9 parts" in picture(app)
    app.checkbox(key=f"critical-path-{attempt}").uncheck().run()
    assert CRITICAL not in picture(app)
    assert CAPTION not in captions(app)
    app.checkbox(key=f"legend-{attempt}").uncheck().run()
    assert 'class="legend"' not in picture(app)
    assert not app.exception
    # The drawing itself is as it was.
    assert workbench.practice.open(attempt).drawing_revision == 1
