"""What a page must never do, watched in every browser test.

No error on the console, no uncaught exception, no request to another computer.
"""

import re
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, WebError

_OWN_HOST = "127.0.0.1"
# Streamlit's page looks for its server below the address of a page first, then at the root.
_PROBE = re.compile(r"^http://127\.0\.0\.1:\d+/\w+/_stcore/(health|host-config)$")
LOST_CONNECTION = (
    r"net::ERR_(CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE|INTERNET_DISCONNECTED"
    r"|ABORTED|FAILED|SOCKET_NOT_CONNECTED)|WebSocket connection to .* failed"
    r"|Cannot (send rerun backMessage|rerun script) when disconnected"
    r"|Client Error in reaching server endpoint|Streamlit server is not responding"
)
"""What a browser says about a server that was killed: expected where a test kills it."""


class PageWatch:
    """Collects what went wrong in all pages of the contexts that it follows."""

    def __init__(self) -> None:
        self._errors: list[str] = []
        self._strangers: list[str] = []
        self._allowed: list[re.Pattern[str]] = []

    def follow(self, context: BrowserContext) -> BrowserContext:
        context.on("console", self._console)
        context.on("weberror", self._uncaught)
        context.on("request", self._request)
        context.on("page", self._page)
        return context

    def allow(self, pattern: str) -> None:
        """Expect console errors whose text matches; uncaught exceptions are never expected."""
        self._allowed.append(re.compile(pattern))

    def check(self) -> None:
        assert not self._strangers, f"requests to other computers: {self._strangers}"
        assert not self._errors, f"errors in the page: {self._errors}"

    def _console(self, message: ConsoleMessage) -> None:
        if message.type != "error" or _PROBE.match(message.location["url"]):
            return
        line = f"{message.text} ({message.location['url']})"
        if not any(pattern.search(line) for pattern in self._allowed):
            self._errors.append(line)

    def _uncaught(self, error: WebError) -> None:
        self._errors.append(f"uncaught: {error.error}")

    def _request(self, request: Request) -> None:
        self._reached(request.url)

    def _page(self, page: Page) -> None:
        page.on("websocket", lambda socket: self._reached(socket.url))

    def _reached(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname != _OWN_HOST:
            self._strangers.append(url)
