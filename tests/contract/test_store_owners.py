"""What belongs to one is seen, changed and deleted by nobody else, and is append-only."""

from collections.abc import Callable

import pytest
from sqlalchemy import text
from store_builders import (
    NOON,
    a_rating,
    a_submission,
    a_turn,
    an_argument,
    an_assessment,
    an_attempt,
    an_edit,
    an_event,
)

from workbench.storage.sql_store import SqlStore
from workbench.store import AttemptNotFoundError, StoreError

Call = Callable[[SqlStore, str, str], object]
CALLS: dict[str, Call] = {
    "load": lambda s, o, a: s.load(o, a),
    "save": lambda s, o, a: s.save(o, a, an_edit("mine"), NOON),
    "revisions": lambda s, o, a: s.revisions(o, a, "data"),
    "append_event": lambda s, o, a: s.append_event(o, a, an_event()),
    "append_turn": lambda s, o, a: s.append_turn(o, a, a_turn(1), an_event("spoke")),
    "submit": lambda s, o, a: s.submit(o, a, a_submission(), an_event("submitted")),
    "record_self_ratings": lambda s, o, a: s.record_self_ratings(o, a, (a_rating(),), NOON),
    "record_assessment": lambda s, o, a: s.record_assessment(o, a, an_assessment("x")),
    "record_argument": lambda s, o, a: s.record_argument(o, a, an_argument()),
    "purge": lambda s, o, a: s.purge(o, a),
}


def fill(store: SqlStore, owner: str, attempt: str) -> None:
    """Give an attempt one of everything that a store keeps."""
    store.save(owner, attempt, an_edit("text"), NOON)
    store.append_turn(owner, attempt, a_turn(1), an_event("spoke"))
    store.submit(owner, attempt, a_submission(), an_event("submitted"))
    store.record_self_ratings(owner, attempt, (a_rating(),), NOON)
    store.record_assessment(owner, attempt, an_assessment("first"))
    store.record_argument(owner, attempt, an_argument())


@pytest.mark.parametrize("name", CALLS)
def test_nobody_else_can_tell_that_an_attempt_exists(
    store: SqlStore, owner: str, name: str
) -> None:
    attempt = an_attempt(store, owner)
    store.save(owner, attempt, an_edit("text"), NOON)
    before = store.load(owner, attempt)
    said = set()
    strangers = [("stranger", attempt), (owner, "no-such-attempt-here"), (owner + "\x00", attempt)]
    for who, which in [*strangers, (owner, "half-\ud83d-of-a-pair"), (owner.upper(), attempt)]:
        with pytest.raises(AttemptNotFoundError) as refused:
            CALLS[name](store, who, which)
        said.add(str(refused.value))
    assert len(said) == 1
    assert store.load(owner, attempt) == before
    assert store.lines("stranger") == store.lines("\x00") == ()


def test_a_purge_leaves_nothing_of_one_and_all_of_the_other(store: SqlStore, owner: str) -> None:
    gone, kept = an_attempt(store, owner), an_attempt(store, owner)
    for attempt in (gone, kept):
        fill(store, owner, attempt)
    before = store.load(owner, kept)
    store.purge(owner, gone)
    with pytest.raises(AttemptNotFoundError):
        store.load(owner, gone)
    assert store.load(owner, kept) == before
    assert [line.header.id for line in store.lines(owner)] == [kept]
    with store.reading() as connection:
        for table in (*APPEND_ONLY, "purge_ticket"):
            count = text(f"SELECT count(*) FROM {table} WHERE attempt_id = :id")  # noqa: S608
            assert connection.scalar(count, {"id": gone}) == 0


APPEND_ONLY = {
    "revision": "body = 'forged'",
    "event": "kind = 'forged'",
    "turn": "body = 'forged'",
    "submission": "body = 'forged'",
    "self_review": "body = 'forged'",
    "assessment": "body = 'forged'",
    "argument": "body = 'forged'",
}


def _run(store: SqlStore, change: str, attempt: str, ticket_for: str | None) -> None:
    with store._writing() as connection:
        if ticket_for:
            ticket = text("INSERT INTO purge_ticket VALUES (:id)")
            connection.execute(ticket, {"id": ticket_for})
        connection.execute(text(change), {"id": attempt} if ":id" in change else {})


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("ticket", [False, True], ids=["", "with-a-ticket-for-another"])
def test_the_database_itself_refuses_changes(
    store: SqlStore, owner: str, table: str, ticket: bool
) -> None:
    attempt, other = an_attempt(store, owner), an_attempt(store, owner)
    fill(store, owner, attempt)
    before = store.load(owner, attempt)
    changes = [
        f"UPDATE {table} SET {APPEND_ONLY[table]} WHERE attempt_id = :id",  # noqa: S608
        f"DELETE FROM {table} WHERE attempt_id = :id",  # noqa: S608
        "DELETE FROM attempt WHERE id = :id",
    ]
    if store.place.is_sqlite:
        changes.append(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")  # noqa: S608
    else:
        changes.append(f"TRUNCATE {table}")
    for change in changes:
        with pytest.raises(StoreError):
            _run(store, change, attempt, ticket_for=other if ticket else None)
    assert store.load(owner, attempt) == before
