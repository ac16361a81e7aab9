"""Outcomes: how a call to a language model ended, in one sentence, and what it used."""

from enum import StrEnum

from designs.record import Record


class LlmState(StrEnum):
    """How a call ended."""

    OK = "ok"
    UNAVAILABLE = "unavailable"
    RATE_LIMITED = "rate_limited"
    AUTH = "auth"
    BAD_OUTPUT = "bad_output"
    REFUSED = "refused"
    TIMEOUT = "timeout"
    TRUNCATED = "truncated"
    CANCELLED = "cancelled"

    @property
    def is_failure_of_the_server(self) -> bool:
        """Whether asking the same server again soon is likely to end the same way."""
        return self in (LlmState.UNAVAILABLE, LlmState.TIMEOUT)


_SENTENCES = {
    LlmState.OK: "The model answered.",
    LlmState.UNAVAILABLE: (
        "The model server could not be used; check that it runs, and its address and model name."
    ),
    LlmState.RATE_LIMITED: "The server asks to wait; try again later or look at your quota there.",
    LlmState.AUTH: "The server did not accept the key; enter it again or make a new one there.",
    LlmState.BAD_OUTPUT: (
        "The model's reply was not in the agreed form, so nothing of it is used; try again or "
        "choose a larger model."
    ),
    LlmState.REFUSED: "The model declined to answer; try again or choose another model.",
    LlmState.TIMEOUT: (
        "The model took longer than the deadline; try again, allow more seconds, or choose a "
        "faster model."
    ),
    LlmState.TRUNCATED: (
        "The reply was cut off at the token limit, so nothing of it is used; allow longer replies."
    ),
    LlmState.CANCELLED: "You cancelled the call; nothing of it is used.",
}


class CallEndedError(Exception):
    """A call ended without an answer.

    Args:
        state: How.
        sentence: What happened and how to mend it, if more is known than the state says. It
            never quotes a server, a key or an answer.
        retry_after_s: What the server asked to wait, if it did.
        may_retry: Whether the same request may succeed at once.
        for_all: Whether any other question to the same server would end like this now.
    """

    def __init__(
        self,
        state: LlmState,
        sentence: str = "",
        *,
        retry_after_s: float | None = None,
        may_retry: bool = False,
        for_all: bool = False,
    ) -> None:
        super().__init__(sentence or _SENTENCES[state])
        self.state = state
        self.retry_after_s = retry_after_s
        self.may_retry = may_retry
        self.for_all = for_all


class Figures(Record):
    """What a call, or several together, used."""

    requests: int = 0
    """Requests that were sent; 0 for an answer from memory."""
    input_tokens: int | None = None
    """As the server counted; None if it did not say."""
    output_tokens: int | None = None
    seconds: float = 0

    def plus(self, other: "Figures") -> "Figures":
        """Return the sum; a count that one of them does not know is not known."""
        return Figures(
            requests=self.requests + other.requests,
            input_tokens=_sum(self, other, "input_tokens"),
            output_tokens=_sum(self, other, "output_tokens"),
            seconds=round(self.seconds + other.seconds, 3),
        )

    def cost(self, input_price: float | None, output_price: float | None) -> float | None:
        """Return what it cost at the user's prices per million tokens; None if not known."""
        counts, prices = (self.input_tokens, self.output_tokens), (input_price, output_price)
        if not self.requests:
            return 0.0
        if any(one is None for one in (*counts, *prices)):
            return None
        return sum((n or 0) * (price or 0) for n, price in zip(counts, prices, strict=True)) / 1e6


def _sum(one: Figures, other: Figures, name: str) -> int | None:
    parts = [getattr(figures, name) for figures in (one, other) if figures.requests]
    return None if not parts or None in parts else sum(parts)


class Answer(Record):
    """How a call ended, with the text of the model where it is to be used."""

    state: LlmState
    text: str = ""
    """Empty unless the state is ok."""
    sentence: str
    """What happened, and how to mend it."""
    figures: Figures = Figures()
    retry_after_s: float | None = None
    for_all: bool = False
    """Whether any other question to the same server would end like this now."""

    @property
    def is_ok(self) -> bool:
        """Whether there is a text to use."""
        return self.state is LlmState.OK


def answered(text: str, figures: Figures) -> Answer:
    """Return the answer of a call that went well."""
    return Answer(state=LlmState.OK, text=text, sentence=_SENTENCES[LlmState.OK], figures=figures)


def ended(how: CallEndedError, figures: Figures) -> Answer:
    """Return the answer of a call that did not."""
    return Answer(
        state=how.state,
        sentence=str(how),
        figures=figures,
        retry_after_s=how.retry_after_s,
        for_all=how.for_all,
    )
