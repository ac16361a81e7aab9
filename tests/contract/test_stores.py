"""What every store promises: texts, events and results come back as they were kept."""

from datetime import timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_builders import (
    MINUTE,
    NOON,
    a_doubting_assessment,
    a_header,
    a_rating,
    a_submission,
    an_argument,
    an_assessment,
    an_attempt,
    an_edit,
    an_event,
)

from designs.content_hash import text_hash
from designs.stage import StageId
from workbench.storage.sql_store import SqlStore
from workbench.store import AlreadySubmittedError, Store, StoreError


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
