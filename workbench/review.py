"""Reviewing: self-review first, then the score of record beside it."""

from designs.attempt_document import ReferenceDocument, SelfRating
from designs.content_hash import canonical_json, text_hash
from designs.prompt import Prompt
from designs.record import Record
from designs.stage import StageId
from designs.submission import Submission
from rubrics.assessment import Assessment, DoubtfulAnswer, Scored, StatedMistake
from rubrics.criterion import Criterion
from rubrics.evidence_check import evidence_problems
from rubrics.grader import Grader, GradingTask
from rubrics.graders.self_review import SelfReviewGrader
from rubrics.rubric import Rubric
from rubrics.score import OverallScore, overall_score
from workbench.desk import Desk
from workbench.graded_load_test import graded_load_test
from workbench.session_time import SessionClock, session_clock
from workbench.store import StoredAttempt, StoreError

_SELF_REVIEW_ENDS = ("self-review-finished", "self-review-skipped")


class NotSubmittedError(StoreError):
    """References and scores unlock with the submission, never before."""


class SelfReviewEndedError(StoreError):
    """The score was shown: a rating from now on would not be the candidate's own judgement."""


class UnsupportedAssessmentError(StoreError):
    """A grader credited something that the answer does not show; nothing was recorded."""


class Verdict(Record):
    """One criterion, judged by the candidate and by the machine."""

    criterion: Criterion
    machine: Scored | None
    """None if the grader could not judge it."""
    self_review: Scored | None
    """None if there was no self-review."""

    @property
    def gap(self) -> float | None:
        """Self minus machine, in level values; positive means over-rated."""
        if self.machine is None or self.self_review is None:
            return None
        return self.self_review.value - self.machine.value


class ReviewView(Record):
    """Everything that the review page shows."""

    attempt_id: str
    prompt: Prompt
    rubric: Rubric
    submission: Submission
    exemplar: ReferenceDocument
    budget_minutes: int
    clock: SessionClock
    hints: int
    """Hints used over all stages."""
    self_review_open: bool
    """True until the candidate has finished or skipped the self-review."""
    self_ratings: tuple[SelfRating, ...]
    """As saved so far, stage by stage."""
    self_assessment: Assessment | None
    machine_assessment: Assessment | None
    """None while the self-review is open."""

    @property
    def machine_score(self) -> OverallScore | None:
        """The score of record."""
        return _score(self.machine_assessment, self.rubric)

    @property
    def self_score(self) -> OverallScore | None:
        """The candidate's own score."""
        return _score(self.self_assessment, self.rubric)

    def mistakes(self, stage: StageId) -> tuple[StatedMistake, ...]:
        """Return the known mistakes that the answer to a stage states."""
        return self.machine_assessment.mistakes_in(stage) if self.machine_assessment else ()

    def doubt(self, stage: StageId) -> DoubtfulAnswer | None:
        """Return the verdict that the answer to a stage is mistaken as a whole, if there is one."""
        return self.machine_assessment.doubt_about(stage) if self.machine_assessment else None

    def verdicts(self, stage: StageId) -> tuple[Verdict, ...]:
        """Return both judgements of every criterion of a stage."""
        return tuple(
            Verdict(
                criterion=criterion,
                machine=_scored(self.machine_assessment, criterion),
                self_review=_scored(self.self_assessment, criterion),
            )
            for criterion in self.rubric.stage(stage)
        )


