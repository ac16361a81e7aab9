"""Measuring both journals on one machine, whatever its SQLite library should be trusted with."""

import sqlite3

from workbench.storage import journal


def force_journal(mode: str | None) -> journal.JournalMode:
    """Make the stores that this process opens use a journal mode.

    Only a measurement may do this: see `workbench.storage.journal` for what may happen to a
    write-ahead log in an affected version.

    Args:
        mode: `wal` or `delete`; None leaves the choice to the store.

    Returns:
        The mode that stores now use.
    """
    if mode is None:
        return journal.trusted_journal(sqlite3.sqlite_version_info)
    wanted: journal.JournalMode = "wal" if mode == "wal" else "delete"

    def trusted_journal(version: tuple[int, int, int]) -> journal.JournalMode:
        return wanted

    journal.trusted_journal = trusted_journal
    return wanted
