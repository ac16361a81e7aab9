"""Refusals: what an error of the protocol's package means to the reader.

Nothing of a server's own words is passed on: they may hold the key or the answer.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from rubrics.graders.llm.endpoint import EndpointError
from rubrics.graders.llm.outcome import CallEndedError, LlmState

_LONGEST_PAUSE_S = 600.0


def complaint_of(error: Exception) -> str | None:
    """Return what a server says against the form of a request; None if that is not the trouble."""
    code = _code(error)
    if _status(error) not in (400, 415, 422) or code in _WELL_KNOWN:
        return None
    return str(getattr(error, "body", None) or "")[:2000]


_WELL_KNOWN = {
    "content_filter": CallEndedError(LlmState.REFUSED),
    "context_length_exceeded": CallEndedError(
        LlmState.UNAVAILABLE,
        "The answer is longer than the model can read; choose one with a larger context.",
    ),
    "insufficient_quota": CallEndedError(
        LlmState.RATE_LIMITED,
        "The server says that the quota of this key is used up; look at your plan there.",
        for_all=True,
    ),
    "model_not_found": CallEndedError(
        LlmState.UNAVAILABLE,
        "The server does not know this model; check its name in the server's list of models.",
        for_all=True,
    ),
}


def cause_of(error: Exception) -> CallEndedError:
    """Return how a call ended that raised an error."""
    for one in _chain(error):
        if isinstance(one, CallEndedError):
            return one
        if isinstance(one, EndpointError):
            return CallEndedError(LlmState.UNAVAILABLE, str(one), for_all=True)
    status = _status(error)
    if status is None:
        return _without_status(error)
    known = _WELL_KNOWN.get(_code(error))
    return known or _by_status(status, _retry_after(error))


def _by_status(status: int, retry_after_s: float | None) -> CallEndedError:
    if status in (401, 403):
        return CallEndedError(LlmState.AUTH, for_all=True)
    if status == 404:
        return CallEndedError(
            LlmState.UNAVAILABLE,
            "The server knows neither this address nor this model (404); check the path, which "
            "often ends with /v1, and the model name.",
            for_all=True,
        )
    if 300 <= status < 400:
        return CallEndedError(
            LlmState.UNAVAILABLE,
            "The server sends the request on to another address, and that is not followed; enter "
            "the final address.",
            for_all=True,
        )
    if status == 429:
        return CallEndedError(LlmState.RATE_LIMITED, retry_after_s=retry_after_s, may_retry=True)
    if status >= 500 or status in (408, 409):
        return CallEndedError(
            LlmState.UNAVAILABLE,
            f"The server reports a failure of its own ({status}); try again in a minute.",
            retry_after_s=retry_after_s,
            may_retry=True,
        )
    return CallEndedError(LlmState.UNAVAILABLE, f"The server refused the request ({status}).")


def _without_status(error: Exception) -> CallEndedError:
    names = {type(one).__name__ for one in _chain(error)}
    if any("Timeout" in name for name in names):
        return CallEndedError(LlmState.TIMEOUT)
    if names & {"APIConnectionError", "ConnectError", "ReadError", "RemoteProtocolError"}:
        return CallEndedError(
            LlmState.UNAVAILABLE,
            "The server could not be reached or broke off; check that it runs and its address.",
            may_retry=True,
            for_all="ConnectError" in names,
        )
    if "APIError" in names:  # an error in the middle of a stream
        return CallEndedError(
            LlmState.UNAVAILABLE, "The server broke off with an error; try again."
        )
    return CallEndedError(LlmState.BAD_OUTPUT)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and what led to it."""
    one: BaseException | None = error
    for _ in range(12):
        if one is None:
            return
        yield one
        one = one.__cause__ or one.__context__


def _status(error: Exception) -> int | None:
    status = getattr(error, "status_code", None)
    return status if isinstance(status, int) else None


def _code(error: Exception) -> str:
    body: Any = getattr(error, "body", None)
    if isinstance(body, Mapping) and isinstance(body.get("error"), Mapping):
        body = body["error"]
    code = body.get("code") if isinstance(body, Mapping) else None
    return code if isinstance(code, str) else ""


def _retry_after(error: Exception) -> float | None:
    headers = getattr(getattr(error, "response", None), "headers", {})
    try:
        seconds = float(headers.get("retry-after", ""))
    except ValueError:
        return None
    return min(max(seconds, 0.0), _LONGEST_PAUSE_S) if seconds == seconds else None
