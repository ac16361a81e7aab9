"""Whatever a server does, a call ends in time, typed, explained, and without saying too much."""

import logging
import threading
import time

import pytest
from llm_asking import ANSWER, DEADLINE_S, a_client, asked
from llm_server import FAULTS, KEY, LlmServer

from rubrics.assessment import Unscored
from rubrics.graders.llm.client import AT_ONCE
from rubrics.graders.llm.outcome import LlmState
from rubrics.graders.llm.wire import Question

OK, UNAVAILABLE = LlmState.OK, LlmState.UNAVAILABLE


BAD, TIMEOUT = LlmState.BAD_OUTPUT, LlmState.TIMEOUT


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
    deadline_s = DEADLINE_S if slow else 10.0
    start = time.monotonic()
    answer, results = asked(a_client(server, deadline_s=deadline_s))
    took = time.monotonic() - start
    assert (answer.state, answer.figures.requests) == (state, requests)
    assert took < deadline_s + 1
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


@pytest.mark.parametrize("mode", ["hang", "drip-body", "drip-head"])
def test_a_call_is_cancelled_while_it_waits(mode: str, server: LlmServer) -> None:
    server.mode = mode
    cancel = threading.Event()
    threading.Timer(0.3, cancel.set).start()
    start = time.monotonic()
    answer = a_client(server).ask(Question("Say x", "{}"), cancel)
    assert answer.state is LlmState.CANCELLED
    assert time.monotonic() - start < 2


def test_one_call_too_many_is_told_to_wait(server: LlmServer) -> None:
    server.mode = "hang"
    cancel = threading.Event()
    client = a_client(server)
    question = Question("Say x", "{}")
    others = [threading.Thread(target=client.ask, args=(question, cancel)) for _ in range(AT_ONCE)]
    for one in others:
        one.start()
    while len(server.requests) < AT_ONCE:
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
