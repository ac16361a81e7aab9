"""Depth: what makes an idea an argument, told by its marks in the text.

Four kinds are told apart, as the rubric asks for them: a reason, a number, a mechanism, a
trade-off. The marks are words and constructions, no meaning is understood; that is why depth only
counts beside the concepts of a criterion. What is done to what lies in `mechanism`.
"""

import re
from collections.abc import Sequence

from rubrics.criterion import DepthKind
from rubrics.graders.offline.mechanism import has_mechanism
from rubrics.graders.offline.quantities import Quantity, quantities
from rubrics.graders.offline.segments import Sentence
from rubrics.graders.offline.word_sets import word_set

_REASON = re.compile(
    r"\b(?:because|cause|so that|otherwise|therefore|hence|thus|thereby|due to|owing to"
    r"|given that|as a result|which (?:means|would|is why|lets|makes|keeps|gives|allows|causes"
    r"|is how)|it means|this means|that means|that is why|that's why|this is why"
    r"|in order (?:to|not to)|or else|if not|for (?:this|that|the) (?:reason|purpose)"
    r"|the reason|reason:|why:|the point is"
    r"|to (?:avoid|prevent|stop|keep|protect|guard against|be able to|catch|see whether"
    r"|know whether|tell whether|learn whether)|so as to|lest|in case)\b"
    r"|\bsince\b(?! (?:the (?:launch|start|beginning)|yesterday|last|then|monday|january|\d))"
    r"|(?:^|[,;:>]|\band\b|\bbut\b)\s*so\b(?! (?:called|on|far|forth))"
    r"|\bso (?:we|it|that|the|a|an|no|one|they|there|only|nothing|each|every|this|you|our|nobody"
    r"|what)\b"
    r"|,\s*(?:or|as|for) (?:the|we|it|they|a|an|our|nobody|these|those|there|each|every|his|her)\b"
    r"|(?:^|[.;:(]\s*)as (?:we|the|it|they|our|there)\b|=>|->|⇒|∴|∵|>\s*[a-z]"
)
_TRADE_OFF = re.compile(
    r"\b(?:but|although|though|even though|whereas|at the (?:cost|price|expense) of|in exchange"
    r"|in return|instead of|rather than|trade[- ]?off|trading|versus|vs|on the other hand|worth"
    r"|the price|cheaper|slower|faster|costlier|dearer|more expensive|less accurate|simpler|harder"
    r"|easier|heavier|lighter|costs?|pay(?:s|ing)? (?:for|with)|give up|gives up|giving up"
    r"|sacrific\w+|lose|loses|accept(?:s|ed|ing)?|downside|drawback|against that|would have"
    r"|rejected|decided against|ruled out|considered|not worth|outweigh\w*|overkill|diminishing)\b"
    r"|\b(?:more|less|fewer|higher|lower|better|worse|rarer|later|older|larger|smaller)"
    r" \w* ?than\b"
)
_PLAIN_NUMBER_FROM = 3
"""Numbers without a unit below this say little: *two towers*, *one model*."""
_IDLE = word_set(
    """
    zone zones region regions stage stages step steps level levels layer layers tier tiers kind
    kinds type types class classes way ways part parts reason reasons case cases thing things group
    groups team teams source sources service services environment environments phase phases point
    points component components category categories group aspect aspects question questions
    """
)
"""Counted things whose number sizes nothing: *three zones*, *four kinds*."""


def has_reason(sentence: Sentence) -> bool:
    """Return whether a sentence gives a cause, a purpose or a consequence."""
    return bool(_REASON.search(sentence.text))


def depth_kinds(sentence: Sentence, copied: frozenset[int] = frozenset()) -> frozenset[DepthKind]:
    """Return the kinds of depth that a sentence shows.

    Args:
        sentence: What is looked at.
        copied: Tokens taken from the prompt; their numbers are not the candidate's.
    """
    return depth_beside(sentence, own_quantities(sentence, copied))


def depth_beside(sentence: Sentence, numbers: Sequence[Quantity]) -> frozenset[DepthKind]:
    """Return the kinds of depth of a sentence whose own quantities are known."""
    kinds: set[DepthKind] = set()
    if has_reason(sentence):
        kinds.add("reason")
    if has_mechanism(sentence):
        kinds.add("mechanism")
    if _TRADE_OFF.search(sentence.text):
        kinds.add("trade-off")
    if any(says_much(one, sentence) for one in numbers):
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


def says_much(quantity: Quantity, sentence: Sentence) -> bool:
    """Return whether a number is specific enough to count as depth."""
    if not quantity.plain:
        return True
    if quantity.value < _PLAIN_NUMBER_FROM and quantity.value % 1 == 0:
        return False
    return not (quantity.value < 20 and _counts_idly(quantity, sentence))


def _counts_idly(quantity: Quantity, sentence: Sentence) -> bool:
    """Return whether a small number counts things whose number sizes nothing."""
    following = [token.word for token in sentence.tokens if token.start >= quantity.end][:3]
    return any(word in _IDLE for word in following[:2]) or following[1:3] == ["of", "the"]
