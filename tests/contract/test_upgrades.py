"""Databases of every released schema open, whole, in this version."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from schemas.freeze import OWNER, contents
from store_builders import NOON, an_edit

from designs.content_hash import text_hash
from workbench.storage import open_store, store_facts
from workbench.storage.schema import CURRENT

FROZEN = sorted((Path(__file__).parent / "schemas").glob("schema_*.db"))


def test_the_current_schema_is_frozen_too() -> None:
    assert f"schema_{CURRENT.head}" in [path.stem for path in FROZEN]


@pytest.fixture(params=FROZEN, ids=lambda path: path.stem)
def frozen(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


@pytest.fixture
def copy(frozen: Path, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(frozen, tmp_path / "work.db"))


def _missing(expected: object, found: object, where: str = "") -> Iterator[str]:
    """Yield what was there when frozen and is not now; fields that came later are welcome."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key, value in expected.items():
            yield from _missing(value, found.get(key, "nothing"), f"{where}/{key}")
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for number, pair in enumerate(zip(expected, found, strict=True)):
            yield from _missing(*pair, f"{where}/{number}")
    elif expected != found:
        yield where


def test_everything_in_it_reads_the_same(frozen: Path, copy: Path) -> None:
    expected = json.loads(frozen.with_suffix(".json").read_text(encoding="utf-8"))
    with closing(open_store(f"sqlite:///{copy}")) as store:
        assert not list(_missing(expected, contents(store)))
        facts = store_facts(store)
    assert (facts.integrity, facts.damaged_revisions) == ("ok", 0)
    assert (facts.attempts, facts.revisions) == (2, 10)


def test_every_hash_is_intact(frozen: Path, copy: Path) -> None:
    with closing(sqlite3.connect(frozen)) as before:
        hashes = before.execute("SELECT sha256 FROM revision ORDER BY 1").fetchall()
    open_store(f"sqlite:///{copy}").close()
    with closing(sqlite3.connect(copy)) as after:
        bodies = after.execute("SELECT body FROM revision").fetchall()
        submissions = after.execute("SELECT attempt_id, sha256 FROM submission").fetchall()
    assert len(hashes) == 10
    assert sorted((text_hash(body),) for (body,) in bodies) == hashes
    with closing(open_store(f"sqlite:///{copy}")) as store:
        for attempt, sha256 in submissions:
            submission = store.load(OWNER, attempt).submission
            assert submission is not None
            assert submission.content_hash() == sha256


def test_work_goes_on_in_it(copy: Path) -> None:
    with closing(open_store(f"sqlite:///{copy}")) as store:
        made = store.save(
            OWNER, "frozen-disputed-attempt", an_edit("more", 5, part="framing"), NOON
        )
        assert (made.number, made.stale) == (6, False)
        store.purge(OWNER, "frozen-submitted-attempt")
        assert len(store.lines(OWNER)) == 1
