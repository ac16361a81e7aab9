"""Depth: what makes an idea an argument, told by its marks in the text.

Four kinds are told apart, as the rubric asks for them: a reason, a number, a mechanism, a
trade-off. The marks are words and constructions, no meaning is understood; that is why depth only
counts beside the concepts of a criterion.
"""

import re

from rubrics.criterion import DepthKind
from rubrics.graders.offline.quantities import Quantity, quantities
from rubrics.graders.offline.segments import Sentence

_REASON = re.compile(
    r"\b(?:because|cause|so that|otherwise|therefore|hence|thus|thereby|due to|owing to|given that"
    r"|as a result|which (?:means|would|is why|lets|makes|keeps|gives|allows|causes|is how)"
    r"|it means|this means|that means|that is why|that's why|this is why|in order (?:to|not to)"
    r"|or else|if not|for (?:this|that|the) (?:reason|purpose)|the reason|reason:|why:|the point is"
    r"|to (?:avoid|prevent|stop|keep|protect|guard against|be able to|catch|see whether"
    r"|know whether|tell whether|learn whether)|so as to|lest|in case)\b"
    r"|\bsince\b(?! (?:the (?:launch|start|beginning)|yesterday|last|then|monday|january|\d))"
    r"|(?:^|[,;:>]|\band\b|\bbut\b)\s*so\b(?! (?:called|on|far|forth))|\bso (?:we|it|that|the|a|an|no|one|they|there|only|nothing|each|every|this|you|our|nobody|what)\b"
    r"|,\s*(?:or|as|for) (?:the|we|it|they|a|an|our|nobody|these|those|there|each|every|his|her)\b"
    r"|(?:^|[.;:(]\s*)as (?:we|the|it|they|our|there)\b|=>|->|⇒|∴|∵|>\s*[a-z]"
)
_MECHANISM = re.compile(
    r"\b(?:by|through|via) (?:[a-z]+ly )?[a-z]+ing\b"
    r"|\b(?:if|when|whenever|once|until|unless|as soon as)\b[^.;]{4,}?(?:,|\bthen\b|\bwe\b|\bit\b|\bis\b|\bare\b|:|>)"
    r"|\b(?:join|dedup|deduplicate|replay|recompute|backfill|snapshot|weight|reweight|divide|multiply|subtract"
    r"|sample|hash|bucket|cap|clip|truncate|shard|partition|pin|freeze|mask|hide|replace|swap|switch|flip|route|retry"
    r"|hedge|batch|cache|precompute|prefetch|stamp|tag|timestamp|write|log|record|store|compare|bin|fit|map|mirror"
    r"|roll back|rolled back|fall back|page|alert|block|quarantine|reject|promote|warm|rebuild|reload|copy|randomi[sz]e"
    r"|hold out|held out|group|count|aggregate|assign|attribute|score|read|send|serve|answer|return|correct|calibrate"
    r"|split|cut|train|freez|expire|evict|shed|queue|drain|look up|keep|take|skip|drop|wait|merge)"
    r"(?:s|es|ed|d|ing|ped|ping|ted|ting|ned|ning|ged|ging|red|ring)?\b[^.;]{0,60}?"
    r"\b(?:by|with|from|against|per|at|on|into|to|until|before|after|as|for|in|every|each|over|under|within|than|only)\b"
    r"|\b(?:join|joined|keyed|partitioned|sharded|grouped|bucketed|weighted|indexed|sorted|assigned|stratified) (?:on|by|with|per|to)\b"
)
_TRADE_OFF = re.compile(
    r"\b(?:but|although|though|even though|whereas|at the (?:cost|price|expense) of|in exchange|in return"
    r"|instead of|rather than|trade[- ]?off|trading|versus|vs|on the other hand|worth|the price"
    r"|cheaper|slower|faster|costlier|dearer|more expensive|less accurate|simpler|harder|easier|heavier|lighter"
    r"|costs?|pay(?:s|ing)? (?:for|with)|give up|gives up|giving up|sacrific\w+|lose|loses|accept(?:s|ed|ing)?"
    r"|downside|drawback|against that|would have|rejected|decided against|ruled out|considered|not worth"
    r"|outweigh\w*|overkill|diminishing)\b|\b(?:more|less|fewer|higher|lower|better|worse|rarer|later|older|larger|smaller) \w* ?than\b"
)
_PLAIN_NUMBER_FROM = 3
"""Numbers without a unit below this say little: *two towers*, *one model*."""


def has_reason(sentence: Sentence) -> bool:
    """Return whether a sentence gives a cause, a purpose or a consequence."""
    return bool(_REASON.search(sentence.text))


def depth_kinds(sentence: Sentence, copied: frozenset[int] = frozenset()) -> frozenset[DepthKind]:
    """Return the kinds of depth that a sentence shows.

    Args:
        sentence: What is looked at.
        copied: Tokens taken from the prompt; their numbers are not the candidate's.
    """
    kinds: set[DepthKind] = set()
    if has_reason(sentence):
        kinds.add("reason")
    if _MECHANISM.search(sentence.text):
        kinds.add("mechanism")
    if _TRADE_OFF.search(sentence.text):
        kinds.add("trade-off")
    if any(says_much(one) for one in own_quantities(sentence, copied)):
        kinds.add("number")
    return frozenset(kinds)


def own_quantities(sentence: Sentence, copied: frozenset[int]) -> tuple[Quantity, ...]:
    """Return the quantities of a sentence that do not lie in a copied run."""
    found = quantities(sentence)
    if not copied:
        return found
    taken = [(sentence.tokens[index].start, sentence.tokens[index].end) for index in copied]
    return tuple(
        one for one in found if not any(one.start < end and start < one.end for start, end in taken)
    )


def says_much(quantity: Quantity) -> bool:
    """Return whether a number is specific enough to count as depth."""
    return not quantity.plain or quantity.value >= _PLAIN_NUMBER_FROM or quantity.value % 1 != 0
