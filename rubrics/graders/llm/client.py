"""The client: one question to one endpoint, and an answer whatever happens.

The `openai` package speaks the protocol. Everything that it would decide by itself is decided
here: address, key, deadline, retries, what of a reply is believed. It is given no key; the
network that `Outside` provides adds it to the one request that may carry it.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from rubrics.graders.llm.endpoint import Endpoint, EndpointError
from rubrics.graders.llm.memory import LlmMemory
from rubrics.graders.llm.outcome import Answer, CallEndedError, Figures, LlmState, answered, ended
from rubrics.graders.llm.outside import Limits, Outside
from rubrics.graders.llm.refusals import cause_of, complaint_of
from rubrics.graders.llm.wire import Dialect, Question, Reply, read_reply, request_fields

if TYPE_CHECKING:
    from openai import OpenAI

_RETRIES = 1
_PAUSE_S = 0.5
AT_ONCE = 8
"""Calls of the whole process."""
_BUSY = f"{AT_ONCE} calls are running already; wait until one of them has ended."
_NO_KEY = "not-sent"
"""What the package is told; without one it would look for a key in the environment."""


class LlmClient:
    """Asks one endpoint.

    Args:
        endpoint: Where.
        outside: Clock and network.
        memory: Of the process: dialects, failures, replies.
    """

    _slots = threading.BoundedSemaphore(AT_ONCE)

    def __init__(self, endpoint: Endpoint, outside: Outside, memory: LlmMemory) -> None:
        self.endpoint = endpoint
        self._outside = outside
        self._memory = memory

    def ask(
        self,
        question: Question,
        cancel: threading.Event,
        check: Callable[[str], None] = lambda _: None,
        cache_key: str = "",
    ) -> Answer:
        """Return the answer to a question; never raises for what a server does.

        Args:
            question: What is asked.
            cancel: Set by whoever no longer wants to know.
            check: Raises `CallEndedError` for a text that is not to be used.
            cache_key: The hash of all that the answer depends on; empty to ask in any case.
        """
        known = self._memory.recall(cache_key) if cache_key else None
        if known is not None:
            return answered(known, Figures())
        answer = self._run(cancel, lambda call: call.ask(question, check))
        if answer.is_ok and cache_key:
            self._memory.keep(cache_key, answer.text)
        return answer

    def stream(
        self, question: Question, cancel: threading.Event, say: Callable[[str], None]
    ) -> Answer:
        """Hand on the pieces of a prose answer as they come, and return how it ended."""
        return self._run(cancel, lambda call: call.stream(question, say))

    def _run(self, cancel: threading.Event, work: Callable[["_Call"], Reply]) -> Answer:
        start = self._outside.clock()
        call = _Call(self.endpoint, self._outside, self._memory, cancel)
        try:
            with self._slot():
                reply = work(call)
        except CallEndedError as how:
            figures = Figures(requests=call.requests, seconds=self._since(start))
            if call.requests:
                self._memory.note(self.endpoint, how.state, self._outside.clock())
            return ended(how, figures)
        self._memory.note(self.endpoint, LlmState.OK, self._outside.clock())
        figures = Figures(
            requests=call.requests,
            input_tokens=reply.input_tokens,
            output_tokens=reply.output_tokens,
            seconds=self._since(start),
        )
        return answered(reply.text, figures)

    def _since(self, start: float) -> float:
        return round(self._outside.clock() - start, 3)

    @contextmanager
    def _slot(self) -> Iterator[None]:
        if not self._slots.acquire(blocking=False):
            raise CallEndedError(LlmState.UNAVAILABLE, _BUSY)
        try:
            yield
        finally:
            self._slots.release()


class _Call:
    """One question on its way, with its deadline and the requests that it took."""

    def __init__(
        self, endpoint: Endpoint, outside: Outside, memory: LlmMemory, cancel: threading.Event
    ) -> None:
        self.requests = 0
        self._endpoint = endpoint
        self._outside = outside
        self._memory = memory
        self._cancel = cancel
        self._deadline = outside.clock() + endpoint.deadline_s
        self._retries = _RETRIES

    def ask(self, question: Question, check: Callable[[str], None]) -> Reply:
        """Ask, in the strictest dialect that the server understands."""

        def once(client: "OpenAI", dialect: Dialect) -> Reply:
            fields = request_fields(question, self._endpoint, dialect)
            raw = client.chat.completions.with_raw_response.create(**fields)
            reply = read_reply(raw.http_response.content)
            check(reply.text)
            return reply

        return self._in_some_dialect(once)

    def stream(self, question: Question, say: Callable[[str], None]) -> Reply:
        """Ask for prose and hand it on piece by piece."""

        def once(client: "OpenAI", dialect: Dialect) -> Reply:
            fields = request_fields(question, self._endpoint, dialect)
            with client.chat.completions.create(
                **fields, stream=True, stream_options={"include_usage": True}
            ) as pieces:
                return _spoken(pieces, say)

        return self._in_some_dialect(once)

    def _in_some_dialect(self, once: Callable[["OpenAI", Dialect], Reply]) -> Reply:
        dialect = self._memory.dialect(self._endpoint)
        while True:
            try:
                reply = self._with_retries(partial(_in, dialect, once))
            except _RequestRefusedError as refused:
                simpler = dialect.after_refusal(refused.complaint)
                if simpler is None:
                    raise CallEndedError(
                        LlmState.UNAVAILABLE,
                        "The server refused the request in every form that is known; check the "
                        "model name and that it is a chat model.",
                    ) from None
                dialect = simpler
            else:
                self._memory.learn(self._endpoint, dialect)
                return reply

    def _with_retries(self, once: Callable[["OpenAI"], Reply]) -> Reply:
        while True:
            try:
                return self._attempt(once)
            except CallEndedError as how:
                pause = _PAUSE_S if how.retry_after_s is None else how.retry_after_s
                in_time = self._outside.clock() + pause < self._deadline
                if not how.may_retry or not self._retries or not in_time:
                    raise
                self._retries -= 1
                self._outside.wait(pause, self._cancel)

    def _attempt(self, once: Callable[["OpenAI"], Reply]) -> Reply:
        if self._cancel.is_set():
            raise CallEndedError(LlmState.CANCELLED)
        rest = self._memory.rests(self._endpoint, self._outside.clock())
        if rest:
            raise CallEndedError(
                LlmState.UNAVAILABLE,
                f"The server failed three times in a row and is left alone for {rest:.0f} more "
                "seconds; check that it runs, then try again.",
                for_all=True,
            )
        try:
            self._endpoint.check()
            limits = Limits(self._deadline, self._cancel.is_set)
            with _client(self._endpoint, self._outside.http_client(self._endpoint, limits)) as one:
                self.requests += 1
                return once(one)
        except EndpointError as error:
            raise CallEndedError(LlmState.UNAVAILABLE, str(error), for_all=True) from None
        except Exception as error:  # noqa: BLE001 - whatever the package or a server came up with
            complaint = complaint_of(error)
            if complaint is not None:
                raise _RequestRefusedError(complaint) from None
            # From None: the text of such an error may quote the key or the answer.
            raise cause_of(error) from None


def _in(dialect: Dialect, once: Callable[["OpenAI", Dialect], Reply], client: "OpenAI") -> Reply:
    return once(client, dialect)


class _RequestRefusedError(Exception):
    """The server does not understand the request in this dialect."""

    def __init__(self, complaint: str) -> None:
        super().__init__()
        self.complaint = complaint


def _client(endpoint: Endpoint, http_client: Any) -> "OpenAI":
    """Build the package's client so that nothing of the environment reaches the request."""
    from openai import OpenAI

    for name in ("openai", "httpx2", "httpcore2"):
        # OPENAI_LOG=debug would write whole requests, and with them answers, into the log.
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return OpenAI(
        api_key=_NO_KEY,
        base_url=endpoint.root,
        organization="",
        project="",
        webhook_secret="",
        max_retries=0,
        timeout=endpoint.deadline_s,
        default_query={"api-version": endpoint.api_version} if endpoint.is_azure else None,
        http_client=http_client,
    )


def _spoken(pieces: Any, say: Callable[[str], None]) -> Reply:
    """Read the pieces of a stream; whatever a server puts into them."""
    parts: list[str] = []
    usage: Any = None
    reason: object = None
    for piece in pieces:
        usage = getattr(piece, "usage", None) or usage
        choices = getattr(piece, "choices", None) or ()
        if not isinstance(choices, list) or not choices:
            continue
        reason = getattr(choices[0], "finish_reason", None) or reason
        delta = getattr(choices[0], "delta", None)
        if getattr(delta, "refusal", None) or reason == "content_filter":
            raise CallEndedError(LlmState.REFUSED)
        text = getattr(delta, "content", None)
        if isinstance(text, str) and text:
            parts.append(text)
            say(text)
    if reason == "length":
        raise CallEndedError(LlmState.TRUNCATED)
    if reason is None or not "".join(parts).strip():
        raise CallEndedError(LlmState.BAD_OUTPUT)
    counts = [getattr(usage, name, None) for name in ("prompt_tokens", "completion_tokens")]
    input_tokens, output_tokens = (one if isinstance(one, int) else None for one in counts)
    return Reply("".join(parts), input_tokens, output_tokens)
