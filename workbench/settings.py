"""Settings: what the environment decides, read once at the door."""

import os
from collections.abc import Mapping
from pathlib import Path

import platformdirs

from designs.record import Record

LOCAL_OWNER = "local"
"""Owner of everything on a single-user installation."""


class Settings(Record):
    """Where things are kept and for whom."""

    database_url: str | None = None
    """An SQLAlchemy URL; None means SQLite in `data_dir`."""
    data_dir: Path
    owner: str = LOCAL_OWNER


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from environment variables.

    Args:
        environ: `DRYRUN_DATABASE_URL` overrides the database, `DRYRUN_DATA_DIR` the folder that
            holds it (by default the platform's folder for a user's application data). The
            process's own environment if None.
    """
    values = os.environ if environ is None else environ
    folder = values.get("DRYRUN_DATA_DIR") or platformdirs.user_data_dir("dryrun", appauthor=False)
    return Settings(
        database_url=values.get("DRYRUN_DATABASE_URL") or None,
        data_dir=_at_home(Path(folder)),
    )


def _at_home(folder: Path) -> Path:
    try:
        return folder.expanduser()
    except RuntimeError:  # `~name` without such a user is a name like any other
        return folder
