"""The interviewer's voice: how a question is put, and what is said about a reply.

Offline the authored wording is said and nothing is added. Something that writes, such as a
language model, may be put in its place. It is given the question, the answer and the reply, never
the exemplar or what a good reaction holds; what it returns is checked, and the authored wording
stands in for whatever does not pass. Which question is asked is never its choice.
"""

from collections.abc import Callable
from typing import Protocol

from designs.attempt_document import ReferenceDocument
from designs.prompt import Prompt
from designs.record import Record
from designs.stage import StageId
from designs.transcript import Exchange, TurnKind
from rubrics.graders.offline.guards.copied import CopySource, copied_tokens
from rubrics.graders.offline.segments import sentences

MAX_SPOKEN_CHARS = 600


class Situation(Record):
    """What a voice is told. The learner's texts are data: delimit them."""

    prompt_title: str
    stage: StageId
    kind: TurnKind
    wording: str
    """The authored question; what is said has to ask the same."""
    answer: str
    """What the candidate wrote in this stage."""
    before: tuple[Exchange, ...]
    """The conversation until now, oldest first."""


class Voice(Protocol):
    """Something that puts questions into words."""

    def phrase(self, situation: Situation) -> str:
        """Return the question as it is to be said."""
        ...

    def react(self, situation: Situation) -> str | None:
        """Return a sentence about the last reply, or None to say nothing."""
        ...


class AuthoredVoice:
    """Says what was authored."""

    def phrase(self, situation: Situation) -> str:
        """Return the authored wording."""
        return situation.wording

    def react(self, situation: Situation) -> str | None:
        """Say nothing: an interviewer who does not judge says little."""
        return None


def phrased(voice: Voice, situation: Situation, secret: CopySource) -> str:
    """Return a question in the words of a voice, or as authored if those do not do.

    Args:
        voice: May fail in any way.
        situation: What it is told.
        secret: The reference answer, of which no run of words may be said.
    """
    said = _said(lambda: voice.phrase(situation), secret)
    return said or situation.wording


def reaction(voice: Voice, situation: Situation, secret: CopySource) -> str | None:
    """Return what a voice says about a reply; None if it says nothing, or nothing that will do."""
    return _said(lambda: voice.react(situation), secret)


def secret_of(prompt: Prompt, exemplar: ReferenceDocument) -> CopySource:
    """Return what may not be said: the exemplar's runs of words that the prompt does not tell."""
    told = CopySource.of(told_texts(prompt))
    secret = CopySource.of(exemplar.answers.values())
    return CopySource(secret.runs - told.runs, secret.wholes - told.wholes)


def told_texts(prompt: Prompt) -> tuple[str, ...]:
    """Return what every candidate is told without asking."""
    given = (one.text for one in prompt.givens)
    asked = (one.question for one in prompt.stages)
    return (prompt.title, prompt.summary, prompt.context, *given, *asked)


def tells(text: str, secret: CopySource) -> bool:
    """Tell whether a text holds a run of words of the reference answer."""
    return any(copied_tokens(one, secret) for one in sentences(text))


def _said(speak: Callable[[], object], secret: CopySource) -> str | None:
    try:
        text = speak()
    except Exception:  # noqa: BLE001 -- whatever a voice does, the interview goes on without it
        return None
    if not isinstance(text, str):
        return None
    plain = "".join(one if one.isprintable() else " " for one in text).strip()
    too_long = len(plain) > MAX_SPOKEN_CHARS
    return None if not plain or too_long or tells(plain, secret) else plain
