"""From starting the program to a page that can be used, beside a hello-world Streamlit app.

A page can be used when its heading is visible and a button that says Start is enabled, in a
Chromium that runs already but has nothing in its cache. Every start has a data folder of its own,
so that ours creates its database each time. What the two have in common is Python, Streamlit and
the browser: the ratio is what is ours. Compiled Python files are there from the start before, and
so are the files in the system's cache; the first start after installing takes longer.

    python -m benchmarks.cold_start --write docs/benchmarks.md
"""

import argparse
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.machine_load import machine_load
from benchmarks.measured_block import measured_line, replace_block
from benchmarks.streamlit_server import APP, HELLO, StreamlitServer

_PATIENCE_MS = 60_000
_USABLE = """() => {
  const seen = (element) => element && element.checkVisibility();
  const ready = (button) => seen(button) && !button.disabled && /Start/.test(button.textContent);
  return seen(document.querySelector("h1")) && [...document.querySelectorAll("button")].some(ready);
}"""
"""Asked by the browser before each frame; waiting for a locator asks only now and then."""


@dataclass
class Starts:
    """What the starts of one app took, in seconds."""

    label: str
    script: Path
    to_health: list[float] = field(default_factory=list)
    """From starting the process until it answers on its health address."""
    to_page: list[float] = field(default_factory=list)
    """From there until the page can be used."""

    def start(self, browser: Browser) -> None:
        """Start once and note what it took."""
        with tempfile.TemporaryDirectory() as folder:
            begun = time.perf_counter()
            with StreamlitServer(self.script, Path(folder) / "data") as server:
                healthy = time.perf_counter()
                usable = usable_at(browser, server.url)
        self.to_health.append(healthy - begun)
        self.to_page.append(usable - healthy)

    def forget(self) -> None:
        """Drop what was measured while warming up."""
        self.to_health.clear()
        self.to_page.clear()

    @property
    def medians(self) -> list[float]:
        """To health, from health to page, and both together."""
        total = [sum(parts) for parts in zip(self.to_health, self.to_page, strict=True)]
        return [statistics.median(times) for times in (self.to_health, self.to_page, total)]

    @property
    def slowest(self) -> float:
        """The longest start."""
        return max(sum(parts) for parts in zip(self.to_health, self.to_page, strict=True))


def usable_at(browser: Browser, url: str) -> float:
    """Open an address in a new profile and return the moment at which the page can be used."""
    context = browser.new_context()
    try:
        page = context.new_page()
        page.goto(url, wait_until="commit")
        page.wait_for_function(_USABLE, timeout=_PATIENCE_MS)
        return time.perf_counter()
    finally:
        context.close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run the system's Chromium, or the one that playwright installed."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            # Chromium's sandbox refuses to run as root.
            args=["--disable-gpu", "--disable-dev-shm-usage", *(["--no-sandbox"] if root else [])],
        )
        try:
            yield browser
        finally:
            browser.close()


def table(ours: Starts, floor: Starts) -> str:
    """Return medians and ratios as a Markdown table."""
    lines = ["| App | to health s | health to page s | together s | slowest s |"]
    lines.append("|" + "---|" * 5)
    for one in (ours, floor):
        figures = [*one.medians, one.slowest]
        lines.append(f"| {one.label} | {' | '.join(f'{value:.2f}' for value in figures)} |")
    pairs = zip([*ours.medians, ours.slowest], [*floor.medians, floor.slowest], strict=True)
    lines.append(f"| ratio | {' | '.join(f'{a / b:.2f}' for a, b in pairs)} |")
    return "\n".join(lines)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--starts", type=int, default=11, help="of each app")
    parser.add_argument("--write", type=Path, help="page whose block is replaced")
    options = parser.parse_args()
    load = machine_load()
    ours, floor = Starts("Dryrun", APP), Starts("hello world", HELLO)
    with chromium() as browser:
        version = browser.version
        for number in range(1 + options.starts):
            for one in (ours, floor):
                one.start(browser)
                if number == 0:
                    one.forget()
    command = f"python -m benchmarks.cold_start --starts {options.starts}"
    text = f"{table(ours, floor)}\n\n{measured_line(command)} {load} Chromium {version}."
    print(text)
    if options.write:
        replace_block(options.write, "cold-start", text)


if __name__ == "__main__":
    main()
