"""An attempt goes out and comes in again as it was; what was tampered with stays out."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from desks import FRAUD, VIDEO, Clock, of_another
from doubting import CHANCE, DoubtingGrader
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from designs.attempt_document import SelfRating
from designs.drawing_draft import DrawingDraft
from designs.problem import ContentError
from designs.stage import STAGES, StageId
from rubrics.graders.offline import OfflineGrader
from workbench.desk import Desk
from workbench.exchange import document_json, export_attempt, import_attempt
from workbench.interview.interview import Interview
from workbench.interview.moves import Mode
from workbench.practice import Practice
from workbench.review import Review
from workbench.store import AttemptNotFoundError, Store, StoreError

SENTENCE = "We decline when the expected loss is higher than a lost customer costs. 😀 שלום"
DRAFT = DrawingDraft(
    nodes=(
        {"id": "gateway", "kind": "api-gateway", "replicas": " 4 ", "label": "<b>Front</b> door"},
        {"id": "Not a slug", "kind": "cache", "note": "later; | ` $x$"},
        {"id": "gateway", "kind": "cache"},
        {"id": "memory", "kind": "cache", "cache_hit_ratio": "0.9"},
    ),
    edges=(
        {"source": "gateway", "target": "memory", "timeout_ms": "15", "calls_per_request": "2.5"},
        {"source": "gateway", "target": "nowhere"},
    ),
)


# --- attempts in every state ------------------------------------------------------------


def fresh(desk: Desk, _clock: Clock) -> str:
    return Practice(desk).start(VIDEO, 60)


def worked_on(desk: Desk, clock: Clock) -> str:
    practice = Practice(desk)
    attempt = practice.start(FRAUD, 45)
    practice.save_answer(attempt, StageId.FRAMING, "first", 0, "tab")
    clock.forward(3)
    practice.save_answer(attempt, StageId.FRAMING, SENTENCE, 1, "tab")
    practice.enter(attempt, StageId.DATA)
    practice.save_answer(attempt, StageId.DATA, "tab\tcr\r\nlf\n", 0, "tab")
    practice.save_answer(attempt, StageId.MODEL, "taken back", 0, "tab")
    practice.save_answer(attempt, StageId.MODEL, "", 1, "tab")
    practice.ask(attempt, "when-we-learn")
    practice.open_hint(attempt, StageId.DATA)
    practice.save_drawing(attempt, DRAFT, 0, "tables")
    clock.forward(2)
    return attempt


def interviewed(desk: Desk, clock: Clock) -> str:
    """Asked in three stages: a reply and a probe, a pass, and a question left open."""
    attempt = worked_on(desk, clock)
    practice, interview = Practice(desk), Interview(desk)
    interview.take_part(attempt, Mode.STRICT)
    for stage in (StageId.DATA, StageId.FEATURES, StageId.MONITORING):
        practice.save_answer(attempt, stage, "We watch the drift of everything. " * 4, 0, "tab")
    interview.ask(attempt, StageId.DATA)
    interview.save_reply(attempt, 1, SENTENCE, 0, "tab")
    clock.forward(1)
    interview.settle(attempt, 1)
    interview.settle(attempt, 2, passed=True)
    interview.ask(attempt, StageId.FEATURES)
    interview.save_reply(attempt, 3, "half a thought", 0, "tab")
    return attempt


def interviewed_and_submitted(desk: Desk, clock: Clock) -> str:
    attempt = interviewed(desk, clock)
    Practice(desk).submit(attempt)
    return attempt


def submitted(desk: Desk, clock: Clock) -> str:
    attempt = worked_on(desk, clock)
    Practice(desk).submit(attempt)
    return attempt


def self_reviewed(desk: Desk, clock: Clock) -> str:
    attempt = submitted(desk, clock)
    review = Review(desk, OfflineGrader())
    criterion = desk.content.rubric(FRAUD).stage(StageId.FRAMING)[0].id
    rating = SelfRating(criterion_id=criterion, level_id="reasoned", quote=SENTENCE)
    drawn = SelfRating(criterion_id="serving-x", level_id="named", node_ids=("gateway",))
    review.rate_self(attempt, (rating, drawn))
    clock.forward(1)
    review.finish_self_review(attempt)
    review.open(attempt)
    return attempt


STATES: list[Callable[[Desk, Clock], str]] = [
    fresh,
    worked_on,
    interviewed,
    submitted,
    interviewed_and_submitted,
    self_reviewed,
]


def raw(desk: Desk, attempt: str) -> bytes:
    return document_json(export_attempt(desk, attempt)).encode()


@pytest.mark.parametrize("state", STATES)
def test_an_exported_attempt_comes_back_as_it_was(
    desk: Desk, clock: Clock, state: Callable[[Desk, Clock], str]
) -> None:
    attempt = state(desk, clock)
    document = export_attempt(desk, attempt)
    clock.forward(60)
    again = import_attempt(desk, raw(desk, attempt), "the file")
    assert again != attempt
    assert export_attempt(desk, again) == document
    assert raw(desk, again) == raw(desk, attempt)
    before, after = (desk.store.load("me", one) for one in (attempt, again))
    assert after.events == before.events
    assert after.turns == before.turns
    assert (after.submission, after.submission_hash) == (before.submission, before.submission_hash)
    assert after.self_ratings == before.self_ratings
    assert after.assessments == ()  # a score is never imported
    assert after.conflicts == ()


def test_what_was_exported_can_be_gone_on_with(desk: Desk, clock: Clock) -> None:
    attempt = worked_on(desk, clock)
    practice = Practice(desk)
    again = import_attempt(desk, raw(desk, attempt), "the file")
    before, after = practice.open(attempt), practice.open(again)
    assert after.clock.seconds == before.clock.seconds
    assert (after.asked, after.hints) == (before.asked, before.hints)
    assert after.drawing_reading.design == before.drawing_reading.design
    assert after.drawing_reading.unfinished == before.drawing_reading.unfinished
    assert not practice.save_answer(again, StageId.FRAMING, "more", 1, "tab").stale
    practice.submit(again)


def test_an_interview_is_gone_on_with_where_it_stood(desk: Desk, clock: Clock) -> None:
    attempt = interviewed(desk, clock)
    again = import_attempt(desk, raw(desk, attempt), "the file")
    before, after = (Practice(desk).open(one).interview for one in (attempt, again))
    assert [one.outcome for one in after.said] == ["answered", "passed", "open"]
    assert (after.said, after.mode, after.open) == (before.said, before.mode, 3)
    Interview(desk).save_reply(again, 3, "a whole thought", 1, "tab")
    Interview(desk).settle(again, 3)
    assert Practice(desk).open(again).interview.said[2].reply == "a whole thought"


def test_a_transcript_without_a_session_comes_in_as_new_work(desk: Desk, clock: Clock) -> None:
    document = json.loads(raw(desk, interviewed_and_submitted(desk, clock)))
    del document["session"]
    again = import_attempt(desk, json.dumps(document).encode(), "the file")
    said = Practice(desk).open(again).interview.said
    assert [one.model_dump(mode="json") for one in said] == document["transcript"]


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


def test_an_imported_submission_is_graded_anew(desk: Desk, clock: Clock) -> None:
    attempt = self_reviewed(desk, clock)
    again = import_attempt(desk, raw(desk, attempt), "the file")
    review = Review(desk, OfflineGrader())
    before, after = review.open(attempt), review.open(again)
    assert after.machine_score == before.machine_score
    assert after.self_score == before.self_score
    assert len(desk.store.load("me", again).assessments) == 2


def test_an_imported_answer_is_doubted_anew(desk: Desk, clock: Clock) -> None:
    """The verdict is no part of the document, and comes back as it was."""
    attempt = submitted(desk, clock)
    review = Review(desk, DoubtingGrader())
    review.skip_self_review(attempt)
    before = review.open(attempt).doubt(StageId.FRAMING)
    document = raw(desk, attempt)
    assert b"doubtful" not in document
    again = import_attempt(desk, document, "the file")
    assert desk.store.load("me", again).assessments == ()
    after = review.open(again).doubt(StageId.FRAMING)
    assert before is not None
    assert after == before
    assert after.chance == CHANCE
    assert after.evidence[0].quote in SENTENCE


def test_a_document_may_come_in_more_than_once(desk: Desk, clock: Clock) -> None:
    document = raw(desk, submitted(desk, clock))
    ids = {import_attempt(desk, document, "the file") for _ in range(3)}
    assert len(ids) == 3


answers = st.dictionaries(
    st.sampled_from(STAGES), st.text(st.characters(exclude_categories=[]), max_size=80), max_size=7
)
cells = st.text(max_size=10)
ids = st.sampled_from(["a", "b", "c", "No slug", ""])
nodes = st.fixed_dictionaries(
    {"id": ids, "kind": st.sampled_from(["cache", "api-gateway", "no-such-kind", ""])},
    optional={"label": cells, "replicas": st.sampled_from(["2", " 3", "many"]), "note": cells},
)
edges = st.fixed_dictionaries(
    {"source": ids, "target": ids},
    optional={
        "mode": st.sampled_from(["sync", "async", "batch", "other"]),
        "calls_per_request": st.floats(0.001, 1000).map(str),
        "timeout_ms": st.sampled_from(["15", "0.1", "-1", "soon"]),
        "fallback": cells,
        "no such column": cells,
    },
)
drafts = st.builds(
    DrawingDraft,
    nodes=st.lists(nodes, max_size=5).map(tuple),
    edges=st.lists(edges, max_size=5).map(tuple),
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(answers, drafts, st.booleans())
def test_any_attempt_comes_back_as_it_was(
    desk: Desk, texts: dict[StageId, str], draft: DrawingDraft, submit: bool
) -> None:
    practice = Practice(desk)
    attempt = practice.start(FRAUD, 45)
    for stage, text in texts.items():
        practice.save_answer(attempt, stage, text, 0, "tab")
    practice.save_drawing(attempt, draft, 0, "tables")
    if submit:
        practice.submit(attempt)
    again = import_attempt(desk, raw(desk, attempt), "the file")
    assert export_attempt(desk, again) == export_attempt(desk, attempt)
    assert practice.open(again).drawing_reading.design == (
        practice.open(attempt).drawing_reading.design
    )


def test_the_longest_answers_still_fit(desk: Desk) -> None:
    practice = Practice(desk)
    attempt = practice.start(FRAUD, 45)
    for stage in STAGES:
        practice.save_answer(attempt, stage, 'é "quoted"\n' * 18_000, 0, "tab")
    practice.submit(attempt)
    again = import_attempt(desk, raw(desk, attempt), "the file")
    assert export_attempt(desk, again) == export_attempt(desk, attempt)


# --- documents written by hand ----------------------------------------------------------


def test_a_document_by_hand_becomes_a_session_of_its_own(desk: Desk, clock: Clock) -> None:
    text = "schema_version: 1\nprompt: fraud-detection\nanswers: {data: Labels come late.}\n"
    attempt = import_attempt(desk, text.encode(), "the file")
    view = Practice(desk).open(attempt)
    assert view.answers[StageId.DATA].text == "Labels come late."
    assert (view.submitted, view.budget_minutes) == (False, 45)
    assert view.last_stage == StageId.FRAMING
    assert desk.store.load("me", attempt).header.created_at == clock()


def test_an_exemplar_can_be_taken_in_as_work(desk: Desk) -> None:
    exemplar = desk.content.exemplar(VIDEO)
    attempt = import_attempt(desk, exemplar.model_dump_json().encode(), "the file")
    document = export_attempt(desk, attempt)
    assert (document.answers, document.design) == (exemplar.answers, exemplar.design)


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


def refusal(desk: Desk, document: dict[str, Any]) -> str:
    """Import what must be refused and return the one message."""
    before = desk.store.lines("me")
    with pytest.raises(ContentError) as refused:
        import_attempt(desk, json.dumps(document).encode(), "the file")
    assert desk.store.lines("me") == before
    (problem,) = refused.value.problems
    assert problem.file == "the file"
    assert "\n" not in problem.message
    return problem.message


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


# --- owners -----------------------------------------------------------------------------


def test_a_stranger_exports_nothing(desk: Desk, clock: Clock) -> None:
    attempt = submitted(desk, clock)
    with pytest.raises(AttemptNotFoundError) as theirs:
        export_attempt(of_another(desk), attempt)
    with pytest.raises(AttemptNotFoundError) as nobodys:
        export_attempt(of_another(desk), "no-such-session-here")
    assert str(theirs.value) == str(nobodys.value)


def test_an_import_belongs_to_whoever_imports(desk: Desk, clock: Clock) -> None:
    document = raw(desk, submitted(desk, clock))
    other = of_another(desk)
    attempt = import_attempt(other, document, "the file")
    assert [line.header.id for line in desk.store.lines("somebody-else")] == [attempt]
    with pytest.raises(AttemptNotFoundError):
        desk.store.load("me", attempt)


def test_a_document_holds_no_score_and_no_owner(desk: Desk, clock: Clock) -> None:
    document = export_attempt(desk, self_reviewed(desk, clock))
    names = set(re.findall(r'"([a-z_]+)":', document_json(document)))
    assert not names & {"owner", "score", "assessments", "results", "attempt_id"}
    assert names >= {"answers", "design", "session", "submission_hash", "self_ratings"}
