"""Which journal a SQLite library can be trusted with."""

from typing import Literal

JournalMode = Literal["delete", "wal"]


def trusted_journal(version: tuple[int, int, int]) -> JournalMode:
    """Return the journal mode for a version of the SQLite library.

    Versions 3.7.0 to 3.51.2 can corrupt a write-ahead log that two connections reset at the same
    moment; 3.44.6 and 3.50.7 carry the repair back (https://sqlite.org/wal.html, "The WAL-Reset
    Bug"). A rollback journal is slower and not affected.

    Args:
        version: `sqlite3.sqlite_version_info`.
    """
    return "wal" if _log_reset_is_repaired(version) else "delete"


def _log_reset_is_repaired(version: tuple[int, int, int]) -> bool:
    if version[:2] in {(3, 44), (3, 50)}:
        return version >= ((3, 44, 6) if version[1] == 44 else (3, 50, 7))
    return version >= (3, 51, 3)
