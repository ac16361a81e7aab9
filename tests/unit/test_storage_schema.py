"""Creating and upgrading the tables."""

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from workbench.storage import default_database_url, open_store, store_facts
from workbench.storage.connecting import connect
from workbench.storage.place import read_place
from workbench.storage.schema import CURRENT, Schema, back_up, bring_up_to_date
from workbench.storage.tables import VERSION_TABLE, metadata
from workbench.store import AttemptHeader, Edit, StoreError

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
ID = "an-attempt-of-mine"

HEAD = CURRENT.head
NEXT = f"{int(HEAD) + 1:04}"
LATER = f"""
import sqlalchemy as sa
from alembic import op

revision = "{NEXT}"
down_revision = "{HEAD}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("attempt", sa.Column("mood", sa.Text, nullable=True))
    op.execute("UPDATE attempt SET mood = 'calm'")
"""  # noqa: S608 -- a migration script with revision numbers in it, not a query


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A database of the current schema with a text in it."""
    url = default_database_url(tmp_path)
    with closing(open_store(url)) as store:
        store.create(
            AttemptHeader(
                id=ID,
                owner="me",
                prompt_id="fraud-detection",
                prompt_hash="ab" * 32,
                budget_minutes=45,
                created_at=NOON,
            )
        )
        store.save("me", ID, Edit(part="data", body="kept", parent=0), NOON)
    return url


def _later(folder: Path, script: str = LATER) -> Schema:
    shutil.copytree(CURRENT.scripts, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / f"rev_{NEXT}_later.py").write_text(script, encoding="utf-8")
    return Schema(folder, NEXT)


def _upgrade(url: str, schema: Schema) -> None:
    place = read_place(url)
    engine = connect(place, 5)
    try:
        bring_up_to_date(engine, place, schema)
    finally:
        engine.dispose()


def _query(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def test_the_head_named_in_the_code_is_that_of_the_scripts() -> None:
    assert ScriptDirectory(str(CURRENT.scripts)).get_heads() == [CURRENT.head]


def test_scripts_are_named_after_their_revision() -> None:
    scripts = ScriptDirectory(str(CURRENT.scripts)).walk_revisions()
    assert all(Path(one.path).stem.startswith(f"rev_{one.revision}_") for one in scripts)


def test_the_migrations_make_the_tables_that_the_code_sees(tmp_path: Path) -> None:
    with closing(open_store(default_database_url(tmp_path))) as store, store.reading() as found:
        context = MigrationContext.configure(found, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, metadata) == []


def test_an_upgrade_keeps_the_data_and_a_copy(url: str, tmp_path: Path) -> None:
    _upgrade(url, _later(tmp_path / "scripts of a later version"))
    file = tmp_path / "dryrun.sqlite3"
    assert _query(file, "SELECT mood FROM attempt") == [("calm",)]
    assert _query(file, "SELECT body FROM revision") == [("kept",)]
    assert _query(file, "SELECT version_num FROM dryrun_schema") == [(NEXT,)]
    copy = tmp_path / f"dryrun.backup-{HEAD}.sqlite3"
    with closing(open_store(f"sqlite:///{copy}")) as old:
        assert old.load("me", ID).parts["data"].body == "kept"
        assert store_facts(old).schema_revision == HEAD


def test_an_upgrade_that_fails_changes_nothing(url: str, tmp_path: Path) -> None:
    broken = LATER + "    raise RuntimeError('half way')\n"
    with pytest.raises(RuntimeError, match="half way"):
        _upgrade(url, _later(tmp_path / "scripts", broken))
    with closing(open_store(url)) as store:
        assert store.load("me", ID).parts["data"].body == "kept"
        facts = store_facts(store)
    assert (facts.schema_revision, facts.integrity) == (HEAD, "ok")
    columns = _query(tmp_path / "dryrun.sqlite3", "SELECT name FROM pragma_table_info('attempt')")
    assert ("mood",) not in columns


def test_no_copy_is_made_of_what_is_new_or_up_to_date(url: str, tmp_path: Path) -> None:
    open_store(url).close()
    assert list(tmp_path.glob("*backup*")) == []


def test_an_older_copy_is_not_overwritten(url: str, tmp_path: Path) -> None:
    file = tmp_path / "dryrun.sqlite3"
    names = [back_up(file, "0001").name for _ in range(3)]
    assert names == [
        "dryrun.backup-0001.sqlite3",
        "dryrun.backup-0001-2.sqlite3",
        "dryrun.backup-0001-3.sqlite3",
    ]
    assert list(tmp_path.glob("*.partial*")) == []


def test_a_database_of_a_newer_version_is_left_alone(url: str, tmp_path: Path) -> None:
    _upgrade(url, _later(tmp_path / "scripts"))
    file = tmp_path / "dryrun.sqlite3"
    before = file.read_bytes()
    with pytest.raises(StoreError, match=rf"newer Dryrun.*{NEXT}.*install the newest"):
        open_store(url)
    assert file.read_bytes() == before


def test_the_working_directory_does_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "some where else"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    with closing(open_store(default_database_url(tmp_path / "data"))) as store:
        assert store_facts(store).schema_revision == CURRENT.head
    assert list(elsewhere.iterdir()) == []
