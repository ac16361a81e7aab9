"""An interview over a real store: what is asked, kept and settled, and what two tabs do to it."""

from dataclasses import replace

import pytest
from desks import FRAUD, Clock, of_another

from designs.stage import STAGES, StageId
from designs.transcript import MAX_REPLY_CHARS, Turn
from rubrics.graders.offline import OfflineGrader
from workbench.desk import Desk
from workbench.edits import TooLongError
from workbench.interview.interview import Interview
from workbench.interview.moves import MAX_FOLLOW_UPS, Mode
from workbench.interview.voice import Situation
from workbench.practice import Practice
from workbench.review import Review
from workbench.scoring import score_document
from workbench.store import (
    AlreadySubmittedError,
    AttemptNotFoundError,
    StoreError,
    TurnTakenError,
)

WEAK = "We would take what there is, look at it for a while and then do what seems right to us."
DATA = StageId.DATA


@pytest.fixture
def attempt(desk: Desk) -> str:
    """A session with a weak answer in each stage."""
    practice = Practice(desk)
    attempt = practice.start(FRAUD, 45)
    for stage in STAGES:
        practice.save_answer(attempt, stage, WEAK, 0, "tab")
    return attempt


def question(turn: Turn | None) -> Turn:
    assert turn is not None
    return turn


def test_a_question_and_its_reply_are_kept(desk: Desk, attempt: str) -> None:
    interview = Interview(desk)
    asked = question(interview.ask(attempt, DATA))
    assert (asked.number, asked.kind, asked.stage) == (1, "follow-up", DATA)
    assert interview.ask(attempt, DATA) is None  # one at a time
    assert interview.save_reply(attempt, 1, "After 60 days, so we wait.", 0, "tab").number == 1
    view = Practice(desk).open(attempt).interview
    assert (view.open, view.waiting) == (1, view.said[0])
    interview.settle(attempt, 1)
    (exchange,) = Practice(desk).open(attempt).interview.said
    assert (exchange.reply, exchange.outcome) == ("After 60 days, so we wait.", "answered")
    assert exchange.wording == asked.wording
    stored = desk.store.load("me", attempt)
    assert [e.kind for e in stored.events if e.subject == "1"] == ["spoke", "replied"]


def test_a_reply_that_leaves_something_out_is_probed_at_once(desk: Desk, attempt: str) -> None:
    interview = Interview(desk)
    first = question(interview.ask(attempt, DATA))
    interview.save_reply(attempt, 1, "Hard to say.", 0, "tab")
    probe = question(interview.settle(attempt, 1))
    assert (probe.kind, probe.question_id) == ("probe", first.question_id)
    interview.save_reply(attempt, 2, "Still hard to say.", 0, "tab")
    assert interview.settle(attempt, 2) is None
    assert Practice(desk).open(attempt).interview.open is None


def test_nothing_is_settled_by_an_empty_reply_but_by_a_pass(desk: Desk, attempt: str) -> None:
    interview = Interview(desk)
    interview.ask(attempt, DATA)
    interview.save_reply(attempt, 1, " \n", 0, "tab")
    assert interview.settle(attempt, 1) is None
    assert Practice(desk).open(attempt).interview.open == 1
    assert interview.settle(attempt, 1, passed=True) is None
    assert interview.settle(attempt, 1) is None  # the first decision stands
    assert [one.outcome for one in Practice(desk).open(attempt).interview.said] == ["passed"]


def test_a_text_that_arrives_after_the_button_is_not_lost(desk: Desk, attempt: str) -> None:
    interview = Interview(desk)
    interview.ask(attempt, DATA)
    interview.save_reply(attempt, 1, "After 60 days", 0, "tab")
    interview.settle(attempt, 1)
    interview.save_reply(attempt, 1, "After 60 days, so we wait.", 1, "tab")
    said = Practice(desk).open(attempt).interview.said
    assert said[0].reply == "After 60 days, so we wait."


def test_two_tabs_that_ask_at_once_get_one_question(desk: Desk, attempt: str) -> None:
    turn = Turn(number=1, kind="follow-up", stage=DATA, question_id="a", wording="One?")
    event = desk.event("spoke", DATA, "1")
    desk.store.append_turn("me", attempt, turn, event)
    before = desk.store.load("me", attempt)
    for number in (1, 3):
        late = turn.model_copy(update={"number": number, "wording": "Another?"})
        with pytest.raises(TurnTakenError):
            desk.store.append_turn("me", attempt, late, event)
    assert desk.store.load("me", attempt) == before


def test_two_tabs_that_reply_at_once_both_win(desk: Desk, attempt: str) -> None:
    interview = Interview(desk)
    interview.ask(attempt, DATA)
    interview.save_reply(attempt, 1, "from one tab", 0, "one")
    assert interview.save_reply(attempt, 1, "from another", 0, "two").stale
    reply = Practice(desk).open(attempt).interview.open_reply
    assert reply is not None
    assert reply.other is not None
    assert (reply.text, reply.other.body) == ("from another", "from one tab")


