"""Mechanism: what is done to what, told from the nouns that are spelled the same.

*Page the owner at 3 percent* says how something works, *the page has a limit* does not. A word of
the list below counts where it stands as a verb and goes on to say by, with, from or until what.
"""

import re

from rubrics.graders.offline.guards.clauses import is_hard_edge
from rubrics.graders.offline.segments import Sentence
from rubrics.graders.offline.stems import stem
from rubrics.graders.offline.word_sets import word_set

_BY_DOING = re.compile(r"\b(?:by|through|via) (?:[a-z]+ly )?[a-z]+ing\b")
_CONDITION = re.compile(
    r"\b(?:if|when|whenever|once|until|unless|as soon as)\b[^.;]{4,}?(?:,|\bthen\b|\bwe\b|:|>)"
    r"|[a-z]\s(?:if|until|unless|as soon as|whenever)\s[a-z]"
)
_KEYED = re.compile(
    r"\b(?:join|joined|keyed|partitioned|sharded|grouped|bucketed|weighted|indexed|sorted|assigned"
    r"|stratified) (?:on|by|with|per|to)\b"
)
_VERBS = frozenset(
    stem(word)
    for word in word_set(
        """
        join dedup deduplicate replay recompute backfill reweight divide multiply subtract truncate
        precompute prefetch rebuild reload randomise aggregate assign attribute send serve
        calibrate expire evict compare reject promote quarantine keep take skip merge hide replace
        write wait hold roll fall warm freeze pin clip swap flip shed drain throttle retrain
        overwrite discard remove delete exclude subtract smooth shrink
        """
    )
)
_NOUNS_TOO = frozenset(
    stem(word)
    for word in word_set(
        """
        snapshot weight sample hash bucket cap shard partition mask switch route retry hedge batch
        cache stamp tag timestamp log record store bin fit map mirror page alert block copy group
        count score read answer return correct split cut train queue look drop call sort rank
        """
    )
)
_LINKS = word_set(
    """
    by with from against per at on into onto to until before after as for in every each over under
    within than only
    """
)
_LIMITERS = word_set(
    """
    a an the this that these those each every per our its their his her my your no any some all
    of one two three four five six ten more most such another other same which what whose first
    last next new old own single whole
    """
)
_LEADING = word_set(
    """
    we i you they it who that which to and or then also will would can must should may might
    not never only always simply nobody everybody please let us instead either just
    """
)
_OBJECTS = word_set(
    """
    a an the this that these those each every all its our their it them us me one no only what
    which whatever whoever somebody someone both any two three half
    """
)
_PARTICIPLES = word_set(
    """
    held kept sent split read written frozen taken cut hidden rebuilt drawn
    """
)
_EMPTY = {("take", "care"), ("take", "into"), ("take", "place"), ("keep", "in"), ("keep", "track"),
          ("look", "at"), ("hold", "in")}  # fmt: skip
_REACH = 12
"""Words after the verb in which its complement may begin."""


def has_mechanism(sentence: Sentence) -> bool:
    """Return whether a sentence says how something is done, or what happens under a condition."""
    text = sentence.text
    if _BY_DOING.search(text) or _CONDITION.search(text) or _KEYED.search(text):
        return True
    return any(
        _is_verb(sentence, index) and _goes_on(sentence, index)
        for index, token in enumerate(sentence.tokens)
        if token.stem in _VERBS or token.stem in _NOUNS_TOO
    )


def _is_verb(sentence: Sentence, index: int) -> bool:
    token = sentence.tokens[index]
    after = _word(sentence, index + 1)
    if (token.stem, after) in _EMPTY:
        return False
    before = "" if is_hard_edge(sentence, index) else _word(sentence, index - 1)
    if index and "," in sentence.gap(index - 1):
        before = ""
    if token.word.endswith(("ed", "ing")) or token.word in _PARTICIPLES:
        return before not in _LIMITERS or token.word.endswith("ed")
    if before in _LIMITERS:
        return False
    if token.stem in _VERBS or before in _LEADING:
        return True
    return after in _OBJECTS


def _goes_on(sentence: Sentence, index: int) -> bool:
    """Return whether the verb has a complement before its clause ends."""
    for position in range(index + 1, min(len(sentence.tokens), index + 1 + _REACH)):
        if position > index + 1 and is_hard_edge(sentence, position):
            return False
        if sentence.tokens[position].word in _LINKS:
            return True
    return False


def _word(sentence: Sentence, index: int) -> str:
    return sentence.tokens[index].word if 0 <= index < len(sentence.tokens) else ""
