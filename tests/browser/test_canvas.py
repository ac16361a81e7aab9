"""Drawing on the canvas: with the mouse, with the keyboard, and what is left after a reload."""

import json
from typing import Any

import pytest
from axe_findings import violations
from page_watch import LOST_CONNECTION
from pages_canvas import CanvasPage
from pages_drawing import DrawingPage
from pages_practice import PracticePage
from playwright.sync_api import Page, WebSocket, expect
from running_app import RunningApp

from designs.drawing import Design, Edge, EdgeMode, Node, NodeOverrides
from designs.drawing_draft import draft_of
from designs.library import DESIGNS, shipped_palette
from workbench.exchange import import_attempt

EXEMPLAR = DESIGNS / "prompts" / "fraud-detection" / "exemplar.yaml"


def opened(page: Page, app: RunningApp, attempt_id: str | None = None) -> tuple[CanvasPage, str]:
    if attempt_id is None:
        with app.workbench() as workbench:
            attempt_id = workbench.practice.start("fraud-detection", 45)
    PracticePage(page).open(app.url, attempt_id, "drawing")
    canvas = CanvasPage(page)
    expect(canvas.canvas).to_be_visible()
    canvas.canvas.scroll_into_view_if_needed()
    return canvas, attempt_id


def design_of(app: RunningApp, attempt_id: str) -> Design:
    return app.attempt(attempt_id).drawing_reading.design


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_fraud_path_is_drawn_from_an_empty_page(
    page: Page, shared_app: RunningApp, scheme: Any
) -> None:
    page.emulate_media(color_scheme=scheme)
    canvas, attempt_id = opened(page, shared_app)
    canvas.find_and_add("client app")
    canvas.find_and_add("api gate")
    canvas.kind("Decision service").click()
    canvas.expect_saved()
    canvas.kind("Online feature store").drag_to(
        canvas.canvas.locator(".surface"), target_position={"x": 300, "y": 560}
    )
    canvas.expect_saved()
    expect(canvas.nodes).to_have_count(4)

    canvas.drag_edge("client-app", "api-gateway")
    canvas.connect("api-gateway", "Decision service")
    canvas.connect("decision-service", "Online feature store")
    canvas.fill("Timeout, ms", "15")
    canvas.fill("Fallback", "yesterday's values")
    expect(canvas.edges).to_have_count(3)

    canvas.node("decision-service").dblclick()
    page.keyboard.type("Allow or block")
    page.keyboard.press("Enter")
    canvas.expect_saved()
    canvas.select("client-app")
    page.keyboard.press("F2")
    page.keyboard.type("Checkout <b>")
    page.keyboard.press("Enter")
    canvas.expect_saved()
    canvas.fill("Replicas", "3")
    canvas.tool("Undo").click()
    expect(canvas.field("Replicas")).to_have_value("")
    canvas.tool("Redo").click()
    expect(canvas.field("Replicas")).to_have_value("3")
    canvas.expect_saved()

    canvas.find_and_add("event stream")
    canvas.node("event-stream").focus()
    page.keyboard.press("Delete")
    expect(canvas.nodes).to_have_count(4)
    canvas.expect_saved()

    drawn = Design(
        nodes=(
            Node(id="client-app", kind="client-app", label="Checkout <b>", replicas=3),
            Node(id="api-gateway", kind="api-gateway"),
            Node(id="decision-service", kind="decision-service", label="Allow or block"),
            Node(id="online-feature-store", kind="online-feature-store"),
        ),
        edges=(
            Edge(source="client-app", target="api-gateway"),
            Edge(source="api-gateway", target="decision-service"),
            Edge(
                source="decision-service",
                target="online-feature-store",
                timeout_ms=15,
                fallback="yesterday's values",
            ),
        ),
    )
    assert design_of(shared_app, attempt_id) == drawn
    assert violations(page) == []

    page.reload()
    expect(canvas.nodes).to_have_count(4)
    expect(canvas.edges).to_have_count(3)
    expect(canvas.node("client-app")).to_contain_text("Checkout <b>")
    assert violations(page) == []

    drawing = DrawingPage(page)
    drawing.use_tables()
    expect(drawing.nodes.cell(2, 0)).to_have_text("Checkout <b>")
    expect(drawing.edges.cell(4, 2)).to_have_text("15")
    drawing.nodes.set_text(2, 1, "The door")
    drawing.settle()
    page.get_by_role("radio", name="Canvas", exact=True).click()
    expect(canvas.node("api-gateway")).to_contain_text("The door")


def test_several_parts_are_copied_and_deleted_at_once(page: Page, shared_app: RunningApp) -> None:
    canvas, attempt_id = opened(page, shared_app)
    canvas.find_and_add("model server")
    canvas.find_and_add("ranker")
    canvas.tool("Fit").click()
    canvas.nodes.first.focus()
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+c")
    page.keyboard.press("Control+v")
    expect(canvas.nodes).to_have_count(4)
    page.keyboard.press("Control+d")
    expect(canvas.nodes).to_have_count(6)
    page.keyboard.press("Delete")
    expect(canvas.nodes).to_have_count(4)
    page.keyboard.press("Control+z")
    expect(canvas.nodes).to_have_count(6)
    canvas.expect_saved()
    assert len({node.id for node in design_of(shared_app, attempt_id).nodes}) == 6


