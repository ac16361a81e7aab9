"""What every store promises, over every kind of store.

PostgreSQL takes part when DRYRUN_TEST_POSTGRES_URL names a database that may be filled with
test rows.
"""

import os
import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from store_builders import (
    MINUTE,
    NOON,
    a_doubting_assessment,
    a_header,
    a_rating,
    a_submission,
    a_turn,
    an_argument,
    an_assessment,
    an_attempt,
    an_edit,
    an_event,
)

from designs.content_hash import text_hash
from designs.stage import StageId
from workbench.storage import default_database_url, open_store, store_facts
from workbench.storage import journal as journals
from workbench.storage.schema import CURRENT
from workbench.storage.sql_store import SqlStore
from workbench.store import AlreadySubmittedError, AttemptNotFoundError, Store, StoreError

POSTGRES_URL = os.environ.get("DRYRUN_TEST_POSTGRES_URL")
KINDS = ["sqlite", "sqlite-log", "sqlite-memory"]
if POSTGRES_URL:
    KINDS.append("postgresql")


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "postgresql":
        return POSTGRES_URL or ""
    if request.param == "sqlite-memory":
        return "sqlite://"
    journal = "wal" if request.param == "sqlite-log" else "delete"
    monkeypatch.setattr(journals, "trusted_journal", lambda _version: journal)
    return default_database_url(tmp_path)


@pytest.fixture
def store(url: str) -> Iterator[SqlStore]:
    with closing(open_store(url)) as opened:
        yield opened


@pytest.fixture
def owner() -> str:
    return f"owner-{secrets.token_hex(8)}"  # a server's database is shared between tests


def test_it_is_a_store(store: SqlStore) -> None:
    assert isinstance(store, Store)


def test_a_new_attempt_is_empty(store: SqlStore, owner: str) -> None:
    header = a_header(owner)
    store.create(header)
    found = store.load(owner, header.id)
    assert found.header == header
    assert (found.parts, found.conflicts, found.events) == ({}, (), ())
    assert (found.submission, found.submission_hash) == (None, None)
    assert (found.self_ratings, found.assessments) == ((), ())


def test_a_taken_id_is_refused(store: SqlStore, owner: str) -> None:
    header = a_header(owner)
    store.create(header)
    with pytest.raises(StoreError, match="taken"):
        store.create(header)


def test_edits_are_numbered_and_all_kept(store: SqlStore, owner: str) -> None:
    attempt = an_attempt(store, owner)
    made = [
        store.save(owner, attempt, an_edit(f"text {n}", parent=n), NOON + n * MINUTE)
        for n in range(4)
    ]
    assert [one.number for one in made] == [1, 2, 3, 4]
    assert not any(one.stale for one in made)
    assert made[2].sha256 == text_hash("text 2")
    assert store.revisions(owner, attempt, "data") == tuple(made)
    assert store.revisions(owner, attempt, "model") == ()
    assert store.load(owner, attempt).parts == {"data": made[-1]}


def test_parts_are_numbered_apart(store: SqlStore, owner: str) -> None:
    attempt = an_attempt(store, owner)
    store.save(owner, attempt, an_edit("a"), NOON)
    other = store.save(owner, attempt, an_edit("a", part="drawing"), NOON)
    assert other.number == 1
    assert set(store.load(owner, attempt).parts) == {"data", "drawing"}


def test_the_same_body_is_not_stored_again(store: SqlStore, owner: str) -> None:
    attempt = an_attempt(store, owner)
    first = store.save(owner, attempt, an_edit("same \x00", client="one"), NOON)
    again = store.save(owner, attempt, an_edit("same \x00", client="two"), NOON + MINUTE)
    assert again == first
    assert len(store.revisions(owner, attempt, "data")) == 1


def test_a_text_may_return_to_what_it_was(store: SqlStore, owner: str) -> None:
    attempt = an_attempt(store, owner)
    for number, body in enumerate(("a", "b", "a")):
        store.save(owner, attempt, an_edit(body, parent=number), NOON)
    assert [one.body for one in store.revisions(owner, attempt, "data")] == ["a", "b", "a"]


def test_a_second_tab_is_kept_and_flagged(store: SqlStore, owner: str) -> None:
    attempt = an_attempt(store, owner)
    store.save(owner, attempt, an_edit("start", client="left"), NOON)
    left = store.save(owner, attempt, an_edit("left", parent=1, client="left"), NOON)
    right = store.save(owner, attempt, an_edit("right", parent=1, client="right"), NOON)
    assert (right.number, right.stale, right.parent) == (3, True, 1)
    found = store.load(owner, attempt)
    assert found.parts["data"] == right
    assert found.conflicts == (left,)
    store.save(owner, attempt, an_edit("right, going on", parent=3, client="right"), NOON)
    assert store.load(owner, attempt).conflicts == (left,)  # typing on decides nothing
    store.save(owner, attempt, an_edit("both", parent=4), NOON)
    assert store.load(owner, attempt).conflicts == ()


