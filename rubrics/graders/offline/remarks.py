"""Remarks: plain words about why something that looks right earned nothing or less."""

from collections.abc import Iterable, Sequence

from rubrics.criterion import Criterion, DepthKind
from rubrics.graders.offline.findings import Blemish, Findings
from rubrics.graders.offline.levels import Decision

_TEXTS = {
    Blemish.COPIED: "These words are taken from the prompt; say it as your own decision.",
    Blemish.LIST: "This list names terms without saying what is done with them.",
    Blemish.RECITAL: "This sentence lists terms without saying what is done with them.",
    Blemish.IMPORTANCE: "This sentence says that something matters, not what is done about it.",
    Blemish.NEGATED: "The words are there, but the sentence denies them.",
    Blemish.HEDGED: "This is something that might be done; a decision earns more.",
    Blemish.MISTAKEN: "This sentence states a known mistake, so it earns nothing.",
    Blemish.VAGUE: "This wording is too general to show a decision.",
}
CONTRADICTED = "This sentence states the opposite of what the criterion looks for."
CONTRADICTED_BUT_ARGUED = (
    "Another sentence argues the point well, but the answer contradicts itself; it counts as named."
)
DRAWN_OTHERWISE = (
    "The words argue the point, but the drawing shows a serious smell; it counts as named."
)
DRAWING_ONLY = "The drawing shows it; say in words what it does and why."
_DEPTH_WORDS: dict[DepthKind, str] = {
    "reason": "a reason",
    "number": "a number",
    "mechanism": "how it works",
    "trade-off": "what it costs or replaces",
}


def remarks_for(
    decision: Decision,
    findings: Findings,
    *,
    contradicted: bool,
    argued: bool,
    belied: bool = False,
) -> tuple[str, ...]:
    """Return what a learner should know about words that did not count, each reason once."""
    found: list[str] = []
    if contradicted:
        found.append(CONTRADICTED_BUT_ARGUED if argued else CONTRADICTED)
    if belied:
        found.append(DRAWN_OTHERWISE)
    if decision.level < 2:
        capped = [one.capped for group in findings.clean.values() for one in group if one.capped]
        found += [
            _TEXTS[blemish] for blemish in _in_order((*(b for _, b in findings.lost), *capped))
        ]
    if decision.drawn and not decision.sentences:
        found.append(DRAWING_ONLY)
    return tuple(dict.fromkeys(found))


def _in_order(blemishes: Iterable[Blemish]) -> Sequence[Blemish]:
    present = set(blemishes)
    return [one for one in Blemish if one in present]


def missing_for(criterion: Criterion, decision: Decision) -> tuple[str, ...]:
    """Return what the next level asks for and was not found, in a learner's words."""
    if decision.level == 2:
        return ()
    labels = [
        indicator.label for indicator in criterion.indicators if indicator.id in decision.unmet
    ]
    depth = criterion.levels[2].needs.depth
    if decision.level == 1 and depth and (decision.lacks_depth or not labels):
        labels.append(f"{_either([_DEPTH_WORDS[kind] for kind in depth])} beside it")
    if not labels and decision.level == 0:
        labels.append("a sentence that says what is done")
    return tuple(dict.fromkeys(labels))


def _either(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} or {parts[-1]}"
