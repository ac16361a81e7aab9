"""Inspections below the drawing, and the two drawings compared on the review page."""

from app_pages import ROOT, OpenPage
from streamlit.testing.v1 import AppTest

from components.first_few import FIRST
from designs.drawing import Design, Edge, Node
from designs.drawing_draft import draft_of
from designs.inspections import INSPECTIONS, inspect
from designs.library import shipped_palette
from workbench.exchange import import_attempt
from workbench.workbench import Workbench

FRAUD = "fraud-detection"


def brought_in(workbench: Workbench, document: str) -> str:
    path = ROOT / "designs" / "prompts" / FRAUD / document
    return import_attempt(workbench.desk, path.read_bytes(), path.name)


def with_drawing(workbench: Workbench, design: Design) -> str:
    attempt = workbench.practice.start(FRAUD, 45)
    view = workbench.practice.open(attempt)
    workbench.practice.save_drawing(attempt, draft_of(design), view.drawing_revision, "tests")
    return attempt


def findings(app: AppTest) -> list[str]:
    """Return the labels of what the inspections found."""
    kinds = ("Serious: ", "Warning: ", "Note: ")
    return [one.label for one in app.expander if one.label.startswith(kinds)]


def fine(app: AppTest) -> AppTest:
    assert not app.exception
    assert [one.value for one in app.error] == []
    return app


def words(app: AppTest) -> list[str]:
    return [one.value for one in (*app.markdown, *app.caption, *app.subheader)]


def drawing_page(open_page: OpenPage, attempt: str) -> AppTest:
    return fine(open_page("practice", attempt=attempt, stage="drawing"))


def compared_page(open_page: OpenPage, workbench: Workbench, attempt: str) -> AppTest:
    workbench.practice.submit(attempt)
    workbench.review.skip_self_review(attempt)
    app = open_page("review", attempt=attempt)
    return fine(app.button_group(key=f"look-{attempt}").set_value("Drawing").run())


# --- practice ----------------------------------------------------------------------------


def test_the_gravest_findings_come_first_and_the_rest_when_asked(
    open_page: OpenPage, workbench: Workbench
) -> None:
    attempt = brought_in(workbench, "flawed-slow-and-blind.yaml")
    design = workbench.practice.open(attempt).drawing_reading.design
    found = inspect(design, shipped_palette())
    app = drawing_page(open_page, attempt)
    assert len(findings(app)) == FIRST < len(found)
    assert findings(app)[0].startswith("Serious: ")
    assert any(one.startswith("3 serious, 8 warnings, 1 note. In the review") for one in words(app))
    switch = app.toggle(key=f"inspection-{attempt}")
    assert switch.label == f"Show all {len(found)}"
    switch.set_value(True).run()
    assert len(findings(fine(app))) == len(found)


def test_a_finding_says_where_why_and_how_to_mend_it(
    open_page: OpenPage, workbench: Workbench
) -> None:
    app = drawing_page(open_page, brought_in(workbench, "flawed-slow-and-blind.yaml"))
    rule = INSPECTIONS["training-reads-live-store"]
    opened = next(one for one in app.expander if rule.title in one.label)
    assert "One Redis for serving and training" in opened.label
    assert [one.value for one in opened.markdown] == [
        f"**Why it matters.** {rule.why}",
        f"**How to mend it.** {rule.mend}",
    ]


def test_a_mended_finding_goes_away(open_page: OpenPage, workbench: Workbench) -> None:
    nodes = (Node(id="a", kind="api-gateway", replicas=2), Node(id="b", kind="cache", replicas=2))
    bare = Edge(source="a", target="b", timeout_ms=9)
    attempt = with_drawing(workbench, Design(nodes=nodes, edges=(bare,)))
    rule = INSPECTIONS["no-fallback"]
    before = findings(drawing_page(open_page, attempt))
    assert any(rule.title in label for label in before)
    view = workbench.practice.open(attempt)
    mended = Design(nodes=nodes, edges=(bare.model_copy(update={"fallback": "ask the store"}),))
    workbench.practice.save_drawing(attempt, draft_of(mended), view.drawing_revision, "tests")
    after = findings(drawing_page(open_page, attempt))
    assert after == [label for label in before if rule.title not in label]


