"""A database's address: what to connect to, and how to name it without its password."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from workbench.store import StoreError

FILE_NAME = "dryrun.sqlite3"


@dataclass(frozen=True)
class Place:
    """Where a database is."""

    url: URL
    shown: str
    """For people: a file's path, or a server's address without password and options."""

    @property
    def is_sqlite(self) -> bool:
        """Tell SQLite from PostgreSQL."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def file(self) -> Path | None:
        """The database file; None for a server and for a database in memory."""
        name = self.url.database
        if not self.is_sqlite or not name or name == ":memory:" or name.startswith("file:"):
            return None
        return Path(name).absolute()

    @property
    def in_memory(self) -> bool:
        """Tell whether it is gone when it is closed."""
        return self.is_sqlite and self.url.database in {None, "", ":memory:"}


def default_database_url(data_dir: Path) -> str:
    """Return the URL of the database in a folder for a user's data."""
    path = data_dir.absolute() / FILE_NAME
    return URL.create("sqlite", database=str(path)).render_as_string(hide_password=False)


def read_place(url: str) -> Place:
    """Read a database URL.

    Args:
        url: Such as `sqlite:///work.sqlite3` or `postgresql://user:password@host/name`.

    Raises:
        StoreError: If it is no URL of a database that Dryrun knows; the URL is not repeated,
            as it may hold a password.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise StoreError(
            "DRYRUN_DATABASE_URL is not a database URL; write sqlite:///PATH or "
            "postgresql://USER:PASSWORD@HOST/NAME."
        ) from None
    name = parsed.drivername
    if name in {"sqlite", "sqlite+pysqlite"}:
        place = Place(parsed.set(drivername="sqlite"), "in memory")
        if place.in_memory:
            return place
        return Place(place.url, str(place.file or parsed.database))
    if name in {"postgres", "postgresql", "postgresql+psycopg"}:
        bare = URL.create("postgresql", parsed.username, None, parsed.host, parsed.port)
        shown = bare.set(database=parsed.database).render_as_string()
        return Place(parsed.set(drivername="postgresql+psycopg"), shown)
    raise StoreError(
        "DRYRUN_DATABASE_URL names a kind of database that Dryrun does not know; "
        "use sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME."
    )
