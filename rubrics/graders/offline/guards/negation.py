"""Negation: which words of a sentence are denied.

A cue reaches to the edge of its clause, so that "not X; we do Y" keeps Y. Double negatives,
restrictions ("not before it beats the baseline") and conditions ("if no answer comes") state
rather than deny. A *firm* denial is one of the act itself ("we do not check"), which no hazard
word ("no leakage") can excuse.
"""

from collections.abc import Collection
from dataclasses import dataclass

from rubrics.graders.offline.guards.clauses import clause_end, clause_start
from rubrics.graders.offline.segments import Sentence
from rubrics.graders.offline.word_sets import word_set

_NOT = word_set(
    """
    not never cannot can't don't doesn't didn't isn't aren't wasn't weren't won't wouldn't
    shouldn't couldn't hasn't haven't hadn't needn't mustn't dont doesnt isnt arent wont
    cant
    """
)
_NONE = frozenset(["no", "none", "neither", "nor", "nobody", "nothing", "hardly", "barely"])
_DROPPING = word_set(
    """
    skip skips skipping ignore ignores ignoring omit omits omitting forgo forgoing
    """
)
_REFUSING = frozenset(["refuse", "refuses", "refusing", "neglect", "neglects", "decline"])
_DOUBLING = word_set(
    """
    forget deny neglect skip ignore omit hesitate doubt miss fail underestimate without
    disagree unless refuse
    """
)
_RESTRICTING = frozenset(["until", "unless", "before", "without", "except", "yet"])
_PARTIAL = word_set(
    """
    only just merely simply every all always each necessarily more less later fewer sooner
    longer better
    """
)
_CONDITIONAL = frozenset(["if", "when", "whenever", "unless", "where", "once", "whether", "in"])
_CHANGING = word_set(
    """
    fall falls drop drops rise rises worsen worse degrade degrades regress suffer suffers
    exceed exceeds increase decrease lose loses slip leak leaks see sees peek know knows
    contain contains get grow shrink cost overlap share spill mix enter influence affect
    hurt harm move change go stay reach answer respond arrive come available exist fit keep
    """
)
_CARE = word_set(
    """
    check monitor worry measure handle consider care bother deal correct address look watch
    track need think mind test detect guard protect prevent avoid believe recommend suggest
    want plan use do try log compute add build keep set going see
    """
)
_DISPENSABLE = word_set(
    """
    needed necessary required used useful worth helpful important relevant done planned
    considered kept logged monitored checked stored recorded tracked measured applied built
    included possible wanted worthwhile matter matters help helps
    """
)
_POINTLESS = frozenset(
    [
        "unnecessary",
        "pointless",
        "useless",
        "overkill",
        "unneeded",
        "needless",
        "superfluous",
        "irrelevant",
    ]
)
_LEFT_OUT = frozenset(
    ["skipped", "ignored", "omitted", "dropped", "neglected", "forgotten", "avoided"]
)
_FALSE = word_set(
    """
    true case sure convinced believe think recommended recommend expect claim say assume argue
    suggest agree mean imply hold follow fact say saying
    """
)
_AUX = word_set(
    """
    is are was were be been am do does did will would can could should must may might to has
    have it that
    """
)
_BE = frozenset({"is", "are", "was", "were", "be", "been", "being", "gets", "get"})
_NOT_BE = frozenset({"isn't", "aren't", "wasn't", "weren't", "isnt", "arent"})
_BURDENS = frozenset({"problem", "issue", "concern", "job", "task", "business", "need", "worry"})
_PARTICIPLES = word_set(
    """
    kept held made built sent seen shown taken done drawn split cut put set met lost known read
    written chosen given run found bought paid caught frozen hidden left
    """
)
_POINTERS = frozenset({"this", "that", "these", "following", "thing", "things", "so"})
_CUES = frozenset(
    {"left", "instead", "rather", "without", "avoid", "avoids", "avoiding", "false"}
).union(_NOT, _NONE, _DROPPING, _REFUSING, _POINTLESS, _LEFT_OUT)
"""All words that may deny anything: most sentences hold none."""
_LONG_REACH = 6