def big_design() -> Design:
    kinds = [kind.id for kind in shipped_palette().kinds]
    nodes = tuple(
        Node(
            id=f"part-{number}",
            kind=kinds[number % len(kinds)],
            label=f"Part number {number}",
            replicas=2,
            overrides=NodeOverrides(service_p50_ms=5, service_p99_ms=20),
        )
        for number in range(60)
    )
    edges = tuple(
        Edge(
            source=f"part-{number}",
            target=f"part-{number + step}",
            mode=list(EdgeMode)[number % 3],
            timeout_ms=50,
            fallback="the last known value",
        )
        for number in range(60)
        for step in (1, 7)
        if number + step < 60
    )
    return Design(nodes=nodes, edges=edges)


class Traffic:
    """What the page and the server say to each other, in bytes."""

    def __init__(self, page: Page) -> None:
        self.sent: list[bytes] = []
        self.received: list[bytes] = []
        page.on("websocket", self._follow)

    def _follow(self, socket: WebSocket) -> None:
        socket.on("framesent", lambda frame: self.sent.append(raw(frame)))
        socket.on("framereceived", lambda frame: self.received.append(raw(frame)))

    def clear(self) -> None:
        self.sent.clear()
        self.received.clear()


def raw(frame: str | bytes) -> bytes:
    return frame.encode() if isinstance(frame, str) else frame


def test_an_edit_of_sixty_nodes_sends_only_the_change(page: Page, shared_app: RunningApp) -> None:
    with shared_app.workbench() as workbench:
        attempt_id = workbench.practice.start("fraud-detection", 45)
        workbench.practice.save_drawing(attempt_id, draft_of(big_design()), 0, "test")
    traffic = Traffic(page)
    canvas, _ = opened(page, shared_app, attempt_id)
    expect(canvas.nodes).to_have_count(60)
    canvas.select("part-7")
    canvas.settle()
    before = len(json.dumps(big_design().model_dump(mode="json")))
    assert before > 4_000

    traffic.clear()
    canvas.fill("Replicas", "9")
    expect(canvas.status).to_contain_text("Saved")
    assert sum(map(len, traffic.sent)) < 4_000
    told = [frame for frame in traffic.received if b'"revision"' in frame]
    assert told
    assert all(len(frame) < 4_000 for frame in told)
    node = design_of(shared_app, attempt_id).node("part-7")
    assert node is not None
    assert node.replicas == 9

    traffic.clear()
    canvas.drag_node("part-7", 60, 40)
    page.wait_for_timeout(500)
    assert [frame for frame in traffic.sent if b"edit" in frame] == []


def test_places_are_kept_in_this_browser(page: Page, shared_app: RunningApp) -> None:
    with shared_app.workbench() as workbench:
        attempt_id = import_attempt(workbench.desk, EXEMPLAR.read_bytes(), EXEMPLAR.name)
    canvas, _ = opened(page, shared_app, attempt_id)
    node = canvas.nodes.first
    before = node.evaluate("one => one.style.transform")
    canvas.drag_node(str(node.get_attribute("data-id")), 80, 60)
    moved = node.evaluate("one => one.style.transform")
    assert moved != before
    page.reload()
    expect(node).to_be_visible()
    assert node.evaluate("one => one.style.transform") == moved
    node.focus()
    page.keyboard.press("l")
    assert node.evaluate("one => one.style.transform") == before


def test_a_stale_canvas_does_not_overwrite(page: Page, shared_app: RunningApp) -> None:
    canvas, attempt_id = opened(page, shared_app)
    canvas.find_and_add("api gate")
    with shared_app.workbench() as workbench:
        view = workbench.practice.open(attempt_id)
        other = Design(nodes=(Node(id="ranker", kind="ranker"),))
        workbench.practice.save_drawing(
            attempt_id, draft_of(other), view.drawing_revision, "another tab"
        )
    canvas.kind("Client app").click()
    expect(canvas.status).to_contain_text("changed in another tab")
    expect(canvas.nodes).to_have_count(1)
    expect(canvas.node("ranker")).to_be_visible()
    assert design_of(shared_app, attempt_id) == other
    canvas.find_and_add("client app")
    assert len(design_of(shared_app, attempt_id).nodes) == 2


def test_an_edit_survives_the_death_of_the_server(
    page: Page, own_app: RunningApp, watch: Any
) -> None:
    watch.allow(LOST_CONNECTION)
    canvas, attempt_id = opened(page, own_app)
    canvas.find_and_add("api gate")
    expect(DrawingPage(page).diagram).to_be_visible()
    page.wait_for_load_state("networkidle")  # code that is fetched late would be missing
    own_app.kill()
    canvas.kind("Client app").click()
    expect(canvas.nodes).to_have_count(2)
    own_app.start()
    canvas.expect_saved()
    assert len(design_of(own_app, attempt_id).nodes) == 2
