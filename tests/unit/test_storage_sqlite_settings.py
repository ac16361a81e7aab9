"""The settings that SQLite's promises rest on."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import event

from workbench.storage import default_database_url, open_store, store_facts
from workbench.storage import journal as journals
from workbench.storage.journal import trusted_journal
from workbench.storage.sql_store import SqlStore
from workbench.store import AttemptHeader, Edit, StoreError

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
HEADER = AttemptHeader(
    id="an-attempt-of-mine",
    owner="me",
    prompt_id="fraud-detection",
    prompt_hash="ab" * 32,
    budget_minutes=45,
    created_at=NOON,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with closing(open_store(default_database_url(tmp_path))) as opened:
        opened.create(HEADER)
        yield opened


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 6, 23), "delete"),
        ((3, 7, 0), "delete"),
        ((3, 40, 1), "delete"),
        ((3, 44, 5), "delete"),
        ((3, 44, 6), "wal"),
        ((3, 45, 0), "delete"),
        ((3, 49, 9), "delete"),
        ((3, 50, 6), "delete"),
        ((3, 50, 7), "wal"),
        ((3, 51, 0), "delete"),
        ((3, 51, 2), "delete"),
        ((3, 51, 3), "wal"),
        ((3, 53, 0), "wal"),
        ((4, 0, 0), "wal"),
    ],
)
def test_the_log_is_used_only_where_it_is_repaired(
    version: tuple[int, int, int], mode: str
) -> None:
    assert trusted_journal(version) == mode


def test_this_library_gets_the_journal_it_can_be_trusted_with(store: SqlStore) -> None:
    assert store_facts(store).journal_mode == trusted_journal(sqlite3.sqlite_version_info)


@pytest.mark.parametrize("mode", ["wal", "delete"])
def test_a_file_changes_its_journal_when_the_library_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    url = default_database_url(tmp_path)
    other = "delete" if mode == "wal" else "wal"
    monkeypatch.setattr(journals, "trusted_journal", lambda _version: other)
    open_store(url).close()
    monkeypatch.setattr(journals, "trusted_journal", lambda _version: mode)
    with closing(open_store(url)) as store:
        assert store_facts(store).journal_mode == mode


def test_a_log_that_others_hold_open_is_not_used_by_an_affected_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = default_database_url(tmp_path)
    monkeypatch.setattr(journals, "trusted_journal", lambda _version: "wal")
    with closing(open_store(url)) as first:
        first.create(HEADER)
        monkeypatch.setattr(journals, "trusted_journal", lambda _version: "delete")
        with pytest.raises(StoreError, match="close what else has it open"):
            open_store(url, patience_s=0.1)


def test_every_connection_has_the_settings(store: SqlStore) -> None:
    with store.reading() as one, store.reading() as another:
        for connection in (one, another):
            values = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
                for name in ("synchronous", "foreign_keys", "busy_timeout", "recursive_triggers")
            }
            assert values == {
                "synchronous": 2,  # FULL
                "foreign_keys": 1,
                "busy_timeout": 10_000,
                "recursive_triggers": 1,
            }


def _statements(store: SqlStore) -> list[str]:
    seen: list[str] = []

    @event.listens_for(store._engine, "connect", insert=False)
    def _trace(raw: sqlite3.Connection, _entry: object) -> None:
        raw.set_trace_callback(seen.append)

    store._engine.dispose()  # so that the next connection is a traced one
    return seen


def test_writes_begin_immediate_and_reads_do_not(store: SqlStore) -> None:
    seen = _statements(store)
    store.save("me", HEADER.id, Edit(part="data", body="text", parent=0), NOON)
    begun = [one for one in seen if one.startswith(("BEGIN", "COMMIT", "ROLLBACK"))]
    assert begun == ["BEGIN IMMEDIATE", "COMMIT"]
    first_touch = next(n for n, one in enumerate(seen) if "attempt" in one)
    assert seen.index("BEGIN IMMEDIATE") < first_touch
    seen.clear()
    store.load("me", HEADER.id)
    begun = [one for one in seen if one.startswith(("BEGIN", "COMMIT", "ROLLBACK"))]
    assert begun[0] == "BEGIN"
    assert "BEGIN IMMEDIATE" not in begun


def test_a_refused_write_is_rolled_back(store: SqlStore) -> None:
    seen = _statements(store)
    with pytest.raises(StoreError):
        store.create(HEADER)
    assert seen[-1] == "ROLLBACK"


def _holds(folder: Path, words: bytes) -> bool:
    # The -shm file is an index without text, and locked on Windows while it is in use.
    files = [path for path in folder.iterdir() if not path.name.endswith("-shm")]
    return any(words in path.read_bytes() for path in files)


def test_a_purged_text_is_gone_from_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for mode in ("delete", "wal"):
        monkeypatch.setattr(journals, "trusted_journal", lambda _version, mode=mode: mode)
        folder = tmp_path / mode
        with closing(open_store(default_database_url(folder))) as store:
            store.create(HEADER)
            store.save("me", HEADER.id, Edit(part="data", body="a canary " * 900, parent=0), NOON)
            assert _holds(folder, b"a canary")
            store.purge("me", HEADER.id)
            assert not _holds(folder, b"a canary")