class Review:
    """The use cases of a review."""

    def __init__(self, desk: Desk, offline: Grader) -> None:
        self._desk = desk
        self._offline = offline

    def open(self, attempt_id: str) -> ReviewView:
        """Return a submitted attempt with its judgements; grades it if that is due.

        Raises:
            NotSubmittedError: If the attempt is still being worked on.
        """
        desk = self._desk
        stored = desk.store.load(desk.owner, attempt_id)
        submission = _submission(stored)
        prompt = desk.content.prompt(stored.header.prompt_id)
        rubric = desk.content.rubric(prompt.id)
        is_open = not _has_ended(stored)
        return ReviewView(
            attempt_id=attempt_id,
            prompt=prompt,
            rubric=rubric,
            submission=submission,
            exemplar=desk.content.exemplar(prompt.id),
            budget_minutes=stored.header.budget_minutes,
            clock=session_clock(stored.events, desk.now()),
            hints=sum(event.kind == "hinted" for event in stored.events),
            self_review_open=is_open,
            self_ratings=stored.self_ratings,
            self_assessment=None if is_open else self._self_assessment(stored, prompt, rubric),
            machine_assessment=None
            if is_open
            else self._assessment(stored, prompt, rubric, self._offline),
        )

    def rate_self(self, attempt_id: str, ratings: tuple[SelfRating, ...]) -> None:
        """Add ratings to the self-review; a criterion rated again takes the new rating.

        Raises:
            NotSubmittedError: If the attempt is still being worked on.
            SelfReviewEndedError: If the self-review was finished or skipped.
        """
        desk = self._desk
        stored = desk.store.load(desk.owner, attempt_id)
        _submission(stored)
        if _has_ended(stored):
            raise SelfReviewEndedError(
                "The self-review is over and the score was shown, so your ratings stay as they are."
            )
        merged = {one.criterion_id: one for one in (*stored.self_ratings, *ratings)}
        desk.store.record_self_ratings(desk.owner, attempt_id, tuple(merged.values()), desk.now())

    def finish_self_review(self, attempt_id: str) -> None:
        """End the self-review; the machine's score is shown from now on."""
        self._end(attempt_id, "self-review-finished")

    def skip_self_review(self, attempt_id: str) -> None:
        """Go straight to the machine's score."""
        self._end(attempt_id, "self-review-skipped")

    def _end(self, attempt_id: str, kind: str) -> None:
        desk = self._desk
        stored = desk.store.load(desk.owner, attempt_id)
        _submission(stored)
        if not _has_ended(stored):
            desk.store.append_event(desk.owner, attempt_id, desk.event(kind))

    def _self_assessment(
        self, stored: StoredAttempt, prompt: Prompt, rubric: Rubric
    ) -> Assessment | None:
        if not stored.self_ratings:
            return None
        return self._assessment(stored, prompt, rubric, SelfReviewGrader(stored.self_ratings))

    def _assessment(
        self, stored: StoredAttempt, prompt: Prompt, rubric: Rubric, grader: Grader
    ) -> Assessment:
        """Return what a grader found, now or when it was asked before."""
        known = _latest(stored, grader, rubric)
        if known is not None:
            return known
        task = self._task(stored, prompt, rubric, grader)
        assessment = grader.grade(task)
        self._keep(stored, assessment, task)
        return assessment

    def _task(
        self, stored: StoredAttempt, prompt: Prompt, rubric: Rubric, grader: Grader
    ) -> GradingTask:
        submission = _submission(stored)
        return GradingTask(
            submission=submission,
            rubric=rubric,
            prompt=prompt,
            load_test=graded_load_test(
                submission.design, prompt, self._desk.content.palette, rubric
            ),
            assessment_id=_identity(stored, rubric, grader),
            graded_at=self._desk.now(),
        )

    def _keep(self, stored: StoredAttempt, assessment: Assessment, task: GradingTask) -> None:
        problems = evidence_problems(assessment, task.submission, task.rubric, task.load_test)
        if problems:
            raise UnsupportedAssessmentError(
                f"The grader {assessment.grader.name} {assessment.grader.version} broke the "
                f"evidence rule ({len(problems)} findings), so its result was not recorded. "
                "Your submission is safe; please report this."
            )
        self._desk.store.record_assessment(self._desk.owner, stored.header.id, assessment)


def _submission(stored: StoredAttempt) -> Submission:
    if stored.submission is None:
        raise NotSubmittedError(
            "This practice session is not submitted yet. Submit it to see the review."
        )
    return stored.submission


def _has_ended(stored: StoredAttempt) -> bool:
    return any(event.kind in _SELF_REVIEW_ENDS for event in stored.events)


def _identity(stored: StoredAttempt, rubric: Rubric, grader: Grader) -> str:
    """Name an assessment by what it is made of: two tabs that grade at once keep it once."""
    made_of = [
        _submission(stored).content_hash(),
        rubric.content_hash(),
        grader.ref.model_dump(mode="json"),
        [rating.model_dump(mode="json") for rating in stored.self_ratings],
    ]
    return text_hash(canonical_json(made_of))


def _latest(stored: StoredAttempt, grader: Grader, rubric: Rubric) -> Assessment | None:
    """The newest assessment that this grader version made with this very rubric."""
    wanted = rubric.content_hash()
    return next(
        (
            one
            for one in reversed(stored.assessments)
            if one.grader == grader.ref and one.rubric_content_hash == wanted
        ),
        None,
    )


def _score(assessment: Assessment | None, rubric: Rubric) -> OverallScore | None:
    return overall_score(assessment, rubric) if assessment else None


def _scored(assessment: Assessment | None, criterion: Criterion) -> Scored | None:
    result = assessment.result(criterion.id) if assessment else None
    return result if isinstance(result, Scored) else None


__all__ = [
    "NotSubmittedError",
    "Review",
    "ReviewView",
    "SelfReviewEndedError",
    "UnsupportedAssessmentError",
    "Verdict",
]
