"""What every grader promises, run over each of them."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_tasks import NOON, SLUG, a_submission, a_task
from model_stand_ins import StandIn, every_sentence

from designs.attempt_document import SelfRating
from designs.library import shipped_pack
from designs.stage import STAGES, StageId
from designs.submission import Submission
from rubrics.assessment import Assessment, GraderKind, Scored, Unscored, UnscoredReason
from rubrics.evidence_check import evidence_problems
from rubrics.grader import Grader
from rubrics.graders.llm.second_opinion import Asking, SecondOpinionGrader
from rubrics.graders.offline import OfflineGrader
from rubrics.graders.offline.doubt import Doubt
from rubrics.graders.offline.mistaken import MistakenModel, Verdict, shipped_mistaken_model
from rubrics.graders.self_review import SelfReviewGrader
from rubrics.library import shipped_rubric
from rubrics.score import overall_score

HOSTILE = (
    "No text. 😀 👩‍💻 Ünïcödé e\u0301 — نموذج \u202eabc\u202c \x07\x0b we split by time, "
    "since 90 days\tpass.\n- p99 < 100 ms; fallback: approve known cards <b>now</b> {x} %s \\N"
)


def self_grader(submission: Submission) -> Grader:
    """Somebody who claims the top everywhere and points at what each answer begins with."""
    return SelfReviewGrader(
        tuple(
            SelfRating(
                criterion_id=one.id,
                level_id="reasoned",
                quote=submission.answers[one.stage].strip()[:60],
            )
            for one in shipped_rubric(SLUG).criteria
        )
    )


GRADERS: dict[str, Callable[[Submission], Grader]] = {
    "offline": lambda _: OfflineGrader(),
    "self": self_grader,
    "second opinion": lambda _: SecondOpinionGrader(StandIn(every_sentence), Asking("a seed")),
}


every_grader = pytest.mark.parametrize("make", GRADERS.values(), ids=GRADERS.keys())


def judged(make: Callable[[Submission], Grader], submission: Submission) -> Assessment:
    grader = make(submission)
    assert isinstance(grader, Grader)
    assessment = grader.grade(a_task(submission))
    assert evidence_problems(assessment, submission, shipped_rubric(SLUG)) == ()
    return assessment


def the_exemplar() -> Submission:
    return a_submission(dict(shipped_pack(SLUG).exemplar.answers), drawn=True)


@every_grader
def test_there_is_one_result_per_criterion_in_order(make: Callable[[Submission], Grader]) -> None:
    rubric = shipped_rubric(SLUG)
    for submission in (the_exemplar(), a_submission({})):
        assessment = judged(make, submission)
        found = [one.criterion_id for one in assessment.results]
        assert found == [one.id for one in rubric.criteria]
        assert assessment.rubric_content_hash == rubric.content_hash()
        assert assessment.submission_hash == submission.content_hash()
        assert (assessment.id, assessment.created_at) == ("an-assessment", NOON)


@every_grader
def test_credit_always_shows_what_it_rests_on(make: Callable[[Submission], Grader]) -> None:
    rubric = shipped_rubric(SLUG)
    for result in judged(make, the_exemplar()).results:
        if isinstance(result, Unscored):
            # Credit that nothing supports is withdrawn, and only a language model claims such.
            assert (result.reason, make) == (UnscoredReason.UNSUPPORTED, GRADERS["second opinion"])
            continue
        criterion = rubric.criterion(result.criterion_id)
        assert criterion is not None
        level = criterion.level(result.level_id)
        assert level is not None
        assert level.value == result.value
        assert result.evidence or result.value == 0


@every_grader
def test_an_empty_answer_is_the_lowest_level_and_never_unscored(
    make: Callable[[Submission], Grader],
) -> None:
    assessment = judged(make, a_submission({}))
    assert all(isinstance(one, Scored) for one in assessment.results)
    assert overall_score(assessment, shipped_rubric(SLUG)).score == 0


@every_grader
def test_the_same_task_has_the_same_result(make: Callable[[Submission], Grader]) -> None:
    submission = the_exemplar()
    first, second = judged(make, submission), judged(make, submission)
    assert first == second
    assert first.model_dump_json() == second.model_dump_json()


@every_grader
def test_a_grader_says_who_it_is(make: Callable[[Submission], Grader]) -> None:
    ref = make(the_exemplar()).ref
    assert ref.kind in (GraderKind.OFFLINE, GraderKind.SELF, GraderKind.LLM)
    assert ref.name
    assert ref.version


@every_grader
def test_the_answer_to_one_stage_does_not_change_another(
    make: Callable[[Submission], Grader],
) -> None:
    answers = dict(shipped_pack(SLUG).exemplar.answers)
    whole = judged(make, a_submission(answers))
    part = judged(make, a_submission(answers | {StageId.FRAMING: ""}))
    for criterion in shipped_rubric(SLUG).criteria:
        if criterion.stage != StageId.FRAMING:
            assert whole.result(criterion.id) == part.result(criterion.id)


@every_grader
def test_hostile_text_is_judged_like_any_other(make: Callable[[Submission], Grader]) -> None:
    answers = dict.fromkeys(STAGES, HOSTILE)
    assert judged(make, a_submission(answers)).model_dump_json()


@every_grader
def test_a_hundred_kilobytes_per_stage_are_judged(make: Callable[[Submission], Grader]) -> None:
    line = "We split by time because a shuffled split leaks the future, with a gap of 90 days.\n"
    answers = dict.fromkeys(STAGES, line * 1250)
    judged(make, a_submission(answers))


WORDS = st.sampled_from(
    "we split by time because p99 100 ms fallback no not maybe labels 90 days , ; . \n - : ( ) "
    "calibrated per card drift 0.1 page roll back 😀 نموذج é e\u0301 \u200b\t".split(" ")
)


@every_grader
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    texts=st.lists(st.lists(WORDS, max_size=60).map(" ".join) | st.text(max_size=80), max_size=7)
)
def test_any_text_gives_a_sound_assessment(
    make: Callable[[Submission], Grader], texts: list[str]
) -> None:
    readable = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
    judged(make, a_submission(dict(zip(STAGES, readable, strict=False))))


class Suspicious(MistakenModel):
    """A model that takes every answer for mistaken that has a sentence to show for it."""

    def verdict(self, doubts: Sequence[Doubt], known: int) -> Verdict | None:
        shown = tuple(number for number, one in enumerate(doubts) if one.weight)[:3]
        return Verdict(self.chance(doubts), shown) if shown else None


@pytest.fixture
def suspicious(monkeypatch: pytest.MonkeyPatch) -> None:
    model = Suspicious.model_validate(shipped_mistaken_model().model_dump())
    monkeypatch.setattr("rubrics.graders.offline.grader.shipped_mistaken_model", lambda: model)


@pytest.mark.usefixtures("suspicious")
def test_a_doubtful_answer_shows_its_own_sentences() -> None:
    hostile = f"{HOSTILE}\n{HOSTILE}"
    answers = dict(shipped_pack(SLUG).exemplar.answers) | {StageId.DATA: hostile}
    submission = a_submission(answers)
    assessment = judged(GRADERS["offline"], submission)  # every quote is checked there
    assert [one.stage for one in assessment.doubtful] == list(STAGES)
    for doubt in assessment.doubtful:
        starts = [one.start for one in doubt.evidence]
        assert starts == sorted(set(starts))
    again = judged(GRADERS["offline"], submission)
    assert again.model_dump_json() == assessment.model_dump_json()
    scores = overall_score(assessment, shipped_rubric(SLUG)).stages
    assert {one.is_doubtful for one in scores} == {True}
    assert max(one.low for one in scores) == 1.5


@pytest.mark.usefixtures("suspicious")
def test_nobody_doubts_an_empty_answer_or_one_about_something_else() -> None:
    beside = "My cousin paints small wooden boats in the evening."
    assessment = judged(GRADERS["offline"], a_submission({StageId.DATA: beside}))
    assert assessment.doubtful == ()


@pytest.mark.usefixtures("suspicious")
def test_doubt_takes_no_credit_from_a_criterion(monkeypatch: pytest.MonkeyPatch) -> None:
    doubted = judged(GRADERS["offline"], the_exemplar())
    monkeypatch.undo()
    plain = judged(GRADERS["offline"], the_exemplar())
    assert doubted.doubtful != plain.doubtful
    assert doubted.results == plain.results


def test_the_exemplars_read_as_sound() -> None:
    assert judged(GRADERS["offline"], the_exemplar()).doubtful == ()


def test_a_criterion_that_fails_spoils_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    import rubrics.graders.offline.grader as module

    broken = shipped_rubric(SLUG).stage(StageId.DATA)[0].id
    real = module.decide

    def failing(criterion: object, *rest: object) -> object:
        if getattr(criterion, "id", "") == broken:
            raise RuntimeError("made to fail")
        return real(criterion, *rest)  # type: ignore[arg-type]

    whole = judged(GRADERS["offline"], the_exemplar())
    monkeypatch.setattr(module, "decide", failing)
    assessment = judged(GRADERS["offline"], the_exemplar())
    result = assessment.result(broken)
    assert isinstance(result, Unscored)
    assert result.reason == UnscoredReason.UNAVAILABLE
    assert "made to fail" not in result.detail
    others = [one for one in assessment.results if one.criterion_id != broken]
    assert others == [one for one in whole.results if one.criterion_id != broken]
    low, high = (
        getattr(overall_score(assessment, shipped_rubric(SLUG)).stage(StageId.DATA), name)
        for name in ("low", "high")
    )
    assert low < high
