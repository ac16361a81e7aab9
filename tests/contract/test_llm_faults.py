"""Whatever a server does, a call ends in time, typed, explained, and without saying too much."""

import ipaddress
import json
import logging
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from llm_server import FAULTS, KEY, LlmServer, completion, running
from model_stand_ins import say_well
from pydantic import SecretStr
from test_graders import a_submission, a_task

from designs.library import shipped_pack
from designs.stage import StageId
from rubrics.assessment import Unscored
from rubrics.evidence_check import evidence_problems
from rubrics.graders.llm.client import LlmClient
from rubrics.graders.llm.endpoint import Endpoint
from rubrics.graders.llm.memory import LlmMemory
from rubrics.graders.llm.outcome import Answer, LlmState
from rubrics.graders.llm.second_opinion import Asking, SecondOpinionGrader
from rubrics.graders.llm.wire import Question
from workbench.llm.network import SystemOutside

OK, UNAVAILABLE = LlmState.OK, LlmState.UNAVAILABLE
BAD, TIMEOUT = LlmState.BAD_OUTPUT, LlmState.TIMEOUT
DEADLINE_S = 0.6
MATRIX: dict[str, tuple[LlmState, int]] = {
    "ok": (OK, 1),
    "429": (LlmState.RATE_LIMITED, 2),
    "429-long": (LlmState.RATE_LIMITED, 1),
    "429-beyond": (LlmState.RATE_LIMITED, 1),
    "429-odd": (LlmState.RATE_LIMITED, 2),
    "quota": (LlmState.RATE_LIMITED, 1),
    "busy-then-ok": (OK, 2),
    "500": (UNAVAILABLE, 2),
    "503-html": (UNAVAILABLE, 2),
    "400": (UNAVAILABLE, 3),
    "400-filter": (LlmState.REFUSED, 1),
    "400-long": (UNAVAILABLE, 1),
    "404": (UNAVAILABLE, 1),
    "404-html": (UNAVAILABLE, 1),
    "401": (LlmState.AUTH, 1),
    "403": (LlmState.AUTH, 1),
    "418": (UNAVAILABLE, 1),
    "hang": (TIMEOUT, 1),
    "drip-body": (TIMEOUT, 1),
    "drip-head": (TIMEOUT, 1),
    "cut": (UNAVAILABLE, 2),
    "reset": (UNAVAILABLE, 2),
    "huge": (BAD, 1),
    "packed": (BAD, 1),
    "redirect": (UNAVAILABLE, 1),
    "redirect-get": (UNAVAILABLE, 1),
    "no-json": (BAD, 1),
    "null": (BAD, 1),
    "html-200": (BAD, 1),
    "no-choices": (BAD, 1),
    "choices-null": (BAD, 1),
    "empty": (BAD, 1),
    "prose": (BAD, 1),
    "half-json": (BAD, 1),
    "deep-json": (BAD, 1),
    "nan": (BAD, 1),
    "twice-key": (BAD, 1),
    "fenced": (OK, 1),
    "thinking": (OK, 1),
    "bad-verdict": (BAD, 1),
    "points": (BAD, 1),
    "no-reason": (BAD, 1),
    "four-quotes": (BAD, 1),
    "missing-id": (BAD, 1),
    "extra-id": (BAD, 1),
    "twice-id": (BAD, 1),
    "other-order": (OK, 1),
    "invented": (OK, 1),
    "length": (LlmState.TRUNCATED, 1),
    "filter": (LlmState.REFUSED, 1),
    "refusal": (LlmState.REFUSED, 1),
    "no-usage": (OK, 1),
    "odd-usage": (OK, 1),
    "only-object": (OK, 2),
    "only-text": (OK, 3),
    "picky": (OK, 3),
}
ANSWER = shipped_pack("fraud-detection").exemplar.answers[StageId.FRAMING]


class Hasty(SystemOutside):
    """Waits little between two tries; only the clock of the deadline is real."""

    def wait(self, seconds: float, cancel: threading.Event) -> None:
        super().wait(min(seconds, 0.02), cancel)


@pytest.fixture(scope="module")
def _server() -> Iterator[LlmServer]:
    with running(say_well) as server:
        yield server


@pytest.fixture
def server(_server: LlmServer) -> LlmServer:
    _server.mode = "ok"
    _server.seen.clear()
    _server.requests.clear()
    return _server


