"""An attempt goes out and comes in again as it was."""

import json
import re
from collections.abc import Callable

import pytest
from desks import FRAUD, VIDEO, Clock, of_another
from doubting import CHANCE, DoubtingGrader
from exchanged_sessions import (
    SENTENCE,
    STATES,
    interviewed,
    interviewed_and_submitted,
    raw,
    self_reviewed,
    submitted,
    worked_on,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from designs.drawing_draft import DrawingDraft
from designs.stage import STAGES, StageId
from rubrics.graders.offline import OfflineGrader
from workbench.desk import Desk
from workbench.exchange import document_json, export_attempt, import_attempt
from workbench.interview.interview import Interview
from workbench.practice import Practice
from workbench.review import Review
from workbench.store import AttemptNotFoundError


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
