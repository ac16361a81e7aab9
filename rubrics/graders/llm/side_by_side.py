"""Questions that wait for their answers side by side, and are told in their order."""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from typing import TypeVar

Q = TypeVar("Q")
A = TypeVar("A")


def in_order(questions: Sequence[Q], at_once: int, ask: Callable[[Q], A]) -> Iterator[tuple[Q, A]]:
    """Yield each question with its answer, in the order of the questions.

    Args:
        questions: What is asked, each once.
        at_once: How many of them wait at the same time; 1 asks in the caller's own thread.
        ask: Returns the answer. Whatever it raises is raised here, when its turn comes.
    """
    if at_once <= 1 or len(questions) <= 1:
        for question in questions:
            yield question, ask(question)
        return
    answers: list[Future[A]] = [Future() for _ in questions]
    rest, lock = iter(zip(questions, answers, strict=True)), threading.Lock()

    def go_on() -> None:
        while True:
            with lock:
                question, answer = next(rest, (None, None))
            if question is None or answer is None:
                return
            try:
                answer.set_result(ask(question))
            except Exception as error:  # noqa: BLE001 - raised again where the answer is read
                answer.set_exception(error)

    for _ in range(min(at_once, len(questions))):
        # Daemons, unlike the threads of an executor: a program that ends waits for no server.
        threading.Thread(target=go_on, name="dryrun-llm-question", daemon=True).start()
    for question, answer in zip(questions, answers, strict=True):
        yield question, answer.result()
