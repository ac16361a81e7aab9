"""The second opinion: a language model's reading, held to the evidence rule.

One call per stage, some of them side by side. The model names passages, gives a reason and then a
verdict; this code checks every passage, withdraws credit that none supports, and computes levels.
"""

import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Literal, Protocol

from pydantic import ConfigDict, Field, ValidationError

from designs.content_hash import canonical_json, text_hash
from designs.record import Record
from designs.stage import STAGES, StageId
from rubrics.assessment import (
    AnswerEvidence,
    Assessment,
    CriterionResult,
    GraderKind,
    GraderRef,
    Scored,
    Unscored,
    UnscoredReason,
)
from rubrics.criterion import Criterion, LevelId
from rubrics.grader import GradingTask
from rubrics.graders.llm.endpoint import Endpoint
from rubrics.graders.llm.gates import Gates, GatesCache
from rubrics.graders.llm.instructions import judging, sent, version_hash
from rubrics.graders.llm.outcome import Answer, CallEndedError, Figures, LlmState
from rubrics.graders.llm.quotes import QuotedText, Span
from rubrics.graders.llm.side_by_side import in_order
from rubrics.graders.llm.wire import Question, object_in

VERSION = "1"
"""Raised whenever the same reply may earn another result."""
NOT_ASKED = "Not asked about yet."
_LONGEST_REASON = 600

_LEVELS: dict[str, LevelId] = {"met": "reasoned", "partial": "named", "unmet": "missing"}
_REASONS = {
    LlmState.REFUSED: UnscoredReason.REFUSED,
    LlmState.BAD_OUTPUT: UnscoredReason.UNPARSEABLE,
    LlmState.TRUNCATED: UnscoredReason.UNPARSEABLE,
}


_FAILED = (UnscoredReason.UNAVAILABLE, UnscoredReason.UNPARSEABLE)
_GATES = GatesCache()


class Judgement(Record):
    """What a model says about one criterion."""

    model_config = ConfigDict(strict=True)

    criterion_id: str
    quotes: list[str] = Field(max_length=3)
    reason: str = Field(max_length=8000)
    verdict: Literal["met", "partial", "unmet", "cannot_assess"]


class Judgements(Record):
    """What a model says about the criteria of a stage."""

    judgements: list[Judgement]


class Asks(Protocol):
    """Whoever can be asked: the client, or a stand-in of a test."""

    @property
    def endpoint(self) -> Endpoint:
        """Where is asked."""
        ...

    def ask(
        self,
        question: Question,
        cancel: threading.Event,
        check: Callable[[str], None] = ...,
        cache_key: str = "",
    ) -> Answer:
        """See `LlmClient.ask`."""
        ...


@dataclass(frozen=True)
class Asking:
    """Which stages are asked about, and who wants to know how it goes."""

    seed: str
    """Makes the key of the answer unguessable; the same seed gives the same question."""
    stages: Collection[StageId] = STAGES
    known: Assessment | None = None
    """An earlier opinion of the same grader, for the stages that are not asked about."""
    cancel: threading.Event = field(default_factory=threading.Event)
    heard: Callable[[StageId, Answer], None] = lambda _stage, _answer: None
    """Told how the call about each stage ended."""


class SecondOpinionGrader:
    """Judges by a language model; a labelled second opinion, never the score of record."""

    def __init__(self, model: Asks, asking: Asking) -> None:
        self._model = model
        self._asking = asking
        self._over: Answer | None = None
        """How a call ended like which all others would end."""

    @property
    def ref(self) -> GraderRef:
        """Kind, model, version, and the hash of endpoint and instructions."""
        return second_opinion_ref(self._model.endpoint)

    def grade(self, task: GradingTask) -> Assessment:
        """Return one result per criterion; what could not be judged is unscored, never a zero."""
        gates = _GATES.get(task.rubric, task.prompt)
        replies = self._replies(task)
        results: dict[str, CriterionResult] = {}
        for stage in STAGES:
            results |= self._stage(stage, replies.get(stage), task, gates)
        return task.assessment(self.ref, tuple(results[one.id] for one in task.rubric.criteria))

    def _replies(self, task: GradingTask) -> dict[StageId, Answer]:
        """Ask about the stages, some side by side, and tell in their order how it went."""
        answers = task.submission.answers
        asked = [
            stage
            for stage in STAGES
            if stage in self._asking.stages and task.rubric.stage(stage) and answers[stage].strip()
        ]
        at_once = self._model.endpoint.calls_at_once
        replies: dict[StageId, Answer] = {}
        for stage, reply in in_order(asked, at_once, partial(self._reply, task)):
            replies[stage] = reply
            self._asking.heard(stage, reply)
        return replies

    def _reply(self, task: GradingTask, stage: StageId) -> Answer:
        if self._over is not None:
            return self._over.model_copy(update={"figures": Figures()})
        answer, criteria = task.submission.answers[stage], task.rubric.stage(stage)
        reply = self._model.ask(
            judging(answer, stage, criteria, task.prompt, self._asking.seed),
            self._asking.cancel,
            partial(_check, [one.id for one in criteria]),
            self._cache_key(stage, answer, task),
        )
        if reply.for_all:
            self._over = reply
        return reply

    def _stage(
        self, stage: StageId, reply: Answer | None, task: GradingTask, gates: Gates
    ) -> dict[str, CriterionResult]:
        answer, criteria = task.submission.answers[stage], task.rubric.stage(stage)
        if not criteria or not answer.strip():
            return {one.id: _scored(one, "missing") for one in criteria}
        if reply is None:
            return {one.id: self._from_before(one, task) or _not_asked(one) for one in criteria}
        if not reply.is_ok:  # what was judged before is not lost by it
            return {one.id: self._judged(one, task) or _unscored(one, reply) for one in criteria}
        said = _judgements(reply.text, [one.id for one in criteria])
        text = QuotedText(sent(answer))
        return {one.id: _result(one, said[one.id], text, gates) for one in criteria}

    def _judged(self, criterion: Criterion, task: GradingTask) -> CriterionResult | None:
        known = self._from_before(criterion, task)
        failed = isinstance(known, Unscored) and known.reason in _FAILED
        return None if failed else known

    def _from_before(self, criterion: Criterion, task: GradingTask) -> CriterionResult | None:
        known = self._asking.known
        fits = (
            known is not None
            and known.grader == self.ref
            and known.submission_hash == task.submission.content_hash()
            and known.rubric_content_hash == task.rubric.content_hash()
        )
        return known.result(criterion.id) if known is not None and fits else None

    def _cache_key(self, stage: StageId, answer: str, task: GradingTask) -> str:
        return text_hash(
            canonical_json(
                [
                    self.ref.model_dump(mode="json"),
                    self._model.endpoint.output_tokens,
                    stage.value,
                    task.rubric.content_hash(),
                    task.prompt.content_hash(),
                    sent(answer),
                ]
            )
        )


