"""Engines: connections with the settings that the store's promises rest on."""

import sqlite3
from typing import Any

from sqlalchemy import Connection, Engine, StaticPool, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from workbench.storage import journal
from workbench.storage.place import Place
from workbench.store import StoreError

PATIENCE_S = 10.0
"""How long a write waits for others before it gives up."""

_WRITES = "dryrun_writes"


def connect(place: Place, patience_s: float) -> Engine:
    """Return an engine for a place; nothing is opened yet.

    Raises:
        StoreError: If the driver is not installed.
    """
    if place.is_sqlite:
        return _sqlite_engine(place, patience_s)
    return _postgresql_engine(place, patience_s)


def writer(engine: Engine) -> Engine:
    """Return a view of the engine whose transactions may write."""
    return engine.execution_options(**{_WRITES: True})


def reader(engine: Engine) -> Engine:
    """Return a view of the engine whose transactions see one moment, however many statements."""
    if engine.dialect.name == "sqlite":
        return engine  # a transaction sees a snapshot, or holds writers off, by itself
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def choose_journal(connection: sqlite3.Connection) -> journal.JournalMode:
    """Give a SQLite file the journal that this library can be trusted with.

    The mode of a write-ahead log is kept in the file, so this is done once per opening. A file
    that others have open may refuse to leave the log; that is an error, as using it is not safe.
    A file that may not be written stays as it is: opening it fails later, with a clear reason.
    """
    wanted = journal.trusted_journal(sqlite3.sqlite_version_info)
    present = connection.execute("PRAGMA journal_mode").fetchone()[0]
    if present == "memory" or present == wanted:
        return wanted
    connection.execute(f"PRAGMA journal_mode = {wanted}")
    return wanted


def _sqlite_engine(place: Place, patience_s: float) -> Engine:
    options: dict[str, Any] = {"pool_size": 8, "max_overflow": 56, "pool_timeout": patience_s}
    if place.in_memory:
        options = {"poolclass": StaticPool}  # each further connection would be another database
    engine = create_engine(
        place.url,
        hide_parameters=True,
        connect_args={"timeout": patience_s, "check_same_thread": False},
        **options,
    )

    @event.listens_for(engine, "connect")
    def _prepare(raw: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        # The driver would begin transactions on its own, deferred; the listener below does it.
        raw.isolation_level = None
        cursor = raw.cursor()
        for pragma in (
            "foreign_keys = ON",
            "synchronous = FULL",
            "recursive_triggers = ON",  # INSERT OR REPLACE must meet the triggers against DELETE
            "secure_delete = ON",  # what is purged leaves no trace in free pages
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A deferred transaction that reads first and then writes fails at once with "database is
        # locked" when another one has written in between, whatever the busy timeout.
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgresql_engine(place: Place, patience_s: float) -> Engine:
    try:
        engine = create_engine(
            place.url,
            hide_parameters=True,
            pool_size=8,
            max_overflow=24,
            pool_timeout=patience_s,
            pool_pre_ping=True,
            connect_args={"connect_timeout": max(2, round(patience_s))},
        )
    except ImportError:
        raise StoreError(
            "PostgreSQL needs a driver that is not installed; run "
            "`python -m pip install -r requirements-postgres.txt`."
        ) from None

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if connection.get_execution_options().get(_WRITES, False):
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{round(patience_s * 1000)}ms'")

    return engine
