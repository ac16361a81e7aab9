"""What went wrong, in one sentence: what, where and how to mend it.

No sentence holds the driver's own words: those may quote what a learner wrote.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from workbench.store import StoreError

ELSEWHERE = "set DRYRUN_DATABASE_URL to another place"

_BUSY = "is being written by another program and did not become free; close what else has it open"
_READ_ONLY = (
    f"cannot be written; allow writing to it (for a file, to its folder too) or {ELSEWHERE}"
)
_FULL = f"cannot grow because the disk is full; free some space or {ELSEWHERE}"
_CLOSED = (
    f"cannot be opened; check that its folder exists and may be read and written, or {ELSEWHERE}"
)
_IO = "could not be read or written; check the disk it is on, then restart Dryrun"
_DAMAGED = "is damaged; keep a copy, then put back the newest backup that lies beside it"
_NO_DATABASE = f"is not a database of Dryrun; move that file away or {ELSEWHERE}"

_SQLITE = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_CANTOPEN: _CLOSED,
    sqlite3.SQLITE_IOERR: _IO,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _NO_DATABASE,
}

_POSTGRESQL = {
    "55P03": _BUSY,
    "40P01": _BUSY,
    "40001": _BUSY,
    "25006": _READ_ONLY,
    "42501": _READ_ONLY,
    "53100": _FULL,
    "53300": "has no connection free; raise max_connections or stop other programs that use it",
    "3D000": "does not exist; create that database first",
    "28000": "refused to let Dryrun in; check user and password in DRYRUN_DATABASE_URL",
    "28P01": "refused to let Dryrun in; check user and password in DRYRUN_DATABASE_URL",
}

_UNREACHABLE = "cannot be reached; check that the server runs and that DRYRUN_DATABASE_URL is right"


@contextmanager
def explained(place: str) -> Iterator[None]:
    """Turn errors of the driver into a StoreError.

    Args:
        place: Where the database is, for people and without a password.
    """
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, UnicodeError, OSError) as error:
        # SQLAlchemy wraps what a column type raises; ours are already sentences.
        inner = getattr(error, "orig", None)
        if isinstance(inner, StoreError):
            raise inner from None
        raise StoreError(f"The database {place} {_reason(error)}.") from None


def _reason(error: Exception) -> str:
    if isinstance(error, PoolTimeoutError):
        return _BUSY
    driver = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(driver, "sqlite_errorcode", None)
    if isinstance(code, int) and (code & 0xFF) in _SQLITE:
        return _SQLITE[code & 0xFF]  # the low byte is the kind, the rest a detail
    state = getattr(driver, "sqlstate", None)
    if isinstance(state, str):
        return _POSTGRESQL.get(state, _unknown(error, state))
    if isinstance(error, OperationalError | InterfaceError) and code is None:
        return _UNREACHABLE
    if isinstance(error, OSError):
        return _CLOSED
    return _unknown(error, str(code or ""))


def _unknown(error: Exception, code: str) -> str:
    detail = f"{type(error).__name__} {code}".strip()
    return f"could not do this ({detail}); restart Dryrun and look at the doctor's page"
