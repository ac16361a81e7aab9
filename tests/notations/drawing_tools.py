"""Mermaid, draw.io and Excalidraw themselves, drawing in a Chromium without a network.

Mermaid and Excalidraw are their own packages; draw.io is the viewer that its makers publish for
web pages. `npm ci --prefix tests/notations` fetches them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Page, Route, sync_playwright

from benchmarks.chromium import ARGUMENTS, chromium

HERE = Path(__file__).parent
_PACKAGES = HERE / "node_modules"
_SCRIPTS = {
    "mermaid": _PACKAGES / "mermaid" / "dist" / "mermaid.min.js",
    "drawio": _PACKAGES / "docusaurus-plugin-drawio" / "viewer.min.js",
    "excalidraw": _PACKAGES / ".bundles" / "draw_excalidraw.js",
}
TOOLS = tuple(_SCRIPTS)
Scheme = Literal["light", "dark"]
Drawn = dict[str, Any]
"""What `draw_in_tool.js` found: boxes of shapes with their texts, and lines with theirs."""


def why_absent() -> str | None:
    """Return what is missing for drawing with the tools, or None."""
    if not all(script.is_file() for script in _SCRIPTS.values()):
        return "the tools are not installed: npm ci --prefix tests/notations"
    return None if chromium() else "Chromium was not found"


class DrawingTools:
    """A browser with a page for each drawing."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def draw(
        self, tool: str, text: str, scheme: Scheme = "light", picture: Path | None = None
    ) -> Drawn:
        """Let a tool draw a file.

        Args:
            tool: Its name, one of `TOOLS`.
            text: The file.
            scheme: The tool's own light or dark look.
            picture: Where to write what is seen, as a PNG.
        """
        page = self._page
        page.goto((HERE / "tool_page.html").as_uri())
        page.add_script_tag(path=_SCRIPTS[tool])
        page.add_script_tag(path=HERE / "draw_in_tool.js")
        drawn: Drawn = page.evaluate(
            "([tool, text, dark]) => drawInTool(tool, text, dark)", [tool, text, scheme == "dark"]
        )
        if picture:
            page.locator("#drawing").screenshot(path=picture)
        return drawn


@contextmanager
def drawing_tools() -> Iterator[DrawingTools]:
    """Open the browser and close it in the end."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.route("**/*", _from_here_only)
        yield DrawingTools(page)
        browser.close()


def _from_here_only(route: Route) -> None:
    if route.request.url.startswith(("file:", "data:", "blob:")):
        route.continue_()
    else:
        route.abort()
