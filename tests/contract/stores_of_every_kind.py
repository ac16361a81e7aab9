"""A store of every kind that the product knows, empty, and an owner that no other test has."""

import os
import secrets
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from workbench.storage import default_database_url, open_store
from workbench.storage import journal as journals
from workbench.storage.sql_store import SqlStore

POSTGRES_URL = os.environ.get("DRYRUN_TEST_POSTGRES_URL")
KINDS = ["sqlite", "sqlite-log", "sqlite-memory"]
if POSTGRES_URL:
    KINDS.append("postgresql")


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "postgresql":
        return POSTGRES_URL or ""
    if request.param == "sqlite-memory":
        return "sqlite://"
    journal = "wal" if request.param == "sqlite-log" else "delete"
    monkeypatch.setattr(journals, "trusted_journal", lambda _version: journal)
    return default_database_url(tmp_path)


@pytest.fixture
def store(url: str) -> Iterator[SqlStore]:
    with closing(open_store(url)) as opened:
        yield opened


@pytest.fixture
def owner() -> str:
    return f"owner-{secrets.token_hex(8)}"  # a server's database is shared between tests
