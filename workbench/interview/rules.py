"""Whether a rule fits a text and a drawing: by words, numbers and nodes, the same every time."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from designs.drawing import Design
from designs.record import Record
from designs.stage import StageId
from designs.submission import Answers
from rubrics.graders.offline.guards.negation import Negation, negation
from rubrics.graders.offline.quantities import Quantity, quantities
from rubrics.graders.offline.segments import Sentence, sentences
from rubrics.graders.offline.terms import CompiledTerm, Places, compile_term, find_term
from workbench.interview.follow_ups import QuantityMark, Rule, TextRule

CHALLENGED_FROM = 12
"""Words below which an answer is too short to be challenged, unless a rule asks for short ones."""
_MAX_SENTENCES = 400


class Work(Record):
    """What the candidate has made so far."""

    answers: Answers
    design: Design = Design()
    found: frozenset[str] = frozenset()
    """Codes of the inspections that find something in the drawing."""


@dataclass(frozen=True)
class _Read:
    """A sentence with what is looked up in it again and again."""

    sentence: Sentence
    places: Places
    negation: Negation
    quantities: tuple[Quantity, ...]


@dataclass(frozen=True)
class Reading:
    """A text, read once."""

    words: int
    read: tuple[_Read, ...]

    def states(self, term: str) -> bool:
        """Tell whether a term stands in the text without being denied."""
        compiled = _compiled(term)
        return compiled is not None and any(_stated(compiled, one) for one in self.read)

    def names(self, mark: QuantityMark) -> bool:
        """Tell whether a number of that kind stands in the text."""
        return any(_within(found, mark) for one in self.read for found in one.quantities)


@lru_cache(maxsize=128)
def read(text: str) -> Reading:
    """Return a text as the rules read it."""
    found = sentences(text, _MAX_SENTENCES)
    return Reading(
        words=len(text.split()),
        read=tuple(
            _Read(one, Places(one.tokens), negation(one), quantities(one))
            for one in found
            if one.tokens
        ),
    )


def text_fits(rule: TextRule, text: str) -> bool:
    """Tell whether a text meets every condition of a rule."""
    reading = read(text)
    states: Callable[[str], bool] = reading.states
    return (
        all(any(map(states, group)) for group in rule.all_of)
        and (not rule.any_of or any(map(states, rule.any_of)))
        and not any(map(states, rule.none_of))
        and (rule.with_quantity is None or reading.names(rule.with_quantity))
        and (rule.without_quantity is None or not reading.names(rule.without_quantity))
        and (rule.at_least_words is None or reading.words >= rule.at_least_words)
        and (rule.fewer_words is None or reading.words < rule.fewer_words)
    )


def fits(rule: Rule, stage: StageId, work: Work) -> bool:
    """Tell whether a question fits what was written and drawn.

    Args:
        rule: When the question fits.
        stage: The question's stage, whose answer is read unless the rule names others.
        work: Answers, drawing and what the inspections find in it.
    """
    if not _drawing_fits(rule, work):
        return False
    text = "\n\n".join(work.answers[one] for one in rule.stages or (stage,))
    if rule.fewer_words is None and len(text.split()) < CHALLENGED_FROM:
        return False
    return text_fits(rule, text)


def _drawing_fits(rule: Rule, work: Work) -> bool:
    kinds = {node.kind for node in work.design.nodes}
    if rule.drawn and not kinds.intersection(rule.drawn):
        return False
    if rule.not_drawn and (not kinds or kinds.intersection(rule.not_drawn)):
        return False
    return not rule.inspections or bool(work.found.intersection(rule.inspections))


@lru_cache(maxsize=8192)
def _compiled(term: str) -> CompiledTerm | None:
    return compile_term(term, 0)


def _stated(term: CompiledTerm, one: _Read) -> bool:
    hits = find_term(term, one.sentence.tokens, one.places)
    return any(not one.negation.of(hit)[0] for hit in hits)


def _within(found: Quantity, mark: QuantityMark) -> bool:
    value = found.in_unit(mark.unit)
    if value is None:
        return False
    return (mark.low is None or value >= mark.low) and (mark.high is None or value <= mark.high)
