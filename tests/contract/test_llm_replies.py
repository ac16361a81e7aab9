"""Replies in the forms of known servers, whole and in pieces."""

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from llm_asking import a_client
from llm_server import FAULTS, LlmServer, completion
from model_stand_ins import say_well

from rubrics.graders.llm.wire import Question


def test_a_stream_is_handed_on_as_it_comes(server: LlmServer) -> None:
    pieces: list[str] = []
    server.say = lambda _: "Say who acts on the score. Then say when."
    try:
        answer = a_client(server).stream(Question("Coach", "{}"), threading.Event(), pieces.append)
    finally:
        server.say = say_well
    assert len(pieces) > 2
    assert "".join(pieces) == answer.text == "Say who acts on the score. Then say when."
    assert (answer.figures.input_tokens, answer.figures.output_tokens) == (50, 20)


SHAPES = sorted((Path(__file__).parent / "llm_replies").glob("*.json"))


@pytest.mark.parametrize("path", SHAPES, ids=lambda one: one.stem)
def test_the_replies_of_known_servers_are_understood(path: Path, server: LlmServer) -> None:
    recorded = json.loads(path.read_text(encoding="utf-8"))

    def replay(_request: dict[str, Any]) -> str:
        raise AssertionError("the recorded body is sent instead")

    status, body = recorded["status"], json.dumps(recorded["body"]).encode()
    fault: Callable[..., None] = lambda s, c, _b: s.reply(c, f"{status} x", body)  # noqa: E731
    FAULTS["recorded"] = fault
    server.mode = "recorded"
    server.say = replay
    try:
        question = Question("Reply in JSON", "{}", {"type": "object"})
        answer = a_client(server).ask(question, threading.Event())
    finally:
        server.say = say_well
        del FAULTS["recorded"]
    expected = recorded["expected"]
    assert answer.state == expected["state"]
    assert answer.text == expected.get("text", "")
    if answer.is_ok:
        counts = (answer.figures.input_tokens, answer.figures.output_tokens)
        assert counts == tuple(expected["tokens"])


def test_there_is_a_reply_of_every_kind_of_server() -> None:
    assert {one.stem.split("-")[0] for one in SHAPES} == {
        "openai",
        "azure",
        "vllm",
        "ollama",
        "llamacpp",
    }


def test_a_completion_of_the_fake_has_the_form_of_openais() -> None:
    recorded = json.loads((SHAPES[0].parent / "openai-ok.json").read_text(encoding="utf-8"))
    made = completion("x")
    assert made.keys() <= recorded["body"].keys()
    assert made["choices"][0].keys() <= recorded["body"]["choices"][0].keys()
