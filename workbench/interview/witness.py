"""Witnesses: work made up from a rule that makes its question fit, or that leaves it silent.

A question that no work can call for is never asked, and one that every work calls for does not
challenge anybody. The lint looks for one witness of each kind.
"""

from collections.abc import Iterable, Iterator
from itertools import product

from designs.drawing import Design, Node
from designs.inspections import inspect
from designs.library import PromptPack
from designs.node_kind import Palette
from designs.stage import StageId
from designs.submission import Answers
from rubrics.criterion import Unit
from workbench.interview.follow_ups import QuantityMark, Rule, TextRule
from workbench.interview.rules import CHALLENGED_FROM, Work, fits

_PADDING = "Here is a plain remark without much in it."
_SPELLED: dict[Unit, str] = {
    "ms": "ms", "s": "seconds", "min": "minutes", "h": "hours", "day": "days",
    "percent": "percent", "ratio": "", "usd": "dollars", "per-second": "per second",
    "count": "things", "byte": "bytes",
}  # fmt: skip
_SOME = 7.0


def firing_work(rule: Rule, stage: StageId, pack: PromptPack, palette: Palette) -> Work | None:
    """Return work that makes a question fit, or None if none was found."""
    texts = list(matching_texts(rule))
    for drawing, text in product(_drawings(rule, pack, palette), texts):
        work = _work(rule, stage, text, drawing, palette)
        if fits(rule, stage, work):
            return work
    return None


def silent_work(rule: Rule, stage: StageId, pack: PromptPack, palette: Palette) -> Work | None:
    """Return work of some length for which a question does not fit, or None."""
    stated = [_sentence(term) for term in rule.none_of]
    marks = [_amount(mark) for mark in (rule.without_quantity,) if mark]
    plain = [_padded("", CHALLENGED_FROM), *(_padded(one, CHALLENGED_FROM) for one in marks)]
    tried = [*plain, *(_padded(one, CHALLENGED_FROM) for one in stated)]
    for text in tried:
        work = _work(rule, stage, text, pack.exemplar.design, palette)
        if not fits(rule, stage, work):
            return work
    return None


def matching_texts(rule: TextRule) -> Iterator[str]:
    """Yield texts built so that they meet what a rule asks of a text."""
    for term in rule.any_of or ("",):
        parts = [_sentence(group[0]) for group in rule.all_of]
        parts += [_sentence(term)] if term else []
        parts += [_amount(rule.with_quantity)] if rule.with_quantity else []
        text = " ".join(parts)
        if rule.fewer_words is None:
            text = _padded(text, max(CHALLENGED_FROM, rule.at_least_words or 0))
        yield text


def _sentence(term: str) -> str:
    return f"We use {term.replace('*', '').replace(' + ', ' ')} here."


def _amount(mark: QuantityMark) -> str:
    value = _SOME
    if mark.low is not None:
        value = max(value, mark.low)
    if mark.high is not None:
        value = min(value, mark.high)
    return f"It is {value:g} {_SPELLED[mark.unit]}."


def _padded(text: str, words: int) -> str:
    while len(text.split()) < words:
        text = f"{text} {_PADDING}".strip()
    return text


def _work(rule: Rule, stage: StageId, text: str, design: Design, palette: Palette) -> Work:
    answers: Answers = dict.fromkeys(StageId, "") | {(rule.stages or (stage,))[0]: text}
    found = frozenset(one.code for one in inspect(design, palette)) if rule.inspections else ()
    return Work(answers=answers, design=design, found=frozenset(found))


def _drawings(rule: Rule, pack: PromptPack, palette: Palette) -> Iterable[Design]:
    """Give drawings of which one should meet what a rule asks of a drawing."""
    if rule.inspections:
        return _spoilt(pack)
    if rule.drawn:
        return [Design(nodes=(Node(id="drawn", kind=rule.drawn[0]),))]
    other = next(kind.id for kind in palette.kinds if kind.id not in rule.not_drawn)
    return [Design(nodes=(Node(id="drawn", kind=other),)) if rule.not_drawn else Design()]


def _spoilt(pack: PromptPack) -> Iterator[Design]:
    """Yield the prompt's own drawings, then the exemplar's with something taken out."""
    design = pack.exemplar.design
    yield from (one.design for one in pack.flawed.values())
    bare = tuple(
        edge.model_copy(update={"timeout_ms": None, "fallback": ""}) for edge in design.edges
    )
    yield design.model_copy(update={"edges": bare})
    for gone in design.nodes:
        yield Design(
            nodes=tuple(node for node in design.nodes if node != gone),
            edges=tuple(one for one in design.edges if gone.id not in (one.source, one.target)),
        )
