"""What was tampered with, or does not fit, or fails half way, leaves nothing behind."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from desks import VIDEO, Clock
from exchanged_sessions import (
    interviewed_and_submitted,
    raw,
    refusal,
    self_reviewed,
    submitted,
    worked_on,
)

from designs.problem import ContentError
from designs.stage import StageId
from workbench.desk import Desk
from workbench.exchange import import_attempt
from workbench.practice import Practice
from workbench.store import Store, StoreError

FORGED: dict[str, Callable[[dict[str, Any]], object]] = {
    "a reply": lambda d: d["transcript"][0].update(reply="better"),
    "a reply more": lambda d: d["transcript"][1].update(reply="better"),
    "a question": lambda d: d["transcript"][0].update(wording="Is all well?"),
    "a pass": lambda d: d["transcript"][1].update(outcome="answered"),
    "an exchange dropped": lambda d: d["transcript"].pop(),
    "everything dropped": lambda d: d.pop("transcript"),
    "asked after the end": lambda d: d["session"]["events"].sort(
        key=lambda event: event["kind"] == "spoke"
    ),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_transcript_is_refused(desk: Desk, clock: Clock, name: str) -> None:
    document = json.loads(raw(desk, interviewed_and_submitted(desk, clock)))
    FORGED[name](document)
    message = refusal(desk, document)
    assert re.search(
        r"changed after submission|`spoke` 3 times|asked after the submission", message
    )


# --- what is refused --------------------------------------------------------------------

Change = Callable[[dict[str, Any]], None]


def _event(kind: str, at: str = "2026-05-01T12:30:00Z") -> dict[str, Any]:
    return {"kind": kind, "at": at, "stage": None, "subject": ""}


TAMPERED: dict[str, tuple[Change, str]] = {
    "an answer": (lambda d: d["answers"].update(data="better"), "changed after submission"),
    "a blank more": (
        lambda d: d["answers"].update(data=d["answers"]["data"] + " "),
        "changed after submission",
    ),
    "an answer dropped": (lambda d: d["answers"].pop("framing"), "changed after submission"),
    "another prompt": (lambda d: d.update(prompt=VIDEO), "changed after submission"),
    "another prompt version": (
        lambda d: d["session"].update(prompt_hash="0" * 64),
        "changed after submission",
    ),
    "a node": (
        lambda d: d["design"]["nodes"].append({"id": "more", "kind": "cache"}),
        "changed after submission",
    ),
    "a replica": (
        lambda d: d["design"]["nodes"][0].update(replicas=5),
        "changed after submission",
    ),
    "the drawing dropped": (lambda d: d.pop("design"), "changed after submission"),
    "the hash": (
        lambda d: d["session"].update(submission_hash="0" * 64),
        "changed after submission",
    ),
    "the hash dropped": (
        lambda d: d["session"].update(submission_hash=None),
        "submission_hash is missing",
    ),
    "the event dropped": (
        lambda d: d["session"].update(events=[]),
        "one `submitted` event, this has 0",
    ),
    "submitted twice": (
        lambda d: d["session"]["events"].append(_event("submitted")),
        "one `submitted` event, this has 2",
    ),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_a_tampered_submission_is_refused_in_one_sentence(
    desk: Desk, clock: Clock, name: str
) -> None:
    change, said = TAMPERED[name]
    document = json.loads(raw(desk, submitted(desk, clock)))
    change(document)
    assert said in refusal(desk, document)


def test_a_refused_submission_can_come_in_as_new_work(desk: Desk, clock: Clock) -> None:
    document = json.loads(raw(desk, submitted(desk, clock)))
    document["answers"]["data"] = "better"
    assert "remove the `session` block" in refusal(desk, document)
    del document["session"]
    attempt = import_attempt(desk, json.dumps(document).encode(), "the file")
    assert Practice(desk).open(attempt).answers[StageId.DATA].text == "better"


BROKEN: dict[str, tuple[Change, str]] = {
    "no such prompt": (lambda d: d.update(prompt="no-such-prompt"), "there is no prompt"),
    "no such kind": (
        lambda d: d["design"]["nodes"][0].update(kind="no-such-kind"),
        "the palette has no kind no-such-kind",
    ),
    "no such stage": (lambda d: d["answers"].update(thoughts="x"), "answers.thoughts"),
    "no such level of time": (
        lambda d: d["session"].update(budget_minutes=30),
        "session.budget_minutes",
    ),
    "no time zone at the start": (
        lambda d: d["session"].update(created_at="2026-05-01T12:00:00"),
        "created_at needs a time zone",
    ),
    "no time zone in an event": (
        lambda d: d["session"]["events"].append(_event("worked", "2026-05-01T12:00:00")),
        "needs a time zone",
    ),
    "before the calendar": (
        lambda d: d["session"].update(created_at="0001-01-01T00:00:00+14:00"),
        "session.created_at: needs a time zone and a year",
    ),
    "after the calendar": (
        lambda d: d["session"]["events"].append(_event("worked", "9999-12-31T23:59:59-14:00")),
        "needs a time zone and a year",
    ),
    "more rows than the tables hold": (
        lambda d: d["unfinished"].update(nodes=[{"id": "?"}] * 199),
        "at most 200",
    ),
    "a book in a cell": (
        lambda d: d["unfinished"].update(nodes=[{"note": "x" * 500_000}]),
        "at most 400,000",
    ),
    "a score": (lambda d: d.update(score=100), "score"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_does_not_fit_is_refused_in_one_sentence(desk: Desk, clock: Clock, name: str) -> None:
    change, said = BROKEN[name]
    document = json.loads(raw(desk, worked_on(desk, clock)))
    change(document)
    assert said in refusal(desk, document)


@pytest.mark.parametrize(
    "text",
    [b"", b"\xff\xfe\x00", b"{", b"[]", b"null", b"prompt: [", b"\x00" * 100, b"x" * 5_000_000],
    ids=["empty", "binary", "truncated", "list", "null", "broken", "NULs", "huge"],
)
def test_no_document_at_all_is_refused(desk: Desk, text: bytes) -> None:
    with pytest.raises(ContentError):
        import_attempt(desk, text, "the file")
    assert desk.store.lines("me") == ()


@pytest.mark.parametrize("escape", ["\\ud83d", "\\u0000"])
def test_what_cannot_be_stored_is_refused(desk: Desk, escape: str) -> None:
    text = '{"schema_version": 1, "prompt": "fraud-detection", "unfinished": {"nodes": [{"id": "'
    text += escape + '"}]}}'
    with pytest.raises(ContentError, match="cannot be stored"):
        import_attempt(desk, text.encode(), "the file")
    assert desk.store.lines("me") == ()


# --- failing half way -------------------------------------------------------------------


class Faulty:
    """A store that fails at its n-th call of one of the methods that add something."""

    def __init__(self, store: Store, failing: int, error: BaseException) -> None:
        self._store, self._left, self._error = store, failing, error

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._store, name)
        if name not in ("save", "append_event", "submit", "record_self_ratings", "record_argument"):
            return method

        def call(*arguments: Any) -> Any:
            self._left -= 1
            if self._left == 0:
                raise self._error
            return method(*arguments)

        return call


@pytest.mark.parametrize(
    "error", [StoreError("The disk is full."), OverflowError("too large"), KeyboardInterrupt()]
)
def test_an_import_that_fails_half_way_leaves_nothing(
    desk: Desk, clock: Clock, error: BaseException
) -> None:
    document = raw(desk, self_reviewed(desk, clock))
    before = desk.store.lines("me")
    succeeded = 0
    for failing in range(1, 30):
        faulty = replace(desk, store=Faulty(desk.store, failing, error))
        try:
            attempt = import_attempt(faulty, document, "the file")
        except type(error):
            assert desk.store.lines("me") == before
        else:
            succeeded += 1
            desk.store.purge("me", attempt)
    assert 10 <= succeeded < 20  # the document takes some fourteen calls; each of them failed once


def test_the_first_failure_is_what_is_said(desk: Desk, clock: Clock) -> None:
    class Gone(Faulty):
        def purge(self, *_: Any) -> None:
            raise StoreError("The database is gone.")

    document = raw(desk, worked_on(desk, clock))
    gone = Gone(desk.store, 2, StoreError("The disk is full."))
    with pytest.raises(StoreError, match="disk is full"):
        import_attempt(replace(desk, store=gone), document, "the file")