@dataclass(frozen=True, slots=True)
class Denial:
    """What one cue denies."""

    cue: int
    covered: frozenset[int]
    firm: bool


@dataclass(frozen=True, slots=True)
class Negation:
    """Indices of the denied tokens; `firm` is the part that denies an act, not a hazard."""

    tokens: frozenset[int]
    firm: frozenset[int]
    denials: tuple[Denial, ...] = ()

    def of(self, hit: Collection[int]) -> tuple[frozenset[int], bool]:
        """Return the denied tokens of a hit, and whether one of them is denied firmly.

        A cue that the wording itself holds does not deny it: *hardly* in `hardly change`.
        """
        denying = [
            one for one in self.denials if one.cue not in hit and one.covered.intersection(hit)
        ]
        denied = {index for one in denying for index in one.covered.intersection(hit)}
        return frozenset(denied), any(one.firm for one in denying)


def negated_tokens(sentence: Sentence) -> frozenset[int]:
    """Return the indices of the denied tokens."""
    return negation(sentence).tokens


def negation(sentence: Sentence) -> Negation:
    """Find what a sentence denies."""
    spelled = [token.word for token in sentence.tokens]
    denials: list[Denial] = []
    excused: set[int] = set()
    for index, word in enumerate(spelled):
        if word not in _CUES or index in excused:
            continue
        covered, is_firm = _covered(sentence, spelled, index, word, excused)
        if covered:
            denials.append(Denial(index, frozenset(covered), is_firm))
    return Negation(
        tokens=frozenset().union(*(one.covered for one in denials)),
        firm=frozenset().union(*(one.covered for one in denials if one.firm)),
        denials=tuple(denials),
    )


def _covered(
    sentence: Sentence, spelled: list[str], index: int, word: str, excused: set[int]
) -> tuple[range, bool]:
    """Return what the cue at `index` covers; an empty range if it is no cue."""
    if word in _NOT or word in _NONE:
        return _of_negator(sentence, spelled, index, excused)
    if (
        word in _POINTLESS
        or (word in _LEFT_OUT and _before(spelled, index) in _AUX)
        or (word == "left" and _at(spelled, index + 1) == "out" and _before(spelled, index) in _AUX)
    ):
        return range(clause_start(sentence, index), index), True
    if word in _DROPPING and not _skips_a_time(sentence, index):
        return _forward(sentence, index, _LONG_REACH), True
    if word in _REFUSING and _at(spelled, index + 1) in ("to", "the", "any"):
        if _points_ahead(sentence, clause_end(sentence, index)):
            return range(index + 1, len(spelled)), True
        return _forward(sentence, index), True
    return _of_contrast(sentence, spelled, index, word)


def _of_contrast(
    sentence: Sentence, spelled: list[str], index: int, word: str
) -> tuple[range, bool]:
    """Cover what *instead of*, *rather than*, *without* and *avoid* put aside."""
    nothing = range(0)
    following = _at(spelled, index + 1)
    if (word, following) in (("instead", "of"), ("rather", "than")):
        return _to_subject(sentence, spelled, index + 2), False
    if word == "without":
        if index == clause_start(sentence, index):
            return nothing, False  # "without X it breaks" argues for X
        return _to_subject(sentence, spelled, index + 1), False
    if word in ("avoid", "avoids", "avoiding"):
        return _forward(sentence, index, 4), False
    if word == "false" and following == "that":
        return range(index + 1, len(spelled)), True
    return nothing, False


def _of_negator(
    sentence: Sentence, spelled: list[str], index: int, excused: set[int]
) -> tuple[range, bool]:
    nothing = range(0)
    end = clause_end(sentence, index)
    ahead = spelled[index + 1 : end]
    near = ahead[:3]
    if _denies_a_statement(ahead[:4]) and "that" in ahead[:7]:
        return range(index + 1, _sentence_end(spelled, index)), True
    if _points_ahead(sentence, end):
        return range(index + 1, len(spelled)), True
    if near[:1] and near[0] in _PARTIAL and spelled[index] != "nobody":
        return nothing, False
    doubled = [i for i in range(index + 1, end) if spelled[i] in _DOUBLING]
    if doubled and (spelled[doubled[0]] in ("without", "unless") or doubled[0] <= index + 2):
        excused.update(doubled)
        return nothing, False
    if _states_anyway(sentence, spelled, index, end):
        return nothing, False
    if _before(spelled, index) in _AUX and _at(spelled, index - 2) in ("that", "which", "who"):
        return range(index + 1, min(end, index + 3)), False  # a relative clause
    if _denied_behind(spelled, index):
        return range(clause_start(sentence, index), end), True
    firm = bool(set(near) & _CARE) or spelled[index] == "nobody" or near[:1] == ["point"]
    return range(index + 1, end), firm


