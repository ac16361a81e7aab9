"""The wire: what is sent to a chat completions server, and how its reply is read."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NoReturn

from rubrics.graders.llm.endpoint import Endpoint
from rubrics.graders.llm.outcome import CallEndedError, LlmState

FORMATS = ("json_schema", "json_object", "text")
"""From the strictest, which every server is asked for first, to none."""
_FENCE = re.compile(r"```(?:json)?\s*\n(.*?)```", re.DOTALL | re.IGNORECASE)
_THOUGHTS = re.compile(r"^\s*<think>.*?</think>", re.DOTALL)


@dataclass(frozen=True)
class Dialect:
    """What a server was found to understand."""

    format: str = FORMATS[0]
    limit_field: str = "max_tokens"
    """Newer models of OpenAI want `max_completion_tokens`."""
    has_temperature: bool = True
    """Reasoning models refuse it."""

    def after_refusal(self, complaint: str) -> "Dialect | None":
        """Return what to try after the server refused a request, or None if nothing is left.

        Args:
            complaint: What the server said; it is searched for the names of fields only.
        """
        if self.limit_field in complaint and self.limit_field == "max_tokens":
            return replace(self, limit_field="max_completion_tokens")
        if self.has_temperature and "temperature" in complaint:
            return replace(self, has_temperature=False)
        at = FORMATS.index(self.format)
        return replace(self, format=FORMATS[at + 1]) if at + 1 < len(FORMATS) else None


@dataclass(frozen=True)
class Question:
    """What a model is asked."""

    instructions: str
    material: str
    """What the instructions are about: data, never instructions."""
    schema: Mapping[str, Any] | None = None
    """The JSON Schema of the reply; None asks for prose."""
    schema_name: str = "reply"


def request_fields(question: Question, endpoint: Endpoint, dialect: Dialect) -> dict[str, Any]:
    """Return the fields of a request in a server's dialect."""
    fields: dict[str, Any] = {
        "model": endpoint.model,
        "messages": [
            {"role": "system", "content": question.instructions},
            {"role": "user", "content": question.material},
        ],
        dialect.limit_field: endpoint.output_tokens,
    }
    if dialect.has_temperature:
        fields["temperature"] = 0
    if question.schema is not None and dialect.format == "json_schema":
        fields["response_format"] = {
            "type": "json_schema",
            "json_schema": {
                "name": question.schema_name,
                "strict": True,
                "schema": dict(question.schema),
            },
        }
    elif question.schema is not None and dialect.format == "json_object":
        fields["response_format"] = {"type": "json_object"}
    return fields


@dataclass(frozen=True)
class Reply:
    """A reply as far as it was understood."""

    text: str
    input_tokens: int | None
    output_tokens: int | None


def read_reply(body: bytes) -> Reply:
    """Read the reply of a server that said all is well.

    Raises:
        CallEndedError: If it holds no text that may be used.
    """
    document = _json(body)
    choices = document.get("choices")
    if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
        raise CallEndedError(LlmState.BAD_OUTPUT)
    message, reason = choices[0].get("message"), choices[0].get("finish_reason")
    if not isinstance(message, dict):
        raise CallEndedError(LlmState.BAD_OUTPUT)
    if message.get("refusal") or reason == "content_filter":
        raise CallEndedError(LlmState.REFUSED)
    if reason == "length":
        raise CallEndedError(LlmState.TRUNCATED)
    text = _content(message.get("content"))
    if not text.strip():
        raise CallEndedError(LlmState.BAD_OUTPUT)
    usage = document.get("usage")
    counts = usage if isinstance(usage, dict) else {}
    return Reply(
        _THOUGHTS.sub("", text),
        _count(counts.get("prompt_tokens")),
        _count(counts.get("completion_tokens")),
    )


def object_in(text: str) -> dict[str, Any]:
    """Return the one JSON object of a reply: alone, in a code fence, or inside prose.

    Raises:
        CallEndedError: If there is none, or it is not JSON.
    """
    stripped = text.strip()
    fenced = _FENCE.findall(stripped)
    if not stripped.startswith("{"):
        if len(fenced) == 1:
            stripped = fenced[0].strip()
        elif "{" in stripped:
            stripped = stripped[stripped.index("{") : stripped.rindex("}") + 1]
    return _json(stripped.encode("utf-8", "replace"))


def _content(content: object) -> str:
    """Return the text of a message; some servers send it in parts."""
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        parts = [one.get("text") for one in content if isinstance(one, dict)]
        return "".join(one for one in parts if isinstance(one, str))
    return ""


def _count(value: object) -> int | None:
    is_count = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9
    return int(value) if is_count and isinstance(value, int) else None


def _json(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(
            body.decode("utf-8"), parse_constant=_refuse, object_pairs_hook=_without_twins
        )
    except (ValueError, RecursionError):
        raise CallEndedError(LlmState.BAD_OUTPUT) from None
    if not isinstance(found, dict):
        raise CallEndedError(LlmState.BAD_OUTPUT)
    return found


def _refuse(_constant: str) -> NoReturn:
    raise ValueError("not a number")


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key twice")
    return found
