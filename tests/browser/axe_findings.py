"""What axe finds on a page, without what is Streamlit's own."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

STREAMLITS_OWN = {
    # The tables are drawn on a canvas by Streamlit's grid, which nests what axe does not expect.
    ("aria-required-children", "stDataFrame"),
    ("scrollable-region-focusable", "stDataFrame"),
    # Its charts leave the layer of points without a name.
    ("svg-img-alt", "mark-symbol"),
}

AT_REST = """() => document.getAnimations().every((one) => one.playState !== "running"
    || one.effect.getComputedTiming().endTime === Infinity)"""


def violations(page: Page) -> list[str]:
    """Return what axe finds, without what is Streamlit's own and listed above.

    Colours that are still changing have no contrast yet: transitions are waited for.
    """
    page.wait_for_function(AT_REST)
    found = []
    for rule in Axe().run(page).response["violations"]:
        for node in rule["nodes"]:
            html = node["html"]
            if not any(rule["id"] == known and mark in html for known, mark in STREAMLITS_OWN):
                found.append(f"{rule['id']}: {node['target']} {html[:160]}")
    return found
