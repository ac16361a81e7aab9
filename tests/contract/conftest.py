"""Fixtures of the use cases: a clock, a desk over a new SQLite store, and a model's server."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from command_lines import run
from desks import Clock, a_desk
from llm_server import LlmServer, running
from made_reports import blank, content, doubted, exemplary, hostile, report
from model_stand_ins import say_well
from practised import attempt, practice
from stores_of_every_kind import owner, postgres_url, store, url

from workbench.desk import Desk
from workbench.storage import default_database_url, open_store

__all__ = [  # fixtures that are made elsewhere
    "attempt", "blank", "content", "doubted", "exemplary", "hostile", "owner", "postgres_url",
    "practice", "report", "run", "store", "url",
]  # fmt: skip


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    with closing(open_store(default_database_url(tmp_path))) as store:
        yield a_desk(store, clock)


@pytest.fixture(scope="session")
def _llm_server() -> Iterator[LlmServer]:
    with running(say_well) as started:
        yield started


@pytest.fixture
def server(_llm_server: LlmServer) -> LlmServer:
    """A server that answers well until the test says otherwise."""
    _llm_server.begin_again(say_well)
    return _llm_server
