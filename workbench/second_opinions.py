"""Second opinions: asking a language model about a submission, and arguing with what it says."""

import threading
from collections.abc import Callable, Collection

from designs.attempt_document import Argument
from designs.content_hash import canonical_json, text_hash
from designs.record import Record
from designs.stage import STAGES, StageId
from rubrics.assessment import Assessment, GraderKind, GraderRef, Scored, Unscored
from rubrics.criterion import Criterion
from rubrics.evidence_check import evidence_problems
from rubrics.grader import GradingTask
from rubrics.graders.llm.client import LlmClient
from rubrics.graders.llm.coach import coach
from rubrics.graders.llm.endpoint import Endpoint
from rubrics.graders.llm.instructions import MOST_CHARS, sent
from rubrics.graders.llm.memory import LlmMemory
from rubrics.graders.llm.outcome import Answer, Figures
from rubrics.graders.llm.outside import Outside
from rubrics.graders.llm.second_opinion import NOT_ASKED, Asking, SecondOpinionGrader
from rubrics.graders.llm.wire import Question
from workbench.desk import Desk
from workbench.interview.model_voice import MOST_SECONDS, ModelVoice
from workbench.review import ReviewView, UnsupportedAssessmentError
from workbench.store import StoreError


class Disagreement(Record):
    """One criterion as both graders see it, and whom the learner believes."""

    criterion: Criterion
    offline: Scored | None
    second: Scored | Unscored | None
    """None if the second opinion was never asked."""
    argument: Argument | None
    """The newest one about the criterion."""

    @property
    def was_asked(self) -> bool:
        """Whether the second opinion was asked about the criterion, whatever came of it."""
        return self.second is not None and not (
            isinstance(self.second, Unscored) and self.second.detail == NOT_ASKED
        )

    @property
    def differs(self) -> bool:
        """Whether both judged and came to different levels."""
        return (
            self.offline is not None
            and isinstance(self.second, Scored)
            and self.offline.level_id != self.second.level_id
        )


class Outbound(Record):
    """What leaves the machine when a second opinion is asked for."""

    host: str
    stages: tuple[StageId, ...]
    """Those with an answer, in order."""
    characters: int
    cut: tuple[StageId, ...]
    """Stages of which only the beginning is sent."""


class Heard(Record):
    """How asking went, stage by stage."""

    assessment: Assessment
    answers: dict[StageId, Answer]

    @property
    def figures(self) -> Figures:
        """What all calls used together."""
        total = Figures()
        for answer in self.answers.values():
            total = total.plus(answer.figures)
        return total

    @property
    def troubles(self) -> tuple[tuple[StageId, str], ...]:
        """Return the stages that were not judged, with the reason."""
        return tuple((s, one.sentence) for s, one in self.answers.items() if not one.is_ok)


