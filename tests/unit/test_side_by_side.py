"""Several questions wait at once; their answers are told in the order of the questions."""

import threading

import pytest

from rubrics.graders.llm.endpoint import Endpoint
from rubrics.graders.llm.side_by_side import in_order

_PATIENCE_S = 10.0


def test_what_is_answered_first_waits_for_its_turn() -> None:
    answered = [threading.Event() for _ in range(3)]

    def ask(number: int) -> int:
        if number < 2:  # the last is answered first
            assert answered[number + 1].wait(_PATIENCE_S)
        answered[number].set()
        return 10 * number

    assert list(in_order(range(3), 3, ask)) == [(0, 0), (1, 10), (2, 20)]


@pytest.mark.parametrize(("at_once", "most"), [(1, 1), (2, 2), (3, 3), (9, 4)])
def test_no_more_wait_at_once_than_may(at_once: int, most: int) -> None:
    lock, running, seen = threading.Lock(), [0], [0]
    together = threading.Barrier(most)

    def ask(number: int) -> int:
        with lock:
            running[0] += 1
            seen[0] = max(seen[0], running[0])
        if number < most:  # only where that many are on their way together do these go on
            together.wait(_PATIENCE_S)
        with lock:
            running[0] -= 1
        return number

    assert [answer for _, answer in in_order(range(4), at_once, ask)] == [0, 1, 2, 3]
    assert seen == [most]


@pytest.mark.parametrize("at_once", [1, 2])
def test_an_error_is_raised_when_its_turn_comes(at_once: int) -> None:
    def ask(number: int) -> int:
        if number == 1:
            raise KeyError(number)
        return number

    told = in_order(range(3), at_once, ask)
    assert next(told) == (0, 0)
    with pytest.raises(KeyError):
        next(told)


@pytest.mark.parametrize(
    ("url", "at_once", "calls"),
    [
        ("http://localhost:11434/v1", None, 1),
        ("http://127.0.0.1:8080/v1", None, 1),
        ("http://[::1]:8080/v1", None, 1),
        ("http://localhost:8000/v1", 4, 4),
        ("http://192.168.0.7:8000/v1", None, 2),
        ("https://api.openai.com/v1", None, 2),
        ("https://api.openai.com/v1", 1, 1),
        ("no address at all", None, 1),
    ],
)
def test_a_server_on_this_computer_is_asked_one_thing_at_a_time(
    url: str, at_once: int | None, calls: int
) -> None:
    assert Endpoint(base_url=url, model="made-up", at_once=at_once).calls_at_once == calls
