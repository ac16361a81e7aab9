"""Settings come from the environment and are read once."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from workbench.settings import LOCAL_OWNER, read_settings


def test_without_an_environment_work_is_kept_in_the_users_folder() -> None:
    settings = read_settings({})
    assert settings.database_url is None
    assert settings.data_dir.is_absolute()
    assert settings.data_dir.name == "dryrun"
    assert settings.owner == LOCAL_OWNER


def test_the_folder_and_the_database_can_be_chosen(tmp_path: Path) -> None:
    settings = read_settings(
        {"DRYRUN_DATA_DIR": str(tmp_path), "DRYRUN_DATABASE_URL": "sqlite:///other.sqlite3"}
    )
    assert settings.data_dir == tmp_path
    assert settings.database_url == "sqlite:///other.sqlite3"


def test_empty_variables_are_as_good_as_none() -> None:
    assert read_settings({"DRYRUN_DATA_DIR": "", "DRYRUN_DATABASE_URL": ""}) == read_settings({})


def test_a_tilde_is_the_home_folder() -> None:
    assert read_settings({"DRYRUN_DATA_DIR": "~/practice"}).data_dir == Path.home() / "practice"


def test_a_home_that_nobody_has_is_taken_as_it_is_written() -> None:
    settings = read_settings({"DRYRUN_DATA_DIR": "~no-such-user-here/practice"})
    assert settings.data_dir == Path("~no-such-user-here/practice")


def test_the_own_environment_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRYRUN_DATA_DIR", "/somewhere")
    monkeypatch.delenv("DRYRUN_DATABASE_URL", raising=False)
    assert read_settings().data_dir == Path("/somewhere")


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError):
        read_settings({}).owner = "somebody"  # type: ignore[misc]
