"""Opening what cannot be opened: one clear sentence, and no word of a learner's text."""

import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import event

from workbench.storage import default_database_url, open_store, store_facts
from workbench.storage.place import read_place
from workbench.storage.schema import CURRENT
from workbench.storage.sql_store import SqlStore
from workbench.store import AttemptHeader, Edit, StoreError

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
HEADER = AttemptHeader(
    id="an-attempt-of-mine",
    owner="me",
    prompt_id="fraud-detection",
    prompt_hash="ab" * 32,
    budget_minutes=45,
    created_at=NOON,
)
CANARY = "my-private-answer"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with closing(open_store(default_database_url(tmp_path), patience_s=0.2)) as opened:
        opened.create(HEADER)
        yield opened


def _save(store: SqlStore, body: str = CANARY) -> None:
    store.save("me", HEADER.id, Edit(part="data", body=body, parent=0), NOON)


@pytest.mark.parametrize(
    "folder",
    ["plain", "with space", "per%20cent", "100%", "hash#mark", "what?now=1", "é 日本", "a+b&c;d"],
)
def test_any_folder_will_do_and_is_made(tmp_path: Path, folder: str) -> None:
    if sys.platform == "win32" and "?" in folder:
        pytest.skip("Windows allows no question mark in a name")
    data_dir = tmp_path / folder / "deeper"
    with closing(open_store(default_database_url(data_dir))) as store:
        assert store_facts(store).url == str(data_dir / "dryrun.sqlite3")
    assert (data_dir / "dryrun.sqlite3").is_file()


def test_many_may_open_a_new_database_at_once(tmp_path: Path) -> None:
    url = default_database_url(tmp_path)

    def work(_number: int) -> str:
        with closing(open_store(url)) as store:
            return store_facts(store).schema_revision

    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(work, range(6))) == {CURRENT.head}
    assert list(tmp_path.glob("*backup*")) == []  # who came second had nothing to upgrade


def test_many_processes_may_open_a_new_database_at_once(tmp_path: Path) -> None:
    code = "import sys; from workbench.storage import open_store; open_store(sys.argv[1]).close()"
    root = Path(__file__).parents[2]
    children = [
        subprocess.Popen([sys.executable, "-c", code, default_database_url(tmp_path)], cwd=root)
        for _ in range(4)
    ]
    assert [child.wait(60) for child in children] == [0, 0, 0, 0]


def _one_sentence(error: StoreError, *words: str) -> None:
    said = str(error)
    assert all(word in said for word in words), said
    assert "\n" not in said
    assert "Traceback" not in said
    assert re.search(r"[.]$", said)
    assert len(said) < 400


def test_something_else_than_a_database(tmp_path: Path) -> None:
    file = tmp_path / "dryrun.sqlite3"
    file.write_bytes(b"Dear diary, this is no database at all. " * 100)
    with pytest.raises(StoreError) as refused:
        open_store(default_database_url(tmp_path))
    _one_sentence(refused.value, str(file), "not a database of Dryrun", "DRYRUN_DATABASE_URL")
    assert file.read_bytes().startswith(b"Dear diary")


def test_a_database_of_another_program(tmp_path: Path) -> None:
    file = tmp_path / "dryrun.sqlite3"
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE photos (id INT)")
    with pytest.raises(StoreError) as refused:
        open_store(default_database_url(tmp_path))
    _one_sentence(refused.value, str(file), "another program", "DRYRUN_DATABASE_URL")
    with closing(sqlite3.connect(file)) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("photos",)]


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "dryrun.sqlite3").mkdir()
    with pytest.raises(StoreError) as refused:
        open_store(default_database_url(tmp_path))
    _one_sentence(refused.value, "cannot be opened")


def test_a_file_where_its_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(StoreError) as refused:
        open_store(default_database_url(tmp_path / "data"))
    _one_sentence(refused.value, "cannot be opened", "folder")


def test_a_database_that_may_only_be_read(tmp_path: Path) -> None:
    open_store(default_database_url(tmp_path)).close()
    file = tmp_path / "dryrun.sqlite3"
    with pytest.raises(StoreError) as refused:
        open_store(f"sqlite:///file:{file.as_posix()}?mode=ro&uri=true")
    _one_sentence(refused.value, "cannot be written", "allow writing")