def test_nothing_is_said_of_an_empty_drawing(open_page: OpenPage, workbench: Workbench) -> None:
    app = drawing_page(open_page, workbench.practice.start(FRAUD, 45))
    assert "Inspection" not in words(app)
    assert findings(app) == []


def test_a_drawing_without_smell_is_told_so(open_page: OpenPage, workbench: Workbench) -> None:
    app = drawing_page(
        open_page, with_drawing(workbench, Design(nodes=(Node(id="a", kind="cache"),)))
    )
    assert "Inspection" in words(app)
    assert any(one.startswith("No design smell found") for one in words(app))


def test_a_label_stays_words_in_a_finding(open_page: OpenPage, workbench: Workbench) -> None:
    nodes = (
        Node(id="a", kind="api-gateway"),
        Node(id="b", kind="ranker", label="**bold** [x](javascript:1) <b>"),
    )
    attempt = with_drawing(workbench, Design(nodes=nodes, edges=(Edge(source="a", target="b"),)))
    labels = " ".join(findings(drawing_page(open_page, attempt)))
    assert r"\*\*bold\*\* \[x\]\(javascript\:1\) \<b\>" in labels


# --- review ------------------------------------------------------------------------------


def test_the_exemplar_against_itself_has_no_difference(
    open_page: OpenPage, workbench: Workbench
) -> None:
    app = compared_page(open_page, workbench, brought_in(workbench, "exemplar.yaml"))
    said = words(app)
    assert "Compared" in said
    assert any(one.startswith("24 of the exemplar's 24 parts are in yours.") for one in said)
    assert "**Yours has no**" not in said
    assert "**Also fine: only in yours**" not in said


def test_differences_are_told_with_their_reasons(open_page: OpenPage, workbench: Workbench) -> None:
    app = compared_page(open_page, workbench, brought_in(workbench, "flawed-slow-and-blind.yaml"))
    said = words(app)
    assert "**Yours has no**" in said
    assert "- **Model, calibration and thresholds** (Model registry): Versioned" in "\n".join(said)
    assert "**Also fine: only in yours**" in said
    assert any(one.startswith("- **Account database** (Operational database)") for one in said)
    assert "**Counts as the same**" in said
    assert any("hardware and name are a choice" in one for one in said)


def test_what_an_inspection_objects_to_is_not_called_fine(
    open_page: OpenPage, workbench: Workbench
) -> None:
    app = compared_page(open_page, workbench, brought_in(workbench, "flawed-slow-and-blind.yaml"))
    said = words(app)
    edge = "- **One Redis for serving and training** → **Every night, live at 4**"
    below = said[said.index("**Only in yours, and the inspection of your drawing objects**") :]
    assert edge in below[1]
    assert edge not in "\n".join(said[: -len(below)])


def test_a_long_comparison_shows_the_rest_when_asked(
    open_page: OpenPage, workbench: Workbench
) -> None:
    attempt = with_drawing(workbench, Design(nodes=(Node(id="a", kind="client-app"),)))
    app = compared_page(open_page, workbench, attempt)

    def lacking() -> int:
        said = [one.value for one in app.markdown]
        return len(said[said.index("**Yours has no**") + 1].splitlines())

    assert lacking() == FIRST
    next(one for one in app.toggle if one.label == "Show all 23").set_value(True).run()
    assert lacking() == 23


def test_a_label_stays_words_in_a_comparison(open_page: OpenPage, workbench: Workbench) -> None:
    node = Node(id="a", kind="graph-store", label="1. [x](javascript:1) <b>")
    attempt = with_drawing(workbench, Design(nodes=(node,)))
    said = words(compared_page(open_page, workbench, attempt))
    assert r"- **1. \[x\]\(javascript\:1\) \<b\>** (Graph store)" in said


def test_without_a_drawing_nothing_is_compared(open_page: OpenPage, workbench: Workbench) -> None:
    app = compared_page(open_page, workbench, workbench.practice.start(FRAUD, 45))
    assert "Compared" not in words(app)
