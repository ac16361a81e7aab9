"""Opening a store: folders, journal, schema, and a clear word when it cannot be done."""

import sqlite3
from contextlib import closing

from sqlalchemy import Engine, delete, false

from workbench.storage.connecting import PATIENCE_S, choose_journal, connect, writer
from workbench.storage.failures import explained
from workbench.storage.place import Place, default_database_url, read_place
from workbench.storage.schema import bring_up_to_date
from workbench.storage.sql_store import SqlStore
from workbench.storage.tables import purge_ticket

__all__ = ["default_database_url", "open_store"]


def open_store(url: str, *, patience_s: float = PATIENCE_S) -> SqlStore:
    """Open a store, creating or upgrading its database.

    Args:
        url: `sqlite:///PATH` or `postgresql://USER:PASSWORD@HOST/NAME`.
        patience_s: How long a write waits for others before it gives up.

    Raises:
        StoreError: If the database cannot be used; the message says what to do about it.
    """
    place = read_place(url)
    with explained(place.shown):
        _prepare_file(place, patience_s)
        engine = connect(place, patience_s)
        try:
            bring_up_to_date(engine, place)
            _try_to_write(engine)
        except BaseException:
            engine.dispose()  # an open handle would keep the file from being moved on Windows
            raise
    return SqlStore(engine, place, patience_s)


def _prepare_file(place: Place, patience_s: float) -> None:
    if place.file is None:
        return
    place.file.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(place.file, timeout=patience_s)) as connection:
        choose_journal(connection)


def _try_to_write(engine: Engine) -> None:
    # SQLite lets a transaction begin on a file that may only be read; the first write tells.
    with writer(engine).begin() as connection:
        connection.execute(delete(purge_ticket).where(false()))