class SecondOpinions:
    """The use cases around the language model. None of them touches the score of record."""

    def __init__(self, desk: Desk, outside: Outside) -> None:
        self._desk = desk
        self._outside = outside
        self._memory = LlmMemory()

    def test_connection(self, endpoint: Endpoint, cancel: threading.Event) -> Answer:
        """Ask for one word; nothing of any answer is sent, and earlier failures do not count."""
        short = endpoint.model_copy(update={"deadline_s": min(20.0, endpoint.deadline_s)})
        client = LlmClient(short, self._outside, LlmMemory())
        return client.ask(Question("Reply with the word ready.", "Are you there?"), cancel)

    def outbound(
        self, view: ReviewView, endpoint: Endpoint, stages: Collection[StageId]
    ) -> Outbound:
        """Return what would be sent, and to whom."""
        answers = view.submission.answers
        asked = tuple(one for one in STAGES if one in stages and answers[one].strip())
        return Outbound(
            host=endpoint.host,
            stages=asked,
            characters=sum(len(sent(answers[one])) for one in asked),
            cut=tuple(one for one in asked if len(answers[one]) > MOST_CHARS),
        )

    def ask(
        self,
        view: ReviewView,
        endpoint: Endpoint,
        stages: Collection[StageId],
        cancel: threading.Event,
        heard: Callable[[StageId, Answer], None] = lambda _stage, _answer: None,
    ) -> Heard:
        """Ask about some stages and keep what was judged beside earlier opinions.

        Raises:
            UnsupportedAssessmentError: If the result broke the evidence rule; nothing is kept.
            StoreError: If it could not be kept.
        """
        answers: dict[StageId, Answer] = {}

        def note(stage: StageId, answer: Answer) -> None:
            answers[stage] = answer
            heard(stage, answer)

        asking = Asking(
            seed=self._desk.new_id(),
            stages=stages,
            known=self.newest(view),
            cancel=cancel,
            heard=note,
        )
        client = LlmClient(endpoint, self._outside, self._memory)
        assessment = self._graded(view, SecondOpinionGrader(client, asking))
        if any(one.is_ok for one in answers.values()):
            self._desk.store.record_assessment(self._desk.owner, view.attempt_id, assessment)
        return Heard(assessment=assessment, answers=answers)

    def newest(self, view: ReviewView) -> Assessment | None:
        """Return the newest second opinion with the rubric of the review."""
        stored = self._desk.store.load(self._desk.owner, view.attempt_id)
        wanted = view.rubric.content_hash()
        return next(
            (
                one
                for one in reversed(stored.assessments)
                if one.grader.kind is GraderKind.LLM and one.rubric_content_hash == wanted
            ),
            None,
        )

    def arguments(self, view: ReviewView) -> tuple[Argument, ...]:
        """Return whom the learner believes, oldest first."""
        return self._desk.store.load(self._desk.owner, view.attempt_id).arguments

    def disagreements(self, view: ReviewView, stage: StageId) -> tuple[Disagreement, ...]:
        """Return every criterion of a stage as both graders see it."""
        second = self.newest(view)
        argued = {one.criterion_id: one for one in self.arguments(view)}
        return tuple(
            Disagreement(
                criterion=verdict.criterion,
                offline=verdict.machine,
                second=second.result(verdict.criterion.id) if second else None,
                argument=argued.get(verdict.criterion.id),
            )
            for verdict in view.verdicts(stage)
        )

    def argue(self, view: ReviewView, criterion_id: str, outcome: str, words: str) -> None:
        """Keep whom the learner believes about a criterion.

        Raises:
            StoreError: If there is nothing to argue about, or own words are missing.
        """
        second, offline = self.newest(view), view.machine_assessment
        if second is None or offline is None or view.rubric.criterion(criterion_id) is None:
            raise StoreError("There is no second opinion on this criterion to argue with.")
        if outcome == "own-words" and not words.strip():
            raise StoreError("Write in a sentence how you see it, then save again.")
        argument = Argument.model_validate(
            {
                "criterion_id": criterion_id,
                "outcome": outcome,
                "words": words.strip()[:2000],
                "offline": _name(offline.grader),
                "offline_level": _level(offline, criterion_id),
                "second_opinion": _name(second.grader),
                "second_level": _level(second, criterion_id),
                "at": self._desk.now(),
            }
        )
        self._desk.store.record_argument(self._desk.owner, view.attempt_id, argument)

    def coach(
        self,
        view: ReviewView,
        endpoint: Endpoint,
        stage: StageId,
        paragraph: str,
        cancel: threading.Event,
        say: Callable[[str], None],
    ) -> Answer:
        """Ask for next actions and a rewritten paragraph, handed on sentence by sentence."""
        client = LlmClient(endpoint, self._outside, self._memory)
        missing = tuple(
            f"{verdict.criterion.title}: {', '.join(verdict.machine.missing)}"
            for verdict in view.verdicts(stage)
            if verdict.machine is not None and verdict.machine.missing
        )
        question = coach(
            view.submission.answers[stage], paragraph, stage, missing, view.prompt,
            self._desk.new_id(),
        )  # fmt: skip
        return question.run(client, cancel, say)

    def voice(self, endpoint: Endpoint, cancel: threading.Event) -> ModelVoice:
        """Return an interviewer's voice that asks an endpoint, within a shorter deadline."""
        short = endpoint.model_copy(
            update={"deadline_s": min(MOST_SECONDS, endpoint.deadline_s)},
        )
        client = LlmClient(short, self._outside, self._memory)
        return ModelVoice(client, self._desk.new_id(), cancel)

    def _graded(self, view: ReviewView, grader: SecondOpinionGrader) -> Assessment:
        task = GradingTask(
            submission=view.submission,
            rubric=view.rubric,
            prompt=view.prompt,
            assessment_id="unnamed",
            graded_at=self._desk.now(),
        )
        found = grader.grade(task)
        problems = evidence_problems(found, view.submission, view.rubric)
        if problems:
            raise UnsupportedAssessmentError(
                f"The second opinion broke the evidence rule ({len(problems)} findings), so "
                "nothing of it was recorded. Please report this."
            )
        # The same model may say something else tomorrow: what was said is part of the name.
        made_of = found.model_dump(mode="json", exclude={"id", "created_at"})
        return found.model_copy(update={"id": text_hash(canonical_json(made_of))})


def _name(ref: GraderRef) -> str:
    return f"{ref.name} {ref.version} {ref.settings_hash}".strip()[:300]


def _level(assessment: Assessment, criterion_id: str) -> str | None:
    result = assessment.result(criterion_id)
    return result.level_id if isinstance(result, Scored) else None
