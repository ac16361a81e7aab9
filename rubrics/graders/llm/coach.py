"""The coach: three next actions and one paragraph rewritten, with what is new in it marked."""

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from designs.prompt import Prompt
from designs.stage import StageId
from rubrics.graders.llm.client import LlmClient
from rubrics.graders.llm.instructions import coaching
from rubrics.graders.llm.marking import Source
from rubrics.graders.llm.outcome import Answer
from rubrics.graders.llm.wire import Question

_END = re.compile(r"(?<=[.!?])\s+|\n+")
_MARKER = re.compile(r"^\W*(?:\d[.)]\s*)?(NEXT|REWRITTEN)\b\W*$", re.IGNORECASE)
_ITEM = re.compile(r"^\s*\(?\d{1,2}[.)]\s*")
HEADINGS = ("Next", "Rewritten, from your own words")
"""What stands above the two parts of what the coach says."""
_MOST_CHARS = 8000


@dataclass(frozen=True)
class Coaching:
    """One question to the coach, and what its author wrote."""

    question: Question
    source: Source

    def run(self, client: LlmClient, cancel: threading.Event, say: Callable[[str], None]) -> Answer:
        """Ask, and hand on marked sentences as they are complete.

        Args:
            client: Who is asked.
            cancel: Set by whoever no longer wants to know.
            say: Given plain text: headings, sentences, marks; never Markdown that is meant.
        """
        marked = MarkedText(self.source, say)
        answer = client.stream(self.question, cancel, marked.add)
        if answer.is_ok:
            marked.finish()
        return answer


def coach(
    answer: str,
    paragraph: str,
    stage: StageId,
    missing: tuple[str, ...],
    prompt: Prompt,
    seed: str,
) -> Coaching:
    """Return a question to the coach about one paragraph of an answer."""
    question = coaching(answer, paragraph, stage, missing, prompt, seed)
    return Coaching(question, Source(answer))


@dataclass
class MarkedText:
    """Turns pieces of a stream into whole sentences, each with its marks."""

    source: Source
    say: Callable[[str], None]
    _rest: str = ""
    _is_rewritten: bool = False
    _said: int = field(default=0)

    def add(self, piece: str) -> None:
        """Take a piece and hand on the sentences that are complete now."""
        self._rest += piece
        while (found := _END.search(self._rest)) is not None:
            if found.end() == len(self._rest) and "\n" not in found.group():
                return  # the blank may go on with a line break
            whole, self._rest = self._rest[: found.start()], self._rest[found.end() :]
            self._tell(whole, ends_line="\n" in found.group())

    def finish(self) -> None:
        """Hand on what is left."""
        self._tell(self._rest, ends_line=True)
        self._rest = ""

    def _tell(self, sentence: str, *, ends_line: bool) -> None:
        shown = " ".join("".join(c if c.isprintable() else " " for c in sentence).split())
        if not shown or self._said > _MOST_CHARS:
            return
        marker = _MARKER.match(shown)
        if marker is not None:
            name = marker.group(1).upper()
            self._is_rewritten = name == "REWRITTEN"
            self.say(f"\n\n{HEADINGS[self._is_rewritten]}\n\n")
            return
        body = _ITEM.sub("", shown)
        strange = (
            self.source.strange(body) if self._is_rewritten else self.source.strange_figures(body)
        )
        mark = f" [not in your answer: {', '.join(strange)}]" if strange else ""
        self._said += len(shown)
        self.say(f"{shown}{mark}" + ("\n\n" if ends_line else " "))