def an_endpoint(server: LlmServer, **changes: Any) -> Endpoint:
    plain: dict[str, Any] = {
        "base_url": server.base_url,
        "model": "made-up",
        "api_key": SecretStr(KEY),
        "deadline_s": 10.0,
    }
    return Endpoint.model_validate(plain | changes)


def a_client(server: LlmServer, **changes: Any) -> LlmClient:
    return LlmClient(an_endpoint(server, **changes), Hasty(), LlmMemory())


def asked(client: LlmClient) -> tuple[Answer, tuple[object, ...]]:
    """Ask about one stage; return how it ended and the results."""
    heard: list[Answer] = []
    asking = Asking("a seed", (StageId.FRAMING,), heard=lambda _, answer: heard.append(answer))
    submission = a_submission({StageId.FRAMING: ANSWER})
    task = a_task(submission)
    assessment = SecondOpinionGrader(client, asking).grade(task)
    assert evidence_problems(assessment, submission, task.rubric) == ()
    ids = {one.id for one in task.rubric.stage(StageId.FRAMING)}
    (answer,) = heard
    return answer, tuple(one for one in assessment.results if one.criterion_id in ids)


def test_the_whole_matrix_is_tried() -> None:
    assert MATRIX.keys() == FAULTS.keys()
    assert len(MATRIX) >= 34


@pytest.mark.parametrize("mode", MATRIX)
def test_every_fault_ends_typed_explained_and_in_time(
    mode: str, server: LlmServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.mode = mode
    state, requests = MATRIX[mode]
    slow = state is TIMEOUT or mode == "429-beyond"
    start = time.monotonic()
    answer, results = asked(a_client(server, deadline_s=DEADLINE_S if slow else 10.0))
    took = time.monotonic() - start
    assert (answer.state, answer.figures.requests) == (state, requests)
    assert not slow or took < DEADLINE_S + 1
    assert answer.sentence[0].isupper()
    assert answer.sentence.endswith(".")
    said = f"{answer.sentence} {caplog.text} {results!r}" if not answer.is_ok else caplog.text
    assert KEY not in said
    assert ANSWER[:40] not in said
    if not answer.is_ok:
        details = {one.detail for one in results if isinstance(one, Unscored)}
        assert details == {answer.sentence}
        assert len(results) == sum(isinstance(one, Unscored) for one in results)


def test_an_invented_passage_takes_the_credit_with_it(server: LlmServer) -> None:
    server.mode = "invented"
    _, results = asked(a_client(server))
    first = results[0]
    assert isinstance(first, Unscored)
    assert first.reason == "unsupported"
    assert "withdrawn" in first.detail
    assert "nobody wrote" not in first.detail


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
    assert answer.state is UNAVAILABLE
    assert "three times" in answer.sentence
    assert len(server.requests) == sent


@pytest.mark.parametrize("mode", ["hang", "drip-body", "drip-head"])
def test_a_call_is_cancelled_while_it_waits(mode: str, server: LlmServer) -> None:
    server.mode = mode
    cancel = threading.Event()
    threading.Timer(0.3, cancel.set).start()
    start = time.monotonic()
    answer = a_client(server).ask(Question("Say x", "{}"), cancel)
    assert answer.state is LlmState.CANCELLED
    assert time.monotonic() - start < 2


def test_a_fifth_call_at_once_is_told_to_wait(server: LlmServer) -> None:
    server.mode = "hang"
    cancel = threading.Event()
    client = a_client(server)
    question = Question("Say x", "{}")
    others = [threading.Thread(target=client.ask, args=(question, cancel)) for _ in range(4)]
    for one in others:
        one.start()
    while len(server.requests) < 4:
        time.sleep(0.01)
    answer = client.ask(question, cancel)
    cancel.set()
    for one in others:
        one.join()
    assert answer.state is UNAVAILABLE
    assert "running already" in answer.sentence


def test_nobody_listening(server: LlmServer) -> None:
    answer, _ = asked(a_client(server, base_url="http://127.0.0.1:9/v1"))
    assert answer.state is UNAVAILABLE
    assert "reached" in answer.sentence


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("file:///etc/passwd", "begin with https"),
        ("ftp://example.org/v1", "begin with https"),
        ("http://169.254.169.254/v1", "link-local"),
        ("https://[fe80::1]/v1", "link-local"),
        ("https://[::ffff:169.254.169.254]/v1", "link-local"),
        ("https://[64:ff9b::a9fe:a9fe]/v1", "link-local"),
        ("https://100.100.100.200/v1", "link-local"),
        ("https://0.0.0.0/v1", "link-local"),
        ("http://93.184.216.34/v1", "use https"),
        ("https://user:secret@example.org/v1", "user or password"),
        ("https://example.org/v1?key=secret", "leave that out"),
        ("https://example.org:port/v1", "cannot be read"),
        ("https://exa mple.org/v1", "blank"),
        ("", "begin with https"),
    ],
)
def test_addresses_that_are_never_asked(url: str, said: str, server: LlmServer) -> None:
    answer, _ = asked(a_client(server, base_url=url))
    assert answer.state is UNAVAILABLE
    assert said in answer.sentence
    assert "secret" not in answer.sentence
    assert answer.figures.requests == 0


