"""A store of every kind that the product knows, and an owner that no other test has.

Those of SQLite are empty. A PostgreSQL server is shared by all processes of a run, so each makes
itself a database there: what a test counts is then changed by no test that runs beside it.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from workbench.storage import default_database_url, open_store
from workbench.storage import journal as journals
from workbench.storage.place import read_place
from workbench.storage.sql_store import SqlStore

POSTGRES_URL = os.environ.get("DRYRUN_TEST_POSTGRES_URL")
KINDS = ["sqlite", "sqlite-log", "sqlite-memory"]
if POSTGRES_URL:
    KINDS.append("postgresql")


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of a database of this process alone; it is dropped at the end."""
    server = read_place(POSTGRES_URL or "").url
    name = f"dryrun_{secrets.token_hex(6)}"
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    yield server.set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "postgresql":
        address: str = request.getfixturevalue("postgres_url")
        return address
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
    return f"owner-{secrets.token_hex(8)}"  # the tests of a process share its database on a server
