"""Browser tests: a real server, a real Chromium, and a watch over every page."""

from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from page_watch import LOST_CONNECTION, PageWatch
from playwright.sync_api import BrowserContext, Page, expect
from playwright.sync_api import Error as BrowserError
from running_app import RunningApp

from benchmarks.chromium import ARGUMENTS, chromium, why_absent

_HERE = Path(__file__).parent
_PATIENCE_MS = 60_000  # a busy machine draws late; nothing here measures speed


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    absent = chromium() is None
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if absent:
                item.add_marker(pytest.mark.skip(reason=why_absent()))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add to a failure what the page showed: the address and the text a reader would see."""
    report = yield
    page = getattr(item, "funcargs", {}).get("page")
    if report.when == "call" and report.failed and isinstance(page, Page):
        try:
            shown = f"{page.url}\n{page.locator('body').inner_text(timeout=5_000)}"
        except BrowserError as error:
            shown = f"nothing could be read from the page: {error}"
        report.sections.append(("Page at the time of failure", shown))
    return report


@pytest.fixture(scope="session")
def base_url() -> None:
    """No address is relative; also replaces a plugin's fixture whose form pytest deprecates."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": chromium(), "args": ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    # The language is fixed because the page writes times in the browser's own way.
    return {
        **browser_context_args,
        "viewport": {"width": 1400, "height": 1000},
        "locale": "en-GB",
        "accept_downloads": True,
    }


@pytest.fixture(autouse=True)
def watch(context: BrowserContext) -> Iterator[PageWatch]:
    expect.set_options(timeout=_PATIENCE_MS)
    context.set_default_timeout(_PATIENCE_MS)
    watching = PageWatch()
    watching.follow(context)
    yield watching
    watching.check()


@pytest.fixture
def another_browser(
    new_context: Callable[..., BrowserContext], watch: PageWatch
) -> Callable[..., BrowserContext]:
    """Return a function that opens a browser without the first one's storage."""

    def opened(**options: Any) -> BrowserContext:
        context = watch.follow(new_context(**options))
        context.set_default_timeout(_PATIENCE_MS)
        return context

    return opened


@pytest.fixture(scope="session")
def shared_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    """One server for the tests that look only at sessions of their own."""
    app = RunningApp(tmp_path_factory.mktemp("shared") / "data")
    app.start()
    yield app
    app.stop()


@pytest.fixture
def make_app(tmp_path: Path, watch: PageWatch) -> Iterator[Callable[..., RunningApp]]:
    """Return a function that starts a server with a store of its own."""
    started: list[RunningApp] = []

    def make(**options: Any) -> RunningApp:
        app = RunningApp(tmp_path / f"data-{len(started)}", **options)
        started.append(app)
        app.start()
        return app

    yield make
    watch.allow(LOST_CONNECTION)  # pages outlive the servers for a moment
    for app in started:
        app.stop()


@pytest.fixture
def own_app(make_app: Callable[..., RunningApp]) -> RunningApp:
    """A server that the test may kill, over an empty store."""
    return make_app()
