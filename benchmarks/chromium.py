"""Where Chromium is on this computer, and how benchmarks and browser tests start it."""

import os
import shutil

EXECUTABLE_VARIABLE = "DRYRUN_CHROMIUM"
_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "microsoft-edge",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


def chromium() -> str | None:
    """Return the executable that is driven, or None if there is none."""
    named = os.environ.get(EXECUTABLE_VARIABLE)
    candidates = (named,) if named else _NAMES
    return next((found for name in candidates if (found := shutil.which(name))), None)


def why_absent() -> str:
    """Return the reason for which browser tests are skipped."""
    named = os.environ.get(EXECUTABLE_VARIABLE)
    if named:
        return f"{EXECUTABLE_VARIABLE} names {named}, which is no executable"
    return f"Chromium was not found; install it or set {EXECUTABLE_VARIABLE} to its executable"
