"""Settings: what the environment decides, read once at the door."""

import os
from collections.abc import Mapping
from pathlib import Path

import platformdirs
from pydantic import SecretStr

from designs.record import Record

LOCAL_OWNER = "local"
"""Owner of everything on a single-user installation."""


class LlmSettings(Record):
    """The language model that the page starts from; nothing is asked before somebody says so."""

    base_url: str = ""
    model: str = ""
    api_key: SecretStr = SecretStr("")
    api_version: str = ""
    allowed_hosts: tuple[str, ...] = ()
    """The only servers that may be asked, set by whoever runs a shared installation."""


class Settings(Record):
    """Where things are kept and for whom."""

    database_url: str | None = None
    """An SQLAlchemy URL; None means SQLite in `data_dir`."""
    data_dir: Path
    owner: str = LOCAL_OWNER
    llm: LlmSettings = LlmSettings()


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from environment variables.

    Args:
        environ: `DRYRUN_DATABASE_URL` overrides the database, `DRYRUN_DATA_DIR` the folder that
            holds it (by default the platform's folder for a user's application data).
            `DRYRUN_LLM_BASE_URL`, `DRYRUN_LLM_MODEL`, `DRYRUN_LLM_API_KEY` and
            `DRYRUN_LLM_API_VERSION` fill in the fields of the second opinion, and
            `DRYRUN_LLM_HOSTS`, separated by commas, names the only servers that may be asked.
            The process's own environment if None.
    """
    values = os.environ if environ is None else environ
    folder = values.get("DRYRUN_DATA_DIR") or platformdirs.user_data_dir("dryrun", appauthor=False)
    return Settings(
        database_url=values.get("DRYRUN_DATABASE_URL") or None,
        data_dir=_at_home(Path(folder)),
        llm=_read_llm(values),
    )


def _read_llm(values: Mapping[str, str]) -> LlmSettings:
    hosts = [one.strip().lower() for one in values.get("DRYRUN_LLM_HOSTS", "").split(",")]
    return LlmSettings(
        base_url=values.get("DRYRUN_LLM_BASE_URL", ""),
        model=values.get("DRYRUN_LLM_MODEL", ""),
        api_key=SecretStr(values.get("DRYRUN_LLM_API_KEY", "")),
        api_version=values.get("DRYRUN_LLM_API_VERSION", ""),
        allowed_hosts=tuple(one for one in hosts if one),
    )


def _at_home(folder: Path) -> Path:
    try:
        return folder.expanduser()
    except RuntimeError:  # `~name` without such a user is a name like any other
        return folder
