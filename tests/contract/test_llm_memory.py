"""What is remembered of a server between two calls: its dialect, its replies, its failures."""

import threading

from llm_asking import ANSWER, a_client, an_endpoint, asked
from llm_server import LlmServer
from pydantic import SecretStr

from rubrics.graders.llm.client import LlmClient
from rubrics.graders.llm.memory import LlmMemory
from rubrics.graders.llm.outcome import LlmState
from rubrics.graders.llm.wire import Question
from workbench.llm.network import SystemOutside


def test_what_a_server_understands_is_remembered(server: LlmServer) -> None:
    server.mode = "only-text"
    memory = LlmMemory()
    client = LlmClient(an_endpoint(server), SystemOutside(), memory)
    asked(client)
    assert [one[2].get("response_format", {}).get("type") for one in server.requests] == [
        "json_schema",
        "json_object",
        None,
    ]
    again = LlmClient(an_endpoint(server, api_key=SecretStr("other")), SystemOutside(), memory)
    answer = again.ask(Question("Reply {}", "{}", {"type": "object"}), threading.Event())
    assert answer.figures.requests == 1


def test_the_same_question_is_answered_from_memory(server: LlmServer) -> None:
    client = a_client(server)
    (first, judged), (second, again) = asked(client), asked(client)
    assert (first.figures.requests, second.figures.requests) == (1, 0)
    assert judged == again
    assert second.figures.cost(1, 1) == 0


def test_another_answer_is_asked_about_anew(server: LlmServer) -> None:
    client = a_client(server)
    asked(client)
    other, _ = asked(client, f"{ANSWER} And a word more.")
    assert other.figures.requests == 1


def test_a_bad_reply_is_not_remembered(server: LlmServer) -> None:
    client = a_client(server)
    server.mode = "half-json"
    asked(client)
    server.mode = "ok"
    assert asked(client)[0].is_ok


def test_after_three_failures_the_server_is_left_alone(server: LlmServer) -> None:
    client = a_client(server)
    server.mode = "500"
    for _ in range(3):
        asked(client)
    server.mode = "ok"
    sent = len(server.requests)
    answer, _ = asked(client)
    assert answer.state is LlmState.UNAVAILABLE
    assert "three times" in answer.sentence
    assert len(server.requests) == sent
