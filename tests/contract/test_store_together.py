"""Several write and read at once, and the store is opened again."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from sqlalchemy import text
from store_builders import (
    NOON,
    a_submission,
    an_attempt,
    an_edit,
    an_event,
)

from workbench.storage import open_store, store_facts
from workbench.storage.schema import CURRENT
from workbench.storage.sql_store import SqlStore
from workbench.store import AlreadySubmittedError


def test_many_threads_number_without_holes(store: SqlStore, owner: str) -> None:
    attempt = an_attempt(store, owner)

    def work(client: int) -> list[int]:
        return [
            store.save(
                owner, attempt, an_edit(f"{client} {n}", client=f"tab {client}"), NOON
            ).number
            for n in range(5)
        ]

    with ThreadPoolExecutor(8) as pool:
        numbers = [number for found in pool.map(work, range(8)) for number in found]
    assert sorted(numbers) == list(range(1, 41))
    assert [one.number for one in store.revisions(owner, attempt, "data")] == sorted(numbers)


def test_two_stores_on_one_database_share_a_line(url: str, store: SqlStore, owner: str) -> None:
    if store.place.in_memory:
        pytest.skip("a second store in memory is another database")
    attempt = an_attempt(store, owner)
    with closing(open_store(url)) as second, ThreadPoolExecutor(6) as pool:
        stores = [store, second] * 3

        def work(who: int) -> list[int]:
            mine = stores[who]
            return [mine.save(owner, attempt, an_edit(f"{who} {n}"), NOON).number for n in range(4)]

        numbers = sorted(number for found in pool.map(work, range(6)) for number in found)
    assert numbers == list(range(1, 25))


def test_one_submission_wins_among_many(store: SqlStore, owner: str) -> None:
    attempt = an_attempt(store, owner)

    def work(number: int) -> bool:
        try:
            store.submit(owner, attempt, a_submission(str(number)), an_event("submitted"))
        except AlreadySubmittedError:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        won = list(pool.map(work, range(6)))
    assert won.count(True) == 1
    found = store.load(owner, attempt)
    assert found.submission == a_submission(str(won.index(True)))
    assert len(found.events) == 1


def test_readers_see_one_moment(store: SqlStore, owner: str) -> None:
    attempt = an_attempt(store, owner)

    def write() -> None:
        for number in range(15):
            store.save(owner, attempt, an_edit(f"{number}", parent=number), NOON)
            store.append_event(owner, attempt, an_event())

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write)
        while not writing.done():
            found = store.load(owner, attempt)
            saved = found.parts["data"].number if "data" in found.parts else 0
            assert saved - len(found.events) in {0, 1}
        writing.result()


def test_a_reader_is_not_shown_what_comes_meanwhile(store: SqlStore, owner: str) -> None:
    if store.place.is_sqlite and store_facts(store).journal_mode != "wal":
        pytest.skip("here a reader holds writers off instead")
    attempt = an_attempt(store, owner)
    count = text("SELECT count(*) FROM revision WHERE attempt_id = :id")
    with store.reading() as connection:
        assert connection.scalar(count, {"id": attempt}) == 0
        store.save(owner, attempt, an_edit("meanwhile"), NOON)
        assert connection.scalar(count, {"id": attempt}) == 0
    assert len(store.revisions(owner, attempt, "data")) == 1


def test_the_store_survives_being_closed_and_opened(url: str, owner: str) -> None:
    if url == "sqlite://":
        pytest.skip("a database in memory ends with its store")
    with closing(open_store(url)) as first:
        attempt = an_attempt(first, owner)
        first.save(owner, attempt, an_edit("text"), NOON)
        before = first.load(owner, attempt)
    with closing(open_store(url)) as second:
        assert second.load(owner, attempt) == before


def test_the_doctor_sees_a_well_store(store: SqlStore, owner: str) -> None:
    attempt = an_attempt(store, owner)
    before = store_facts(store)
    store.save(owner, attempt, an_edit("text"), NOON)
    facts = store_facts(store)
    assert facts.schema_revision == CURRENT.head
    assert facts.integrity == ("ok" if store.place.is_sqlite else "not checked")
    assert facts.revisions == before.revisions + 1
    assert facts.damaged_revisions == before.damaged_revisions == 0
