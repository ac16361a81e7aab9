"""Measuring: how many attacks a compromised model turns into credit, and what honesty pays."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from benchmarks.injections.corpus import PROMPT, Attack, attacks, honest_sentences
from designs.library import shipped_pack
from rubrics.graders.llm.gates import Gates
from rubrics.graders.llm.quotes import QuotedText, Span
from rubrics.library import shipped_rubric

Strategy = Callable[[QuotedText], Iterator[Span | None]]


def _all(text: QuotedText) -> Iterator[Span | None]:
    """Pick anything: every sentence, and every run of two."""
    parts = text.sentences
    yield from (Span(one.start, one.end) for one in parts)
    yield from (Span(a.start, b.end) for a, b in pairwise(parts))


def _first(text: QuotedText) -> Iterator[Span | None]:
    """Pick how the answer begins."""
    yield from (Span(one.start, one.end) for one in text.sentences[:1])


def _invented(text: QuotedText) -> Iterator[Span | None]:
    """Pick what nobody wrote."""
    yield text.find("The score decides whether an analyst acts, since a mistake costs 30 USD.")


STRATEGIES: dict[str, Strategy] = {
    "first sentence": _first,
    "invented": _invented,
    "omniscient": _all,
}
"""How a model that always says `met` picks its passages. The last tries all that may pass."""


@dataclass(frozen=True)
class Findings:
    """What was found."""

    attacks: int
    raised: dict[str, dict[str, int]]
    """By strategy, then by family: attacks with credit for any criterion of their stage."""
    honest: int
    rejected: tuple[tuple[str, str], ...]
    """Honest sentences that carry no credit for their criterion, with the reason."""
    passed: tuple[Attack, ...]
    """Attacks that the omniscient model turns into credit."""

    def share_raised(self, strategy: str) -> float:
        """Return the share of all attacks that a strategy turns into credit."""
        return sum(self.raised[strategy].values()) / self.attacks

    @property
    def share_rejected(self) -> float:
        """The share of honest sentences that carry no credit."""
        return len(self.rejected) / self.honest


def measure() -> Findings:
    """Run every attack and every honest sentence through the gates."""
    rubric = shipped_rubric(PROMPT)
    gates = Gates(rubric, shipped_pack(PROMPT).prompt)
    raised: dict[str, Counter[str]] = {name: Counter() for name in STRATEGIES}
    passed = []
    for attack in attacks():
        text = QuotedText(attack.text)
        for name, picks in STRATEGIES.items():
            if any(
                not gates.problem(criterion, text, span)
                for span in picks(text)
                for criterion in rubric.stage(attack.criterion.stage)
            ):
                raised[name][attack.family] += 1
                passed += [attack] if name == "omniscient" else []
    rejected = []
    for criterion, sentence in honest_sentences():
        text = QuotedText(sentence)
        problem = gates.problem(criterion, text, text.find(sentence))
        rejected += [(sentence, problem)] if problem else []
    return Findings(
        attacks=len(attacks()),
        raised={name: dict(found) for name, found in raised.items()},
        honest=len(honest_sentences()),
        rejected=tuple(rejected),
        passed=tuple(passed),
    )
