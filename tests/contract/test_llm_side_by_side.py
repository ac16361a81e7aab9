"""A second opinion about all stages: some calls at once, told in order, ended together."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from llm_asking import DEADLINE_S, a_client
from llm_server import LlmServer
from made_tasks import a_submission, a_task
from model_stand_ins import say_well

from designs.library import shipped_pack
from designs.stage import STAGES, StageId
from rubrics.assessment import Assessment, Scored
from rubrics.graders.llm.outcome import Answer, Figures, LlmState
from rubrics.graders.llm.second_opinion import Asking, SecondOpinionGrader

SUBMISSION = a_submission(shipped_pack("fraud-detection").exemplar.answers)
_PATIENCE_S = 10.0


def opinion(
    server: LlmServer,
    at_once: int,
    cancel: threading.Event | None = None,
    known: Assessment | None = None,
    **changes: Any,
) -> tuple[Assessment, list[tuple[StageId, Answer]]]:
    """Ask about every stage; return the result and what was heard, in the order of hearing."""
    heard: list[tuple[StageId, Answer]] = []
    asking = Asking(
        "a seed",
        known=known,
        cancel=cancel or threading.Event(),
        heard=lambda stage, answer: heard.append((stage, answer)),
    )
    client = a_client(server, at_once=at_once, **changes)
    return SecondOpinionGrader(client, asking).grade(a_task(SUBMISSION)), heard


def when_together(count: int) -> Callable[[dict[str, Any]], str]:
    """Answer the first calls only once that many of them are there."""
    barrier, numbers = threading.Barrier(count), iter(range(count))

    def say(request: dict[str, Any]) -> str:
        if next(numbers, None) is not None:
            barrier.wait(_PATIENCE_S)
        return say_well(request)

    return say


def test_calls_side_by_side_say_what_calls_one_by_one_say(server: LlmServer) -> None:
    alone, _ = opinion(server, 1)
    server.say = when_together(3)
    together, heard = opinion(server, 3)
    assert together == alone
    assert [stage for stage, _ in heard] == list(STAGES)
    total = Figures()
    for _, answer in heard:
        total = total.plus(answer.figures)
    assert (total.requests, total.input_tokens, total.output_tokens) == (7, 6300, 700)
    assert total.cost(1, 2) == pytest.approx(7 * (900 + 2 * 100) / 1e6)


def test_a_cancel_ends_those_that_wait_and_those_that_would_come(server: LlmServer) -> None:
    server.mode = "hang"
    cancel = threading.Event()

    def cancel_when_three_wait() -> None:
        until = time.monotonic() + _PATIENCE_S
        while len(server.requests) < 3 and time.monotonic() < until:
            time.sleep(0.01)
        cancel.set()

    threading.Thread(target=cancel_when_three_wait, daemon=True).start()
    _, heard = opinion(server, 3, cancel)
    assert [answer.state for _, answer in heard] == [LlmState.CANCELLED] * len(STAGES)
    assert len(server.requests) == 3


def test_each_call_keeps_its_own_deadline(server: LlmServer) -> None:
    server.mode = "hang"
    _, heard = opinion(server, 4, deadline_s=DEADLINE_S)
    assert {answer.state for _, answer in heard} == {LlmState.TIMEOUT, LlmState.UNAVAILABLE}
    assert all(answer.figures.seconds < DEADLINE_S + 1 for _, answer in heard)
    assert [stage for stage, _ in heard] == list(STAGES)


@pytest.mark.parametrize(
    ("mode", "changes"),
    [
        ("401", {}),
        ("403", {}),
        ("404", {}),
        ("quota", {}),
        ("redirect", {}),
        ("ok", {"base_url": "http://127.0.0.1:9/v1"}),
        ("ok", {"allowed_hosts": ("models.example.org",)}),
    ],
    ids=lambda one: str(one)[:40],
)
def test_what_would_end_every_call_alike_is_found_out_once(
    server: LlmServer, mode: str, changes: dict[str, Any]
) -> None:
    server.mode = mode
    _, heard = opinion(server, 1, **changes)
    assert [stage for stage, _ in heard] == list(STAGES)
    assert len({answer.sentence for _, answer in heard}) == 1
    assert not [answer for _, answer in heard if answer.is_ok]
    assert [answer.figures.requests for _, answer in heard[1:]] == [0] * (len(STAGES) - 1)


@pytest.mark.parametrize("mode", ["400-long", "half-json", "refusal", "500"])
def test_what_ends_one_call_ends_no_other(server: LlmServer, mode: str) -> None:
    server.mode = mode
    _, heard = opinion(server, 1)
    assert [answer.figures.requests > 0 for _, answer in heard[:3]] == [True] * 3


@pytest.mark.parametrize("mode", ["401", "500", "half-json", "refusal", "length"])
def test_a_call_that_fails_takes_no_earlier_opinion_away(server: LlmServer, mode: str) -> None:
    before, _ = opinion(server, 1)
    assert [one for one in before.results if isinstance(one, Scored) and one.value]
    server.mode = mode
    now, heard = opinion(server, 2, known=before)
    assert not [answer for _, answer in heard if answer.is_ok]
    assert now.results == before.results
