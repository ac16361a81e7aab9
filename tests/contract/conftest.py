"""Fixtures of the use cases: a clock, and a desk over a new SQLite store."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from desks import Clock, a_desk

from workbench.desk import Desk
from workbench.storage import default_database_url, open_store


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    with closing(open_store(default_database_url(tmp_path))) as store:
        yield a_desk(store, clock)