def _states_anyway(sentence: Sentence, spelled: list[str], index: int, end: int) -> bool:
    """Restrictions, conditions and limits are statements although they hold a negator."""
    ahead = spelled[index + 1 : end]
    if set(spelled[index + 1 : end + 1]) & _RESTRICTING:
        return True
    opener = spelled[clause_start(sentence, index)]
    if opener in _CONDITIONAL and opener != "in":
        return True
    if _before(spelled, index) in (
        "wrong",
        "mistake",
        "careless",
        "foolish",
        "why",
        "whether",
        "or",
    ):
        return True
    if ahead[:1] and ahead[0] in _CHANGING and not _changes_opinion(ahead):
        by_us = {"we", "i"} & set(spelled[max(0, index - 2) : index])
        return spelled[index] in _NOT and not by_us
    return False


def _changes_opinion(ahead: list[str]) -> bool:
    """Tell `cannot see why` and `do not keep` from `must not fall`."""
    return ahead[:2] in (["see", "why"], ["see", "any"], ["see", "a"], ["see", "the"]) or ahead[
        0
    ] in ("keep", "share", "cost")


def _denies_a_statement(near: list[str]) -> bool:
    """Recognise `it is not true that`, `not the case that`, `I do not think that`."""
    return bool(set(near) & _FALSE)


def _points_ahead(sentence: Sentence, end: int) -> bool:
    """Recognise `there is no need for this: ...`: what follows the colon is denied."""
    return sentence.tokens[end - 1].word in _POINTERS and ":" in sentence.gap(end - 1)


def _denied_behind(spelled: list[str], index: int) -> bool:
    """Recognise a cue that denies its subject: `a fallback is not necessary`, `is not built`."""
    near = spelled[index + 1 : index + 4]
    if any(word in _DISPENSABLE for word in near[:2]) or (
        set(near[:2]) & {"our", "no", "a"} and set(near) & _BURDENS
    ):
        return True
    if spelled[index] == "no":
        return _before(spelled, index) in _BE and bool(set(near[:1]) & _BURDENS)
    participle = next((word for word in near[:2] if not word.endswith("ly")), "")
    passive = participle.endswith("ed") or participle in _PARTICIPLES
    return passive and (_before(spelled, index) in _BE or spelled[index] in _NOT_BE)


def _forward(sentence: Sentence, index: int, reach: int = 10_000) -> range:
    return range(index + 1, min(clause_end(sentence, index), index + 1 + reach))


def _to_subject(sentence: Sentence, spelled: list[str], start: int) -> range:
    """Cover up to the clause's edge or the subject that takes over: `instead of X we do Y`."""
    if start >= len(spelled):
        return range(0)
    end = clause_end(sentence, start - 1)
    for index in range(start + 1, end):
        if spelled[index] in ("we", "i", "they", "it"):
            end = index
            break
    return range(start, end)


def _sentence_end(spelled: list[str], index: int) -> int:
    for position in range(index, len(spelled)):
        if spelled[position] == "but":
            return position
    return len(spelled)


def _skips_a_time(sentence: Sentence, index: int) -> bool:
    """Tell `skip four weeks` (a gap) from `skip the holdout`."""
    ahead = {token.word for token in sentence.tokens[index + 1 : index + 4]}
    times = {"day", "days", "week", "weeks", "month", "months", "hours", "one", "two", "duplicates"}
    return bool(ahead & times)


def _at(spelled: list[str], index: int) -> str:
    return spelled[index] if 0 <= index < len(spelled) else ""


def _before(spelled: list[str], index: int) -> str:
    return _at(spelled, index - 1)