def test_a_locked_database(store: SqlStore, tmp_path: Path) -> None:
    url = default_database_url(tmp_path)
    with closing(sqlite3.connect(tmp_path / "dryrun.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        for attempt in (lambda: open_store(url, patience_s=0.2), lambda: _save(store)):
            with pytest.raises(StoreError) as refused:
                attempt()
            _one_sentence(refused.value, "dryrun.sqlite3", "did not become free", "close what else")
        other.execute("ROLLBACK")
    _save(store)
    assert store.load("me", HEADER.id).parts["data"].body == CANARY


def test_a_full_disk_refuses_and_keeps_what_was_there(store: SqlStore) -> None:
    _save(store, "before")

    @event.listens_for(store._engine, "connect")
    def _shrink(raw: sqlite3.Connection, _entry: object) -> None:
        pages = raw.execute("PRAGMA page_count").fetchone()[0]
        raw.execute(f"PRAGMA max_page_count = {pages}")

    store._engine.dispose()
    with pytest.raises(StoreError) as refused:
        _save(store, CANARY * 5000)
    _one_sentence(refused.value, "dryrun.sqlite3", "disk is full", "free some space")
    assert CANARY not in str(refused.value)
    assert store.load("me", HEADER.id).parts["data"].body == "before"


def test_a_damaged_file(store: SqlStore, tmp_path: Path) -> None:
    _save(store, CANARY * 2000)
    store.close()
    file = tmp_path / "dryrun.sqlite3"
    whole = file.read_bytes()
    file.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    with pytest.raises(StoreError) as refused, closing(open_store(f"sqlite:///{file}")) as damaged:
        damaged.load("me", HEADER.id)
    _one_sentence(refused.value, str(file), "damaged", "backup")
    assert CANARY not in str(refused.value)


def test_a_text_changed_behind_the_store_is_counted(store: SqlStore, tmp_path: Path) -> None:
    _save(store)
    with closing(sqlite3.connect(tmp_path / "dryrun.sqlite3")) as other, other:
        other.execute("DROP TRIGGER revision_no_update")
        other.execute("UPDATE revision SET body = 'forged'")
    assert store_facts(store).damaged_revisions == 1


@pytest.mark.parametrize("table", ["submission", "self_review", "assessment", "event"])
def test_a_record_that_cannot_be_read_is_not_quoted(
    store: SqlStore, tmp_path: Path, table: str
) -> None:
    rows = {
        "submission": ("sha256, body, submitted_at", ("x", f'{{"a": "{CANARY}"}}', "x")),
        "self_review": ("number, body, made_at", (1, CANARY, "x")),
        "assessment": ("number, id, body, made_at", (1, "x", f'{{"a": "{CANARY}"}}', "x")),
        "event": ("number, kind, at, subject", (1, CANARY, NOON.isoformat(), CANARY)),
    }
    columns, values = rows[table]
    marks = ", ".join("?" for _ in values)
    with closing(sqlite3.connect(tmp_path / "dryrun.sqlite3")) as other, other:
        sql = f"INSERT INTO {table} (attempt_id, {columns}) VALUES (?, {marks})"  # noqa: S608
        other.execute(sql, (HEADER.id, *values))
    with pytest.raises(StoreError) as refused:
        store.load("me", HEADER.id)
    _one_sentence(refused.value, "cannot be read", "backup")
    assert CANARY not in str(refused.value)
    assert refused.value.__cause__ is None


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", ["not a database URL", "sqlite:///PATH"]),
        ("no url with pass:word", ["not a database URL"]),
        ("postgresql://u:pass:word@host:port/x", ["not a database URL"]),
        ("mysql://u:pass:word@host/x", ["does not know", "postgresql://"]),
    ],
)
def test_urls_that_are_none(url: str, words: list[str]) -> None:
    with pytest.raises(StoreError) as refused:
        open_store(url)
    _one_sentence(refused.value, *words)
    assert "pass" not in str(refused.value)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://me:pass-word@127.0.0.1:1/practice?connect_timeout=2",
        "postgres://me@127.0.0.1:1/practice?password=pass-word",
        "postgresql+psycopg://me:pass-word@127.0.0.1:1/practice",
    ],
)
def test_a_server_that_does_not_answer(url: str) -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(StoreError) as refused:
        open_store(url, patience_s=2)
    _one_sentence(refused.value, "postgresql://me@127.0.0.1:1/practice", "cannot be reached")
    assert "pass-word" not in str(refused.value)


def test_a_password_is_never_shown() -> None:
    place = read_place("postgresql://me:pass-word@host/practice?sslpassword=pass-word")
    assert place.shown == "postgresql://me@host/practice"


def test_a_missing_driver_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError) as refused:
        open_store("postgresql://me@host/practice")
    _one_sentence(refused.value, "requirements-postgres.txt")
