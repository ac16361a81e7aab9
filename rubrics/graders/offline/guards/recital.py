"""Recitals: fluent sentences that name terms and say nothing with them."""

import re
from collections.abc import Collection
from enum import Enum, auto

from rubrics.criterion import DepthKind
from rubrics.graders.offline.settings import OfflineSettings

_ACTS = (
    "decid|choos|chose|tak|hold|keep|kept|split|cut|train|log|join|count|compar|send|fetch|drop"
    "|start|stop|wait|writ|read|scor|rank|retrain|switch|roll|block|approv|declin|answer|serv|assign"
    "|alert|page|weight|sampl|correct|stor|pin|cap|fill|replac|giv|get|got|learn|beat|ask|show|test"
    "|put|look|pick|pay|prefer|measur|watch|run|mov|promot|predict|build|record|treat|mak|set|reject"
    "|limit|group|divid|stamp|replay|shadow|fall|fell"
)
_DECISION = re.compile(
    rf"\b(?:we|i|they|it|you|people|team|service|job|model|system|each|every|nobody|who|that)\b"
    rf"[^.;,]{{0,30}}?\b(?:{_ACTS})\w*\b"
)
_IMPORTANCE = re.compile(
    r"\b(?:(?:is|are|be) (?:\w+ )?(?:important|crucial|essential|key|critical|vital|central|relevant|necessary)"
    r"|important to|crucial to|essential to|key (?:aspects?|considerations?|concepts?|topics?)"
    r"|(?:is|are) (?:a )?best practices?|matters?|(?:must|should|need to|have to|want to) (?:also )?"
    r"(?:consider|think about|care about|be aware|keep in mind|pay attention|take into account|take care|handle|ensure"
    r"|be considered|be handled|be addressed|be taken)"
    r"|be careful|be aware|various|robust|holistic|comprehensive|ranging from|everything from"
    r"|topics like|things like|aspects? (?:of|such)|concepts? (?:like|such)|techniques? (?:like|such))\b"
)


class Emptiness(Enum):
    """How a sentence fails to say anything with the terms it names."""

    RECITAL = auto()
    """Earns the lowest credit at most."""
    IMPORTANCE = auto()
    """Says that something matters, not what is done: earns nothing."""
    PILE = auto()
    """Names so many criteria that it is about none of them: earns nothing."""


def emptiness(
    text: str,
    *,
    terms: int,
    criteria: int,
    kinds: Collection[DepthKind],
    settings: OfflineSettings,
) -> Emptiness | None:
    """Return how a sentence is empty, or None if it says something.

    Args:
        text: The folded sentence.
        terms: Terms of the rubric that stand in it, overlapping ones counted once.
        criteria: Criteria that those terms belong to.
        kinds: The depth found in it.
        settings: Thresholds.
    """
    if set(kinds) & {"number", "reason", "mechanism"}:
        return None
    if terms and _IMPORTANCE.search(text):
        return Emptiness.IMPORTANCE
    if terms < settings.recital_terms or _DECISION.search(text):
        return None
    return Emptiness.PILE if criteria >= settings.pile_criteria else Emptiness.RECITAL
