"""A review: locked until submission, oneself first, and nothing recorded without evidence."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from desks import FRAUD, Clock, of_another
from doubting import DoubtingGrader, doubtful_answers

from designs.attempt_document import SelfRating
from designs.drawing_draft import draft_of
from designs.stage import STAGES, StageId
from rubrics.assessment import (
    AnswerEvidence,
    Assessment,
    GraderKind,
    GraderRef,
    Scored,
    Unscored,
    UnscoredReason,
)
from rubrics.grader import GradingTask
from rubrics.graders.offline import OfflineGrader
from workbench.desk import Desk
from workbench.history import history
from workbench.practice import Practice
from workbench.review import (
    NotSubmittedError,
    Review,
    ReviewView,
    SelfReviewEndedError,
    UnsupportedAssessmentError,
)
from workbench.store import AttemptNotFoundError

FRAMING = "We decline a payment when the expected loss is higher than the cost of a lost customer."


class Judge:
    """A grader that counts its calls and judges as it is told."""

    def __init__(self, verdict: Callable[[GradingTask, str], Any], version: str = "1") -> None:
        self.ref = GraderRef(kind=GraderKind.OFFLINE, name="judge", version=version)
        self.calls = 0
        self._verdict = verdict

    def grade(self, task: GradingTask) -> Assessment:
        self.calls += 1
        results = tuple(self._verdict(task, one.id) for one in task.rubric.criteria)
        return task.assessment(self.ref, results)


def missing(_task: GradingTask, criterion: str) -> Scored:
    return Scored(criterion_id=criterion, level_id="missing", value=0)


def unjudged(_task: GradingTask, criterion: str) -> Unscored:
    return Unscored(criterion_id=criterion, reason=UnscoredReason.UNAVAILABLE)


def invented(_task: GradingTask, criterion: str) -> Scored:
    quote = AnswerEvidence(stage=StageId.FRAMING, start=0, end=8, quote="invented")
    return Scored(criterion_id=criterion, level_id="reasoned", value=1, evidence=(quote,))


def generous(_task: GradingTask, criterion: str) -> Scored:
    return Scored(criterion_id=criterion, level_id="reasoned", value=1)


@pytest.fixture
def review(desk: Desk) -> Review:
    return Review(desk, OfflineGrader())


@pytest.fixture
def submitted(practice: Practice) -> str:
    attempt = practice.start(FRAUD, 45)
    practice.save_answer(attempt, StageId.FRAMING, FRAMING, 0, "tab")
    practice.submit(attempt)
    return attempt


def a_rating(desk: Desk, stage: StageId, level: str = "reasoned", quote: str = "") -> SelfRating:
    criterion = desk.content.rubric(FRAUD).stage(stage)[0]
    return SelfRating(criterion_id=criterion.id, level_id=level, quote=quote)


def kept(desk: Desk, attempt: str) -> tuple[Assessment, ...]:
    return desk.store.load("me", attempt).assessments


# --- what is locked ---------------------------------------------------------------------

CALLS: dict[str, Callable[[Review, str], object]] = {
    "open": lambda r, a: r.open(a),
    "rate_self": lambda r, a: r.rate_self(a, ()),
    "finish_self_review": lambda r, a: r.finish_self_review(a),
    "skip_self_review": lambda r, a: r.skip_self_review(a),
}


def test_every_use_case_is_tried() -> None:
    assert set(CALLS) == {name for name in vars(Review) if not name.startswith("_")}


@pytest.mark.parametrize("name", CALLS)
def test_before_submission_everything_is_locked(
    desk: Desk, practice: Practice, review: Review, name: str
) -> None:
    attempt = practice.start(FRAUD, 45)
    before = desk.store.load("me", attempt)
    with pytest.raises(NotSubmittedError, match="not submitted yet"):
        CALLS[name](review, attempt)
    assert desk.store.load("me", attempt) == before


@pytest.mark.parametrize("name", CALLS)
def test_a_stranger_finds_nothing_and_changes_nothing(
    desk: Desk, submitted: str, name: str
) -> None:
    before = desk.store.load("me", submitted)
    with pytest.raises(AttemptNotFoundError) as theirs:
        CALLS[name](Review(of_another(desk), OfflineGrader()), submitted)
    with pytest.raises(AttemptNotFoundError) as nobodys:
        CALLS[name](Review(of_another(desk), OfflineGrader()), "no-such-session-here")
    assert str(theirs.value) == str(nobodys.value)
    assert desk.store.load("me", submitted) == before


def test_after_submission_the_exemplar_is_open_and_the_score_is_not(
    desk: Desk, submitted: str
) -> None:
    judge = Judge(missing)
    view = Review(desk, judge).open(submitted)
    assert view.exemplar == desk.content.exemplar(FRAUD)
    assert view.submission.answers[StageId.FRAMING] == FRAMING
    assert view.self_review_open
    assert (view.machine_assessment, view.machine_score) == (None, None)
    assert (view.self_assessment, view.self_score) == (None, None)
    for stage in STAGES:
        for verdict in view.verdicts(stage):
            assert (verdict.machine, verdict.self_review, verdict.gap) == (None, None, None)
    assert judge.calls == 0
    assert kept(desk, submitted) == ()


def test_rating_some_criteria_shows_no_score(desk: Desk, review: Review, submitted: str) -> None:
    review.rate_self(submitted, (a_rating(desk, StageId.FRAMING, quote=FRAMING),))
    view = review.open(submitted)
    assert len(view.self_ratings) == 1
    assert (view.self_review_open, view.machine_score, view.self_score) == (True, None, None)


# --- the self-review --------------------------------------------------------------------


def test_ratings_add_up_and_the_last_one_counts(desk: Desk, review: Review, submitted: str) -> None:
    framing, data = (a_rating(desk, stage) for stage in (StageId.FRAMING, StageId.DATA))
    corrected = a_rating(desk, StageId.FRAMING, "named", FRAMING)
    review.rate_self(submitted, (framing,))
    review.rate_self(submitted, (data, corrected))
    assert set(review.open(submitted).self_ratings) == {corrected, data}


def test_finishing_shows_both_judgements_and_their_gap(desk: Desk, submitted: str) -> None:
    review = Review(desk, Judge(missing))
    review.rate_self(
        submitted,
        (a_rating(desk, StageId.FRAMING, quote=FRAMING), a_rating(desk, StageId.DATA)),
    )
    review.finish_self_review(submitted)
    view = review.open(submitted)
    assert not view.self_review_open
    first = view.verdicts(StageId.FRAMING)[0]
    assert first.self_review is not None
    assert (first.self_review.value, first.gap) == (1, 1)
    unsupported = view.verdicts(StageId.DATA)[0]  # claimed without a sentence
    assert unsupported.self_review is not None
    assert (unsupported.self_review.value, unsupported.gap) == (0, 0)
    assert view.self_score is not None
    assert view.machine_score is not None
    assert view.self_score.score > view.machine_score.score == 0


def test_every_criterion_has_its_verdict_in_order(review: Review, submitted: str) -> None:
    review.skip_self_review(submitted)
    view = review.open(submitted)
    found = [verdict.criterion for stage in STAGES for verdict in view.verdicts(stage)]
    assert tuple(found) == view.rubric.criteria
    assert all(verdict.machine for stage in STAGES for verdict in view.verdicts(stage))


def test_a_criterion_that_could_not_be_judged_has_no_gap(desk: Desk, submitted: str) -> None:
    review = Review(desk, Judge(unjudged))
    review.rate_self(submitted, (a_rating(desk, StageId.FRAMING, quote=FRAMING),))
    review.finish_self_review(submitted)
    verdict = review.open(submitted).verdicts(StageId.FRAMING)[0]
    assert (verdict.machine, verdict.gap) == (None, None)
    assert verdict.self_review is not None


def test_skipping_goes_straight_to_the_score(desk: Desk, review: Review, submitted: str) -> None:
    review.skip_self_review(submitted)
    view = review.open(submitted)
    assert not view.self_review_open
    assert view.machine_score is not None
    assert (view.self_assessment, view.self_score) == (None, None)
    assert [one.grader.kind for one in kept(desk, submitted)] == [GraderKind.OFFLINE]


def test_the_self_review_ends_once(desk: Desk, review: Review, submitted: str) -> None:
    for _ in range(2):
        review.skip_self_review(submitted)
        review.finish_self_review(submitted)
    kinds = [event.kind for event in desk.store.load("me", submitted).events]
    assert kinds == ["entered", "submitted", "self-review-skipped"]


@pytest.mark.parametrize("end", ["finish_self_review", "skip_self_review"])
def test_nobody_rates_after_having_seen_the_score(
    desk: Desk, review: Review, submitted: str, end: str
) -> None:
    CALLS[end](review, submitted)
    before = review.open(submitted)
    with pytest.raises(SelfReviewEndedError, match="ratings stay"):
        review.rate_self(submitted, (a_rating(desk, StageId.FRAMING, quote=FRAMING),))
    assert review.open(submitted) == before


# --- grading and keeping ----------------------------------------------------------------


def finished(desk: Desk, grader: Any, attempt: str) -> ReviewView:
    review = Review(desk, grader)
    if review.open(attempt).self_review_open:
        review.rate_self(attempt, (a_rating(desk, StageId.FRAMING, quote=FRAMING),))
        review.finish_self_review(attempt)
    return review.open(attempt)


def test_a_grader_is_asked_once(desk: Desk, clock: Clock, submitted: str) -> None:
    judge = Judge(missing)
    first = finished(desk, judge, submitted)
    clock.forward(60)
    for _ in range(3):
        again = Review(desk, judge).open(submitted)
        assert again.machine_assessment == first.machine_assessment
        assert again.self_assessment == first.self_assessment
    assert judge.calls == 1
    assert len(kept(desk, submitted)) == 2  # one of each judge


def test_a_new_version_of_the_grader_judges_anew(desk: Desk, submitted: str) -> None:
    finished(desk, Judge(missing), submitted)
    newer = Judge(unjudged, version="2")
    view = finished(desk, newer, submitted)
    assert view.machine_assessment is not None
    assert view.machine_assessment.grader.version == "2"
    versions = [one.grader.version for one in kept(desk, submitted) if one.grader == newer.ref]
    assert versions == ["2"]
    assert len(kept(desk, submitted)) == 3
    older = finished(desk, Judge(missing), submitted)  # going back finds the old judgement
    assert older.machine_assessment in kept(desk, submitted)
    assert len(kept(desk, submitted)) == 3


def test_an_edited_rubric_is_judged_anew(desk: Desk, submitted: str) -> None:
    judge = Judge(missing)
    finished(desk, judge, submitted)
    rubric = desk.content.rubric(FRAUD)
    edited = rubric.model_copy(update={"title": "In other words"})
    rubrics = {**desk.content.rubrics, FRAUD: edited}
    later = replace(desk, content=replace(desk.content, rubrics=rubrics))
    view = finished(later, judge, submitted)
    assert judge.calls == 2
    assert view.machine_assessment is not None
    assert view.machine_assessment.rubric_content_hash == edited.content_hash()
    assert len(kept(desk, submitted)) == 4


def test_tabs_that_grade_at_once_keep_it_once(desk: Desk, submitted: str) -> None:
    Review(desk, Judge(missing)).skip_self_review(submitted)
    with ThreadPoolExecutor(4) as pool:
        reviews = [Review(desk, Judge(missing)) for _ in range(4)]
        list(pool.map(lambda review: review.open(submitted), reviews))
    assert len(kept(desk, submitted)) == 1


@pytest.mark.parametrize("verdict", [invented, generous])
def test_a_grader_that_breaks_the_evidence_rule_is_not_recorded(
    desk: Desk, submitted: str, verdict: Callable[[GradingTask, str], Any]
) -> None:
    Review(desk, Judge(missing)).skip_self_review(submitted)
    before = desk.store.load("me", submitted)
    with pytest.raises(UnsupportedAssessmentError, match="judge 1 broke the evidence rule") as said:
        Review(desk, Judge(verdict)).open(submitted)
    assert "Your submission is safe" in str(said.value)
    assert desk.store.load("me", submitted) == before
    assert Review(desk, Judge(missing)).open(submitted).machine_score is not None


def test_a_doubtful_answer_is_shown_and_limits_its_stage(desk: Desk, practice: Practice) -> None:
    exemplar = desk.content.exemplar(FRAUD)
    attempt = practice.start(FRAUD, 45)
    for stage, text in exemplar.answers.items():
        practice.save_answer(attempt, stage, text, 0, "tab")
    practice.submit(attempt)
    review = Review(desk, DoubtingGrader(StageId.DATA, StageId.METRICS))
    assert review.open(attempt).doubt(StageId.DATA) is None  # the self-review comes first
    review.skip_self_review(attempt)
    view = review.open(attempt)
    assert view.machine_score is not None
    for stage in STAGES:
        doubt, score = view.doubt(stage), view.machine_score.stage(stage)
        assert score.is_doubtful == (doubt is not None) == (stage in ("data", "metrics"))
        assert score.low <= (1.5 if doubt else 4.0)
        for one in doubt.evidence if doubt else ():
            assert exemplar.answers[stage][one.start : one.end] == one.quote
    (kept_one,) = kept(desk, attempt)
    assert kept_one == view.machine_assessment


class Inventing(DoubtingGrader):
    """Doubts sentences that stand in another answer."""

    def grade(self, task: GradingTask) -> Assessment:
        invented = dict.fromkeys(STAGES, "Somebody else wrote this sentence.")
        verdicts = doubtful_answers(invented, [StageId.DATA])
        return super().grade(task).model_copy(update={"doubtful": verdicts})


def test_a_doubt_about_invented_sentences_is_not_recorded(desk: Desk, submitted: str) -> None:
    Review(desk, Judge(missing)).skip_self_review(submitted)
    before = desk.store.load("me", submitted)
    with pytest.raises(UnsupportedAssessmentError, match="broke the evidence rule"):
        Review(desk, Inventing()).open(submitted)
    assert desk.store.load("me", submitted) == before


def test_the_clock_and_the_hints_are_shown(
    desk: Desk, practice: Practice, review: Review, clock: Clock
) -> None:
    attempt = practice.start(FRAUD, 60)
    practice.open_hint(attempt, StageId.DATA)
    practice.open_hint(attempt, StageId.MODEL)
    clock.forward(7)
    practice.submit(attempt)
    clock.forward(600)
    view = review.open(attempt)
    assert (view.hints, view.clock.total, view.budget_minutes) == (2, 420, 60)


def test_the_exemplar_as_an_answer_scores_high(
    desk: Desk, practice: Practice, review: Review
) -> None:
    exemplar = desk.content.exemplar(FRAUD)
    attempt = practice.start(FRAUD, 45)
    for stage, text in exemplar.answers.items():
        practice.save_answer(attempt, stage, text, 0, "tab")
    practice.save_drawing(attempt, draft_of(exemplar.design), 0, "tables")
    assert practice.submit(attempt).design == exemplar.design
    review.skip_self_review(attempt)
    score = review.open(attempt).machine_score
    assert score is not None
    assert score.score >= 80
    empty = practice.start(FRAUD, 45)
    practice.submit(empty)
    review.skip_self_review(empty)
    nothing = review.open(empty).machine_score
    assert nothing is not None
    assert nothing.score == 0
    assert {line.score.score for line in history(desk) if line.score} == {score.score, 0}