def test_deciding_for_the_newest_text_settles_a_disagreement(store: SqlStore, owner: str) -> None:
    attempt = an_attempt(store, owner)
    store.save(owner, attempt, an_edit("left", client="left"), NOON)
    right = store.save(owner, attempt, an_edit("right", client="right"), NOON)
    kept = store.save(owner, attempt, an_edit("right", parent=right.number), NOON)
    assert (kept.number, kept.body, kept.stale) == (3, "right", False)
    assert store.load(owner, attempt).conflicts == ()
    assert store.save(owner, attempt, an_edit("right", parent=3), NOON) == kept


@pytest.mark.parametrize(("client", "stale"), [("left", False), ("", True)])
def test_a_tab_does_not_disagree_with_itself(
    store: SqlStore, owner: str, client: str, stale: bool
) -> None:
    attempt = an_attempt(store, owner)
    store.save(owner, attempt, an_edit("start", client=client), NOON)
    assert store.save(owner, attempt, an_edit("more", client=client), NOON).stale is stale


def test_a_parent_that_never_was_is_stale(store: SqlStore, owner: str) -> None:
    attempt = an_attempt(store, owner)
    assert store.save(owner, attempt, an_edit("text", parent=7), NOON).stale
    assert store.load(owner, attempt).conflicts == ()  # there is nothing it did not know of


@pytest.mark.parametrize("size", [0, 100_000, 1_000_000])
def test_bodies_of_every_size(store: SqlStore, owner: str, size: int) -> None:
    attempt = an_attempt(store, owner)
    made = store.save(owner, attempt, an_edit("é" * size), NOON)
    assert len(made.body) == size
    assert store.load(owner, attempt).parts["data"] == made


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("😀 👩\u200d💻", "😀 👩\u200d💻"),
        ("\u202eשלום עליכם\u202c", "\u202eשלום עליכם\u202c"),
        ("e\u0301 and é", "e\u0301 and é"),
        ("tab\tcr\r\nlf\n", "tab\tcr\r\nlf\n"),
        ("'; DROP TABLE revision; -- %s :name ?", "'; DROP TABLE revision; -- %s :name ?"),
        ("nul \x00 here", "nul \ufffd here"),
        ("half \ud83d a pair", "half \ufffd a pair"),
        ("\udcff", "\ufffd"),
    ],
)
def test_odd_texts_come_back(store: SqlStore, owner: str, sent: str, kept: str) -> None:
    attempt = an_attempt(store, owner)
    made = store.save(owner, attempt, an_edit(sent), NOON)
    assert made.body == kept
    assert made.sha256 == text_hash(kept)
    assert store.load(owner, attempt).parts["data"] == made


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(body=st.text(st.characters(exclude_categories=[]), max_size=200))
def test_any_text_comes_back_as_it_was_returned(store: SqlStore, owner: str, body: str) -> None:
    attempt = an_attempt(store, owner)
    made = store.save(owner, attempt, an_edit(body), NOON)
    (found,) = store.revisions(owner, attempt, "data")
    assert found == made
    assert found.sha256 == text_hash(found.body)
    assert len(found.body) == len(body)
    assert all(a == b or b == "\ufffd" for a, b in zip(body, found.body, strict=True))


def test_times_come_back_aware_and_exact(store: SqlStore, owner: str) -> None:
    eastern = NOON.astimezone(timezone(timedelta(hours=5, minutes=30)))
    attempt = an_attempt(store, owner, eastern)
    saved = store.save(owner, attempt, an_edit("text"), eastern)
    store.append_event(owner, attempt, an_event(at=eastern))
    found = store.load(owner, attempt)
    for time in (found.header.created_at, found.parts["data"].saved_at, found.events[0].at):
        assert time == NOON
        assert time.utcoffset() == timedelta(0)
    assert saved.saved_at == NOON


def test_a_time_without_zone_is_refused(store: SqlStore, owner: str) -> None:
    attempt = an_attempt(store, owner)
    with pytest.raises(StoreError, match="time zone"):
        store.save(owner, attempt, an_edit("text"), NOON.replace(tzinfo=None))
    assert store.load(owner, attempt).parts == {}


def test_events_keep_their_order_when_the_clock_goes_back(store: SqlStore, owner: str) -> None:
    attempt = an_attempt(store, owner)
    times = [NOON, NOON - 60 * MINUTE, NOON - 30 * MINUTE]
    for number, at in enumerate(times):
        store.append_event(owner, attempt, an_event("hinted", at, str(number)))
        store.save(owner, attempt, an_edit(f"text {number}", parent=number), at)
    found = store.load(owner, attempt)
    assert [one.subject for one in found.events] == ["0", "1", "2"]
    assert found.parts["data"].body == "text 2"
    assert store.lines(owner)[0].changed_at == times[-1]