def test_a_strict_interviewer_asks_at_each_end_and_changes_one_requirement(
    desk: Desk, attempt: str
) -> None:
    interview = Interview(desk)
    assert interview.leave(attempt, DATA) is None  # nobody asked for it
    interview.take_part(attempt, Mode.STRICT)
    interview.take_part(attempt, Mode.STRICT)
    kinds = []
    for stage in STAGES:
        while (turn := interview.leave(attempt, stage)) is not None:
            kinds.append((stage, turn.kind))
            interview.settle(attempt, turn.number, passed=True)
    assert kinds == [
        *((stage, "follow-up") for stage in STAGES[:3]),
        (StageId.MODEL, "change"),
        *((stage, "follow-up") for stage in STAGES[3:]),
    ]
    events = desk.store.load("me", attempt).events
    assert [e.subject for e in events if e.kind == "interviewer"] == ["strict"]


def test_the_interview_ends(desk: Desk, attempt: str) -> None:
    interview = Interview(desk)
    asked = []
    for stage in (*STAGES, *STAGES):
        while (turn := interview.ask(attempt, stage)) is not None:
            asked.append(turn.question_id)
            interview.settle(attempt, turn.number, passed=True)
    assert len(set(asked)) == len(asked) == MAX_FOLLOW_UPS


def test_an_interviewer_who_is_off_says_nothing(desk: Desk, attempt: str) -> None:
    interview = Interview(desk)
    interview.take_part(attempt, Mode.OFF)
    assert interview.ask(attempt, DATA) is None
    assert interview.leave(attempt, DATA) is None


def test_a_prompt_without_questions_has_no_interviewer(desk: Desk, attempt: str) -> None:
    bare = replace(desk, content=replace(desk.content, questions={}))
    assert Interview(bare).ask(attempt, DATA) is None


def test_the_submission_freezes_the_interview(desk: Desk, attempt: str) -> None:
    interview = Interview(desk)
    interview.ask(attempt, DATA)
    interview.save_reply(attempt, 1, "After 60 days.", 0, "tab")
    submission = Practice(desk).submit(attempt)
    assert [one.reply for one in submission.transcript] == ["After 60 days."]
    assert desk.store.load("me", attempt).submission == submission
    with pytest.raises(AlreadySubmittedError):
        interview.save_reply(attempt, 1, "After 90 days.", 1, "tab")
    assert interview.settle(attempt, 1) is None
    assert interview.ask(attempt, StageId.MODEL) is None
    interview.take_part(attempt, Mode.OFF)
    assert desk.store.load("me", attempt).events[-1].kind == "submitted"


def test_replies_are_not_graded(desk: Desk, clock: Clock) -> None:
    """Not even the exemplar's own words: the score rests on the answers."""
    exemplar = desk.content.exemplar(FRAUD)
    said = {"kind": "follow-up", "stage": "data", "question_id": "until-we-know", "wording": "Why?"}
    asked = [said | {"reply": exemplar.answers[DATA], "outcome": "answered"}]
    plain = exemplar.model_copy(update={"answers": dict.fromkeys(STAGES, "")})
    told = type(plain).model_validate(plain.model_dump() | {"transcript": asked})
    without, beside = (score_document(one, desk.content) for one in (plain, told))
    assert beside.submission.content_hash() != without.submission.content_hash()
    assert beside.assessment.results == without.assessment.results


def test_the_review_holds_the_interview(desk: Desk, attempt: str) -> None:
    Interview(desk).ask(attempt, DATA)
    Practice(desk).submit(attempt)
    review = Review(desk, OfflineGrader())
    review.skip_self_review(attempt)
    (exchange,) = review.open(attempt).submission.transcript
    assert (exchange.stage, exchange.outcome) == (DATA, "open")


class Warm:
    """A voice that says everything in its own words, and remarks on replies."""

    def __init__(self) -> None:
        self.told: list[Situation] = []

    def phrase(self, situation: Situation) -> str:
        self.told.append(situation)
        return f"I wonder: {situation.wording}"

    def react(self, situation: Situation) -> str | None:
        self.told.append(situation)
        return "I see."


def test_a_voice_phrases_and_reacts_and_never_sees_the_reference(desk: Desk, attempt: str) -> None:
    voice = Warm()
    interview = Interview(desk, voice)
    assert question(interview.ask(attempt, DATA)).wording.startswith("I wonder: ")
    interview.save_reply(attempt, 1, "Wait 90 days, and leave younger rows out.", 0, "tab")
    remark = question(interview.settle(attempt, 1))
    assert (remark.kind, remark.wording) == ("remark", "I see.")
    kinds = [one.kind for one in Practice(desk).open(attempt).interview.said]
    assert kinds == ["follow-up", "remark"]
    assert Practice(desk).open(attempt).interview.open is None
    told = "\n".join(one.model_dump_json() for one in voice.told)
    assert WEAK in told
    assert desk.content.exemplar(FRAUD).answers[DATA][:60] not in told


def test_what_does_not_exist_is_refused_in_one_sentence(desk: Desk, attempt: str) -> None:
    interview = Interview(desk)
    interview.ask(attempt, DATA)
    for number in (0, 2):
        with pytest.raises(StoreError, match="has not asked this"):
            interview.save_reply(attempt, number, "text", 0, "tab")
        assert interview.settle(attempt, number) is None
    with pytest.raises(TooLongError, match="at most 20,000 are kept"):
        interview.save_reply(attempt, 1, "x" * (MAX_REPLY_CHARS + 1), 0, "tab")
    stranger = Interview(of_another(desk))
    for call in (stranger.ask, stranger.leave):
        with pytest.raises(AttemptNotFoundError):
            call(attempt, DATA)
