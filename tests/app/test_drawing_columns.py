"""The columns for the load test: shown when asked for, and kept while they are not."""

from app_pages import OpenPage

from designs.drawing import Edge, NodeOverrides
from designs.drawing_draft import EDGE_COLUMNS, NODE_COLUMNS, DrawingDraft
from workbench.workbench import Workbench

NODES: tuple[dict[str, str], ...] = (
    {"id": "app", "kind": "client-app"},
    {"id": "ranker", "kind": "ranker", "items_per_call": "800", "usd_per_replica_hour": "0.5"},
)
EDGES: tuple[dict[str, str], ...] = (
    {"source": "app", "target": "ranker", "mode": "sync", "step": "1", "quality_loss": "variety"},
)


def test_the_load_test_s_columns_come_and_go_without_loss(
    open_page: OpenPage, workbench: Workbench
) -> None:
    attempt = workbench.practice.start("fraud-detection", 45)
    draft = DrawingDraft(nodes=NODES, edges=EDGES)
    workbench.practice.save_drawing(attempt, draft, 0, "test")
    app = open_page("practice", attempt=attempt, stage="drawing")
    app.button_group(key=f"way-to-draw-{attempt}").set_value("Tables").run()
    for shown in (True, False):
        app.toggle(key=f"run-columns-{attempt}").set_value(shown).run()
        assert not app.exception
        assert (set(app.dataframe[0].value.columns) == set(NODE_COLUMNS)) is shown
        assert (set(app.dataframe[1].value.columns) == set(EDGE_COLUMNS)) is shown
    design = workbench.practice.open(attempt).drawing_reading.design
    assert design.nodes[1].overrides == NodeOverrides(items_per_call=800, usd_per_replica_hour=0.5)
    assert design.edges == (Edge(source="app", target="ranker", step=1, quality_loss="variety"),)