def test_a_name_that_stands_for_a_forbidden_address_is_not_connected_to(
    server: LlmServer,
) -> None:
    """The address that was looked at is the one that is used, so a name cannot change between."""
    outside = SystemOutside(lambda _host, _port: [ipaddress.ip_address("169.254.169.254")])
    endpoint = an_endpoint(server, base_url="http://rebinding.example/v1")
    answer = LlmClient(endpoint, outside, LlmMemory()).ask(Question("x", "{}"), threading.Event())
    assert "link-local" in answer.sentence
    good = SystemOutside(lambda _host, _port: [ipaddress.ip_address("127.0.0.1")])
    named = an_endpoint(server, base_url=f"http://named.example:{server.port}/v1")
    assert LlmClient(named, good, LlmMemory()).ask(Question("x", "{}", {}), threading.Event()).is_ok


def test_an_installation_may_name_the_only_servers(server: LlmServer) -> None:
    answer, _ = asked(a_client(server, allowed_hosts=("models.example.org",)))
    assert "may ask" in answer.sentence
    assert server.requests == []


def test_nothing_of_the_environment_reaches_a_request(
    server: LlmServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    foreign = {
        "OPENAI_API_KEY": "sk-foreign",
        "OPENAI_BASE_URL": "http://127.0.0.1:9/foreign",
        "OPENAI_ORG_ID": "org-foreign",
        "OPENAI_PROJECT_ID": "proj-foreign",
        "OPENAI_CUSTOM_HEADERS": "X-Foreign: foreign\nAuthorization: Bearer foreign",
        "OPENAI_LOG": "debug",
        "HTTP_PROXY": "http://127.0.0.1:9",
        "ALL_PROXY": "http://127.0.0.1:9",
    }
    for name, value in foreign.items():
        monkeypatch.setenv(name, value)
    answer, _ = asked(a_client(server))
    assert answer.is_ok
    ((path, headers, body),) = server.requests
    assert path == "/v1/chat/completions"
    assert headers["authorization"] == f"Bearer {KEY}"
    assert headers["accept-encoding"] == "identity"
    assert "foreign" not in f"{path} {headers} {body}"
    assert {one for one in headers if one.startswith(("x-", "openai"))} == set()
    assert ANSWER[:40] not in caplog.text
    assert KEY not in caplog.text


def test_without_a_key_none_is_sent(server: LlmServer) -> None:
    asked(a_client(server, api_key=SecretStr("")))
    assert {"authorization", "api-key"}.isdisjoint(server.requests[0][1])


def test_azure_has_its_own_query_and_header(server: LlmServer) -> None:
    answer, _ = asked(a_client(server, api_version="2024-10-21"))
    assert answer.is_ok
    ((path, headers, _),) = server.requests
    assert path == "/v1/chat/completions?api-version=2024-10-21"
    assert headers["api-key"] == KEY
    assert "authorization" not in headers
    azure = an_endpoint(server, base_url="https://me.openai.azure.com/", api_version="2024-10-21")
    assert azure.root == "https://me.openai.azure.com/openai/deployments/made-up"


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


@pytest.mark.parametrize(
    ("mode", "state"),
    [("hang", TIMEOUT), ("drip-body", TIMEOUT), ("500", UNAVAILABLE), ("html-200", BAD)],
)
def test_a_stream_ends_like_any_call(mode: str, state: LlmState, server: LlmServer) -> None:
    server.mode = mode
    client = a_client(server, deadline_s=DEADLINE_S)
    start = time.monotonic()
    answer = client.stream(Question("Coach", "{}"), threading.Event(), lambda _: None)
    assert answer.state is state
    assert time.monotonic() - start < DEADLINE_S + 1


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
