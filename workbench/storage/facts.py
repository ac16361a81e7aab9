"""What the doctor asks of a store."""

import sqlite3

from sqlalchemy import Connection, Table, func, select

from designs.content_hash import text_hash
from designs.record import Record
from workbench.storage import tables
from workbench.storage.schema import schema_revision
from workbench.storage.sql_store import SqlStore
from workbench.store import Store, StoreError


class StoreFacts(Record):
    """How a store is set up and whether it is well."""

    url: str
    """Path or address, without password and options."""
    engine: str
    """Name and version of the database."""
    journal_mode: str
    """`delete` or `wal`; a dash where the database decides by itself."""
    schema_revision: str
    integrity: str
    """`ok`, or what SQLite's own check found first; PostgreSQL has no such check."""
    attempts: int
    revisions: int
    damaged_revisions: int
    """Saved texts whose hash is no longer the one noted when they were saved."""


def store_facts(store: Store) -> StoreFacts:
    """Examine a store: its own integrity check, and the hash of every saved text.

    Raises:
        StoreError: If it cannot be read, or keeps its work elsewhere than in a database.
    """
    if not isinstance(store, SqlStore):
        raise StoreError("This store is not a database: there is nothing to examine.")
    with store.reading() as connection:
        sqlite = connection.dialect.name == "sqlite"
        return StoreFacts(
            url=store.place.shown,
            engine=f"SQLite {sqlite3.sqlite_version}" if sqlite else _server(connection),
            journal_mode=_pragma(connection, "journal_mode") if sqlite else "-",
            schema_revision=schema_revision(connection) or "none",
            integrity=_pragma(connection, "integrity_check") if sqlite else "not checked",
            attempts=_count(connection, tables.attempt),
            revisions=_count(connection, tables.revision),
            damaged_revisions=_damaged(connection),
        )


def _server(connection: Connection) -> str:
    version = connection.exec_driver_sql("SHOW server_version").scalar_one()
    return f"PostgreSQL {version}"


def _pragma(connection: Connection, name: str) -> str:
    return str(connection.exec_driver_sql(f"PRAGMA {name}").scalars().first())


def _count(connection: Connection, what: Table) -> int:
    return connection.scalar(select(func.count()).select_from(what)) or 0


def _damaged(connection: Connection) -> int:
    kept = tables.revision.c
    rows = connection.execution_options(yield_per=200).execute(select(kept.body, kept.sha256))
    return sum(text_hash(body) != sha256 for body, sha256 in rows)
