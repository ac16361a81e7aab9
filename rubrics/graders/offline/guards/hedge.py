"""Hedges: what might be done is not a decision.

Only hedged *plans* count. "Labels may be late" is a fact about the world and "maybe 20 ms" is an
estimate; both are good engineering.
"""

import re

from rubrics.graders.offline.segments import Sentence

_WHO = r"(?:we|i|you|one|they|team)"
_SOFT = r"(?:also |then |even |perhaps |maybe |possibly |probably |of course )?"
_PLAN = re.compile(
    r"\b(?:"
    rf"{_WHO} {_SOFT}(?:could|might|may) {_SOFT}"
    r"(?:consider|think|look|try|use|add|want|be|do|have|explore|include|apply|imagine|experiment|say)"
    rf"|{_WHO} {_SOFT}can (?:also |then |even |perhaps |maybe |possibly )?"
    r"(?:consider|think (?:about|of)|look (?:at|into)|try|explore|imagine|experiment)"
    rf"|(?:we|i)(?:'d| would)? (?:might|may)\b|{_WHO} (?:could|might) also"
    r"|would (?:probably |maybe |perhaps |also |then )*(?:consider|think about|look into)"
    r"|could (?:also )?be (?:considered|an option|used|added|useful|interesting|explored|tried)"
    r"|might (?:also )?be (?:considered|an option|useful|worth|interesting|good|nice|added|an idea)"
    r"|may (?:also )?be (?:considered|an option|worth considering)"
    r"|(?:would|might|could) be "
    r"(?:nice|good|great|cool|interesting|an option|a queue|a possibility)"
    r"|is an option|are options|another (?:possibility|option|idea)"
    r"|if (?:time|budget) (?:permits|allows)|time permitting|nice to have"
    r"|i guess|i suppose|i(?:'m| am) not sure|something like (?:that|this)|or something"
    r"|some kind of|(?:is|are|we|i|it's|that's) (?:just )?kind of"
    r"|think about (?:adding|using|having|a|an|the|drift|weighting|[a-z]+ing)"
    r"|worth (?:considering|exploring|a thought)|perhaps it|perhaps we|maybe we|maybe it"
    r"|eventually|ideally|potentially|optionally|possibly|conceivably|in theory"
    r")\b"
)
_ADVERB = re.compile(
    r"\b(?:maybe|perhaps)\b"
    r"(?! (?:about |around |~)?(?:\d|an? hundred|half|one|two|three|ten|five|twenty))"
)
_EDGE = re.compile(r"[;.]|\b(?:because|therefore|hence|so we)\b|, in which case")


def hedged_tokens(sentence: Sentence) -> frozenset[int]:
    """Return the indices of the tokens that a hedged plan covers: its clause, both ways."""
    covered: set[int] = set()
    text = sentence.text
    for cue in (*_PLAN.finditer(text), *_ADVERB.finditer(text)):
        start = max((edge.end() for edge in _EDGE.finditer(text, 0, cue.start())), default=0)
        edge = _EDGE.search(text, cue.end())
        end = edge.start() if edge else len(text)
        covered.update(
            index for index, token in enumerate(sentence.tokens) if start <= token.start < end
        )
    return frozenset(covered)
