"""Recitals: fluent sentences that name terms and say nothing with them."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from enum import Enum, auto

from rubrics.criterion import DepthKind
from rubrics.graders.offline.depth import depth_kinds
from rubrics.graders.offline.guards.coverage import disjoint
from rubrics.graders.offline.segments import Sentence
from rubrics.graders.offline.settings import OfflineSettings
from rubrics.graders.offline.terms import Hit

_SEPARATOR = re.compile(r"[,;/|+•]")
_LINKS = frozenset({"and", "or", "plus", "with"})

_ACTS = (
    "decid|choos|chose|tak|hold|keep|kept|split|cut|train|log|join|count|compar|send|fetch|drop"
    "|start|stop|wait|writ|read|scor|rank|retrain|switch|roll|block|approv|declin|answer|serv|assign"
    "|alert|page|weight|sampl|correct|stor|pin|cap|fill|replac|giv|get|got|learn|beat|ask|show|test"
    "|put|look|pick|pay|prefer|measur|watch|run|mov|promot|predict|build|record|treat|mak|set|reject"
    "|limit|group|divid|stamp|replay|shadow|fall|fell"
)
_DECISION = re.compile(
    r"\b(?:we|i|they|it|you|people|team|service|job|model|system|each|every|nobody|who|that)\b"
    rf"[^.;,]{{0,30}}?\b(?:{_ACTS})\w*\b"
)
_IMPORTANCE = re.compile(
    r"\b(?:(?:is|are|be) (?:\w+ )?"
    r"(?:important|crucial|essential|key|critical|vital|central|relevant|necessary)"
    r"|important (?:aspect|thing|topic|point|consideration|concept|factor|part)s?"
    r"|important to|crucial to|essential to|key (?:aspects?|considerations?|concepts?|topics?)"
    r"|(?:is|are) (?:a )?best practices?|(?<!not )(?<!hardly )matters?(?! more than)"
    r"|(?:must|should|need to|have to|want to) (?:also )?"
    r"(?:consider|think about|care about|be aware|keep in mind|pay attention|take into account"
    r"|take care|handle|ensure|be considered|be handled|be addressed|be taken)"
    r"|be careful|be aware|various|leverag\w+|robust|holistic|comprehensive|ranging from"
    r"|everything from|topics like|things like|aspects? (?:of|such)|concepts? (?:like|such)"
    r"|techniques? (?:like|such))\b"
)


class Emptiness(Enum):
    """How a sentence fails to say anything with the terms it names."""

    RECITAL = auto()
    """Earns the lowest credit at most."""
    IMPORTANCE = auto()
    """Says that something matters, not what is done: earns nothing."""
    PILE = auto()
    """Enumerates so many terms that it is about none of them: earns nothing."""


def emptiness(
    sentence: Sentence,
    hits: Sequence[Hit],
    kinds: Collection[DepthKind],
    settings: OfflineSettings,
) -> Emptiness | None:
    """Return how a sentence is empty, or None if it says something.

    Args:
        sentence: What is looked at.
        hits: Where concepts of the rubric, of any criterion, stand in it.
        kinds: The depth found in it.
        settings: Thresholds.
    """
    if not hits:
        return None
    covered = {index for hit in hits for index in hit}
    terms = len(disjoint(hits))
    praised = _IMPORTANCE.search(sentence.text)
    enumerated = _enumerated(sentence, covered)
    if praised or enumerated >= settings.recital_terms:
        kinds = depth_kinds(_without(sentence, covered))
    if set(kinds) & {"number", "reason", "mechanism"}:
        return None
    if praised:
        return Emptiness.IMPORTANCE
    if enumerated < settings.recital_terms and (
        terms < settings.recital_terms or _DECISION.search(sentence.text)
    ):
        return None
    return Emptiness.PILE if enumerated >= settings.pile_terms else Emptiness.RECITAL


def _enumerated(sentence: Sentence, covered: Collection[int]) -> int:
    """Count the items of an enumeration that are nothing but terms of the rubric."""
    items: list[list[int]] = [[]]
    for index, token in enumerate(sentence.tokens):
        if token.word in _LINKS or (index and _SEPARATOR.search(sentence.gap(index - 1))):
            items.append([])
        if token.word not in _LINKS:
            items[-1].append(index)
    return sum(bool(item) and sum(i in covered for i in item) >= 0.75 * len(item) for item in items)


def _without(sentence: Sentence, covered: Collection[int]) -> Sentence:
    """Blank the terms out of a sentence: what is left is what it says about them."""
    text = list(sentence.text)
    for index in covered:
        token = sentence.tokens[index]
        text[token.start : token.end] = "_" * (token.end - token.start)
    return replace(sentence, text="".join(text))
