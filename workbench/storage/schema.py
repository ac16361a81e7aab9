"""The schema of a database: which revision it is of, and how it is brought up to date."""

import sqlite3
import threading
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, column, inspect, select, table, text

from workbench.storage.connecting import reader, writer
from workbench.storage.place import Place
from workbench.storage.tables import VERSION_TABLE
from workbench.store import StoreError

_UPGRADE_LOCK = 0x44525952  # "DRYR"; any number that no other program is likely to lock
_ONE_AT_A_TIME = threading.Lock()  # Alembic keeps the running upgrade in a global


@dataclass(frozen=True)
class Schema:
    """The migration scripts and the newest revision among them."""

    scripts: Path
    head: str
    """Named here so that a database that is up to date is opened without importing Alembic."""


CURRENT = Schema(Path(__file__).parent / "migrations", "0003")


def schema_revision(connection: Connection) -> str | None:
    """Return the revision of a database; None if it has none."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found = connection.scalar(select(column("version_num")).select_from(table(VERSION_TABLE)))
    return None if found is None else str(found)


def bring_up_to_date(engine: Engine, place: Place, schema: Schema = CURRENT) -> None:
    """Create or upgrade the tables; a SQLite file is copied first.

    Raises:
        StoreError: If the database is newer than this program or belongs to another one.
    """
    with reader(engine).begin() as connection:
        if schema_revision(connection) == schema.head:
            return
    with _ONE_AT_A_TIME, writer(engine).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_UPGRADE_LOCK})"))
        present = schema_revision(connection)  # another process may have been faster
        if present == schema.head:
            return
        if present is None:
            _refuse_foreign(connection, place)
        else:
            _refuse_newer(present, place, schema)
            if place.file is not None:
                back_up(place.file, present)
        _upgrade(connection, schema)


def back_up(file: Path, revision: str) -> Path:
    """Copy a SQLite file beside itself, complete or not at all.

    Returns:
        The copy; its name holds the schema revision, and no older copy is overwritten.
    """
    target = _unused(file, revision)
    partial = target.with_name(target.name + ".partial")
    partial.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(partial)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    return target


def _unused(file: Path, revision: str) -> Path:
    number = 1
    while True:
        suffix = "" if number == 1 else f"-{number}"
        target = file.with_name(f"{file.stem}.backup-{revision}{suffix}{file.suffix}")
        if not target.exists():
            return target
        number += 1


def _refuse_foreign(connection: Connection, place: Place) -> None:
    if inspect(connection).get_table_names():
        raise StoreError(
            f"The database {place.shown} has tables of another program; "
            "set DRYRUN_DATABASE_URL to an empty or new database."
        )


def _refuse_newer(present: str, place: Place, schema: Schema) -> None:
    known = {path.stem.split("_")[1] for path in (schema.scripts / "versions").glob("rev_*.py")}
    if present not in known:
        raise StoreError(
            f"The database {place.shown} was written by a newer Dryrun (its schema is {present}, "
            f"this one knows {schema.head}); install the newest Dryrun, or point "
            "DRYRUN_DATABASE_URL elsewhere."
        )


def _upgrade(connection: Connection, schema: Schema) -> None:
    # Imported here: most openings need no upgrade, and the command line should start fast.
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory(str(schema.scripts))

    def steps(present: object, _context: MigrationContext) -> list[object]:
        return list(scripts._upgrade_revs(schema.head, present))  # type: ignore[arg-type]

    # No alembic.ini and no env.py: the transaction is ours, so an upgrade is done whole or not.
    with EnvironmentContext(Config(), scripts, fn=steps) as environment:
        environment.configure(
            connection=connection,
            version_table=VERSION_TABLE,
            render_as_batch=True,
            transactional_ddl=True,
        )
        environment.run_migrations()