def test_a_submission_freezes_answers_but_not_events(store: SqlStore, owner: str) -> None:
    attempt = an_attempt(store, owner)
    saved = store.save(owner, attempt, an_edit("text"), NOON)
    submission = a_submission()
    store.submit(owner, attempt, submission, an_event("submitted"))
    with pytest.raises(AlreadySubmittedError):
        store.save(owner, attempt, an_edit("late", parent=1), NOON)
    with pytest.raises(AlreadySubmittedError):
        store.submit(owner, attempt, a_submission("other"), an_event("submitted"))
    store.append_event(owner, attempt, an_event("self-review-finished"))
    found = store.load(owner, attempt)
    assert found.submission == submission
    assert found.submission_hash == submission.content_hash()
    assert found.parts == {"data": saved}
    assert [one.kind for one in found.events] == ["submitted", "self-review-finished"]


def test_submission_and_event_are_kept_together(store: SqlStore, owner: str) -> None:
    attempt = an_attempt(store, owner)
    event = an_event("submitted").model_copy(update={"subject": None})  # cannot be kept
    with pytest.raises((StoreError, TypeError)):
        store.submit(owner, attempt, a_submission(), event)
    found = store.load(owner, attempt)
    assert (found.submission, found.events) == (None, ())


def test_the_newest_self_review_counts(store: SqlStore, owner: str) -> None:
    attempt = an_attempt(store, owner)
    store.record_self_ratings(owner, attempt, (a_rating("named"), a_rating("missing")), NOON)
    newest = (a_rating("reasoned"),)
    store.record_self_ratings(owner, attempt, newest, NOON - MINUTE)
    assert store.load(owner, attempt).self_ratings == newest


def test_arguments_keep_their_order_and_a_second_click_is_none(store: SqlStore, owner: str) -> None:
    attempt = an_attempt(store, owner)
    made = [an_argument("first"), an_argument("second"), an_argument("first", NOON + MINUTE)]
    for one in made:
        store.record_argument(owner, attempt, one)
        store.record_argument(owner, attempt, one)
    assert store.load(owner, attempt).arguments == tuple(made)


def test_assessments_keep_their_order_and_an_id_counts_once(store: SqlStore, owner: str) -> None:
    attempt = an_attempt(store, owner)
    first, second = an_assessment("first"), an_assessment("second", NOON - MINUTE)
    for one in (first, second, first):
        store.record_assessment(owner, attempt, one)
    assert store.load(owner, attempt).assessments == (first, second)
    assert store.lines(owner)[0].assessments == (first, second)


def test_what_is_held_against_an_answer_is_kept(store: SqlStore, owner: str) -> None:
    attempt = an_attempt(store, owner)
    kept = a_doubting_assessment("doubting")
    store.record_assessment(owner, attempt, kept)
    (found,) = store.load(owner, attempt).assessments
    assert found == kept
    doubt = found.doubt_about(StageId.DATA)
    assert doubt is not None
    assert (doubt.chance, doubt.evidence[0].quote) == (0.83, kept.doubtful[0].evidence[0].quote)
    assert found.doubt_about(StageId.MODEL) is None
    assert store.lines(owner)[0].assessments == (kept,)


def test_two_attempts_may_hold_the_same_assessment_id(store: SqlStore, owner: str) -> None:
    for attempt in (an_attempt(store, owner), an_attempt(store, owner)):
        store.record_assessment(owner, attempt, an_assessment("first"))
        assert len(store.load(owner, attempt).assessments) == 1


def test_lines_begin_with_the_last_changed(store: SqlStore, owner: str) -> None:
    a, b, c = (an_attempt(store, owner, NOON + n * MINUTE) for n in range(3))
    store.save(owner, a, an_edit("text"), NOON - 60 * MINUTE)  # the clock was put back
    store.append_event(owner, b, an_event(at=NOON - 90 * MINUTE))
    store.submit(owner, b, a_submission(), an_event("submitted", NOON - 80 * MINUTE))
    lines = store.lines(owner)
    assert [line.header.id for line in lines] == [b, a, c]
    assert lines[0].submission_hash == a_submission().content_hash()
    assert [line.changed_at for line in lines] == [
        NOON - 80 * MINUTE,
        NOON - 60 * MINUTE,
        NOON + 2 * MINUTE,
    ]


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
        store.save(owner, attempt, an_edit("text"), NOON)
        store.append_turn(owner, attempt, a_turn(1), an_event("spoke"))
        store.submit(owner, attempt, a_submission(), an_event("submitted"))
        store.record_self_ratings(owner, attempt, (a_rating(),), NOON)
        store.record_assessment(owner, attempt, an_assessment("first"))
        store.record_argument(owner, attempt, an_argument())
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
    store.save(owner, attempt, an_edit("text"), NOON)
    store.append_turn(owner, attempt, a_turn(1), an_event("spoke"))
    store.submit(owner, attempt, a_submission(), an_event("submitted"))
    store.record_self_ratings(owner, attempt, (a_rating(),), NOON)
    store.record_assessment(owner, attempt, an_assessment("first"))
    store.record_argument(owner, attempt, an_argument())
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
