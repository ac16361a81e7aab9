"""The order of the test files: those that wait for a browser stand between those that compute.

Whole files are handed to the next free process, in this order. All browser tests at once would
overrun the processors, and after them these would be idle while the last one waits.
"""

from pathlib import Path

import pytest

_BROWSER = Path(__file__).parent / "browser"
_EARLY = 1 / 3
"""Share of the other files beside which all browser files begin. The first of the others are those
of pages and of content, which take the longest; the last are short, so that all ends together."""


@pytest.hookimpl(trylast=True)  # pytest itself puts tests together that share a browser
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    files = list(dict.fromkeys(one.path for one in items))
    waiting = [one for one in files if _BROWSER in one.parents]
    computing = [one for one in files if _BROWSER not in one.parents]
    step = _EARLY * len(computing) / max(1, len(waiting))
    places = {path: number * step for number, path in enumerate(waiting)}
    places |= {path: float(number) for number, path in enumerate(computing)}
    items.sort(key=lambda one: (places[one.path], str(one.path)))