def second_opinion_ref(endpoint: Endpoint) -> GraderRef:
    """Return who judges when an endpoint is asked."""
    made_of = canonical_json([endpoint.identity(), version_hash()])
    return GraderRef(
        kind=GraderKind.LLM,
        name=endpoint.model,
        version=VERSION,
        settings_hash=text_hash(made_of)[:16],
    )


def _check(ids: Sequence[str], text: str) -> None:
    _judgements(text, ids)


def _judgements(text: str, ids: Sequence[str]) -> Mapping[str, Judgement]:
    """Read a reply.

    Raises:
        CallEndedError: If it is not in the agreed form, or not about exactly these criteria.
    """
    try:
        said = Judgements.model_validate(object_in(text)).judgements
    except (ValidationError, ValueError, RecursionError):
        raise CallEndedError(LlmState.BAD_OUTPUT) from None
    if sorted(one.criterion_id for one in said) != sorted(ids):
        raise CallEndedError(
            LlmState.BAD_OUTPUT,
            "The model judged other criteria than it was asked about, so nothing of it is used; "
            "try again or choose a larger model.",
        )
    return {one.criterion_id: one for one in said}


def _result(
    criterion: Criterion, said: Judgement, text: QuotedText, gates: Gates
) -> CriterionResult:
    reason = _one_line(said.reason)
    if said.verdict == "cannot_assess":
        return Unscored(criterion_id=criterion.id, reason=UnscoredReason.REFUSED, detail=reason)
    level = _LEVELS[said.verdict]
    if level == "missing":
        return _scored(criterion, level, remarks=(reason,) if reason else ())
    spans = [text.find(one) for one in said.quotes]
    problems = [gates.problem(criterion, text, one) for one in spans]
    sound = {one for one, bad in zip(spans, problems, strict=True) if one and not bad}
    if not sound:
        why = "; ".join(dict.fromkeys(problems)) or "it cited no passage"
        return Unscored(
            criterion_id=criterion.id,
            reason=UnscoredReason.UNSUPPORTED,
            detail=f"The model said {said.verdict}; the credit is withdrawn: {why}.",
        )
    evidence = tuple(_evidence(criterion.stage, one, text) for one in _in_order(sound))
    return _scored(criterion, level, evidence, (reason,) if reason else ())


def _in_order(spans: Collection[Span]) -> list[Span]:
    return sorted(spans, key=lambda one: (one.start, one.end))


def _evidence(stage: StageId, span: Span, text: QuotedText) -> AnswerEvidence:
    quote = text.answer[span.start : span.end]
    return AnswerEvidence(stage=stage, start=span.start, end=span.end, quote=quote)


def _scored(
    criterion: Criterion,
    level_id: LevelId,
    evidence: tuple[AnswerEvidence, ...] = (),
    remarks: tuple[str, ...] = (),
) -> Scored:
    level = next(one for one in criterion.levels if one.id == level_id)
    return Scored(
        criterion_id=criterion.id,
        level_id=level_id,
        value=level.value,
        evidence=evidence,
        remarks=remarks,
    )


def _not_asked(criterion: Criterion) -> Unscored:
    return Unscored(criterion_id=criterion.id, reason=UnscoredReason.UNAVAILABLE, detail=NOT_ASKED)


def _unscored(criterion: Criterion, reply: Answer) -> Unscored:
    reason = _REASONS.get(reply.state, UnscoredReason.UNAVAILABLE)
    return Unscored(criterion_id=criterion.id, reason=reason, detail=reply.sentence)


def _one_line(text: str) -> str:
    """Return a model's reason on one line, nothing invisible, not endless."""
    shown = "".join(one if one.isprintable() else " " for one in text)
    line = " ".join(shown.split())
    return line if len(line) <= _LONGEST_REASON else line[: _LONGEST_REASON - 1] + "…"
