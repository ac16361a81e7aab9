"""Stand-ins for a language model: what they say is made from the request."""

import json
import re
import threading
from collections.abc import Callable, Iterable
from typing import Any

from rubrics.graders.llm.endpoint import Endpoint
from rubrics.graders.llm.outcome import Answer, CallEndedError, Figures, answered, ended
from rubrics.graders.llm.wire import Question
from rubrics.graders.offline.segments import sentences

Quoting = Callable[[str, str], Iterable[str]]
"""Picks the passages for a criterion id from an answer."""


def answer_in(request: dict[str, Any]) -> str:
    """Return the learner's text, as the model finds it."""
    (text,) = json.loads(request["messages"][1]["content"]).values()
    return text if isinstance(text, str) else str(text["paragraph"])


def criteria_in(request: dict[str, Any]) -> list[str]:
    return re.findall(r"^- criterion_id: (\S+)$", request["messages"][0]["content"], re.MULTILINE)


def judgements(ids: Iterable[str], answer: str, quoting: Quoting, verdict: str = "met") -> str:
    rows = [
        {
            "criterion_id": one,
            "quotes": list(quoting(one, answer))[:3],
            "reason": "The passage says so.",
            "verdict": verdict,
        }
        for one in ids
    ]
    return json.dumps({"judgements": rows})


def first_words(_criterion: str, answer: str) -> list[str]:
    """Quote how the answer begins."""
    return [" ".join(answer.split()[:12])]


def every_sentence(criterion: str, answer: str) -> list[str]:
    """Quote three sentences, other ones for each criterion."""
    parts = [one.raw for one in sentences(answer, 200)]
    start = sum(map(ord, criterion)) % max(1, len(parts))
    return (parts[start:] + parts[:start])[:3]


class StandIn:
    """Asked instead of a client; always says the best it can."""

    def __init__(self, quoting: Quoting = first_words, verdict: str = "met") -> None:
        self.endpoint = Endpoint(base_url="http://127.0.0.1:9/v1", model="stand-in")
        self.questions: list[Question] = []
        self._quoting = quoting
        self._verdict = verdict

    def ask(
        self,
        question: Question,
        cancel: threading.Event,
        check: Callable[[str], None] = lambda _: None,
        cache_key: str = "",
    ) -> Answer:
        self.questions.append(question)
        request = {"messages": [{"content": question.instructions}, {"content": question.material}]}
        text = judgements(criteria_in(request), answer_in(request), self._quoting, self._verdict)
        figures = Figures(requests=1, input_tokens=900, output_tokens=100, seconds=0.5)
        try:
            check(text)
        except CallEndedError as how:
            return ended(how, figures)
        return answered(text, figures)


def say_well(request: dict[str, Any]) -> str:
    """Answer any question of the workbench in its form."""
    instructions = request["messages"][0]["content"]
    if "REWRITTEN" in instructions:
        return (
            "NEXT\n1. Say who acts on the score.\n2. Give the cost of a mistake.\n"
            "3. Name the label.\nREWRITTEN\n" + answer_in(request) + " It serves 70,000 users."
        )
    asked = re.search(r"^Ask exactly this question.*?: (.+)$", instructions, re.MULTILINE)
    if asked is not None:
        return json.dumps({"said": f"Let us stay with that for a moment. {asked.group(1)}"})
    if '{"said"' in instructions:
        return json.dumps({"said": "I hear you."})
    ids = criteria_in(request)
    return judgements(ids, answer_in(request) if ids else "", first_words)
