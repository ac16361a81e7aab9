"""History: one's own sessions, the last changed first, and how each stage developed."""

from dataclasses import replace

import pytest
from desks import FRAUD, NOON, VIDEO, Clock, of_another

from designs.attempt_document import SelfRating
from designs.stage import STAGES, StageId
from rubrics.graders.offline import OfflineGrader
from workbench.desk import Desk
from workbench.history import history, trends
from workbench.practice import Practice
from workbench.review import Review

SENTENCE = "We decline a payment when the expected loss is higher than a lost customer costs."


@pytest.fixture
def review(desk: Desk) -> Review:
    return Review(desk, OfflineGrader())


def reviewed(desk: Desk, practice: Practice, review: Review, prompt: str = FRAUD) -> str:
    attempt = practice.start(prompt, 45)
    practice.save_answer(attempt, StageId.FRAMING, SENTENCE, 0, "tab")
    practice.submit(attempt)
    criterion = desk.content.rubric(prompt).stage(StageId.FRAMING)[0]
    rating = SelfRating(criterion_id=criterion.id, level_id="reasoned", quote=SENTENCE)
    review.rate_self(attempt, (rating,))
    review.finish_self_review(attempt)
    review.open(attempt)
    return attempt


def with_rubric(desk: Desk, **criterion: object) -> Desk:
    """Return the desk with the first criterion of the fraud rubric changed."""
    rubric = desk.content.rubric(FRAUD)
    head = rubric.criteria[0].model_copy(update=criterion)
    edited = rubric.model_copy(update={"criteria": (head, *rubric.criteria[1:])})
    rubrics = {**desk.content.rubrics, FRAUD: edited}
    return replace(desk, content=replace(desk.content, rubrics=rubrics))


def test_nobody_has_no_history(desk: Desk) -> None:
    assert history(desk) == ()
    assert trends(()) == ()


def test_the_last_changed_comes_first(desk: Desk, practice: Practice, clock: Clock) -> None:
    older = practice.start(FRAUD, 45)
    clock.forward(1)
    newer = practice.start(VIDEO, 60)
    clock.forward(1)
    assert [line.attempt_id for line in history(desk)] == [newer, older]
    practice.save_answer(older, StageId.DATA, "text", 0, "tab")
    first, second = history(desk)
    assert (first.attempt_id, first.created_at, first.changed_at) == (older, NOON, clock())
    assert (second.prompt_title, second.budget_minutes) == (
        desk.content.prompt(VIDEO).title,
        60,
    )
    assert not first.submitted
    assert (first.score, first.self_score, first.comparable) == (None, None, True)


def test_a_score_appears_after_the_self_review_only(
    desk: Desk, practice: Practice, review: Review
) -> None:
    attempt = practice.start(FRAUD, 45)
    practice.submit(attempt)
    review.open(attempt)
    (line,) = history(desk)
    assert (line.submitted, line.score, line.self_score) == (True, None, None)
    review.skip_self_review(attempt)
    view = review.open(attempt)
    (line,) = history(desk)
    assert line.score == view.machine_score
    assert line.self_score is None
    assert trends(history(desk))[0].self_score is None


def test_trends_hold_every_stage_oldest_first(
    desk: Desk, practice: Practice, review: Review, clock: Clock
) -> None:
    first = reviewed(desk, practice, review)
    clock.forward(60)
    second = reviewed(desk, practice, review, VIDEO)
    practice.start(FRAUD, 45)  # open sessions have no point
    points = trends(history(desk))
    assert [point.attempt_id for point in points] == [first] * 7 + [second] * 7
    assert [point.stage for point in points] == [*STAGES, *STAGES]
    assert [point.at for point in points] == sorted(point.at for point in points)
    view = review.open(first)
    assert view.machine_score is not None
    assert view.self_score is not None
    for point, own, machine in zip(
        points, view.self_score.stages, view.machine_score.stages, strict=False
    ):
        assert (point.score, point.self_score) == (machine.score, own.score)


@pytest.mark.parametrize(
    ("change", "comparable"),
    [
        ({"title": "In other words"}, True),
        ({"why": "Because interviewers look for it, and always have."}, True),
        ({"weight": 4.0}, False),
        ({"id": "renamed"}, False),
        ({"stage": StageId.MODEL}, False),
    ],
)
def test_scores_of_another_scale_are_marked_and_left_out_of_trends(
    desk: Desk, practice: Practice, review: Review, change: dict[str, object], comparable: bool
) -> None:
    reviewed(desk, practice, review)
    lines = history(with_rubric(desk, **change))
    assert [line.comparable for line in lines] == [comparable]
    assert len(trends(lines)) == (7 if comparable else 0)
    assert lines[0].score is not None


def test_a_prompt_that_is_gone_still_has_its_line(
    desk: Desk, practice: Practice, review: Review
) -> None:
    attempt = reviewed(desk, practice, review)
    poorer = replace(desk, content=replace(desk.content, packs={}, rubrics={}))
    (line,) = history(poorer)
    assert (line.attempt_id, line.prompt_title) == (attempt, FRAUD)
    assert (line.score, line.comparable) == (None, False)
    assert trends((line,)) == ()


def test_history_is_ones_own(desk: Desk, practice: Practice) -> None:
    mine = practice.start(FRAUD, 45)
    other = of_another(desk)
    theirs = Practice(replace(other, new_id=lambda: "another-made-up-id")).start(FRAUD, 45)
    assert [line.attempt_id for line in history(desk)] == [mine]
    assert [line.attempt_id for line in history(other)] == [theirs]
