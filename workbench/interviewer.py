"""The interviewer's memory: which fact answers a question that the candidate typed.

The question is compared with the topic, the wording and the answer of every fact, word by word
and idea by idea (`question_words`), rare ones counting more. A question that matches nothing gets
the answer that a good interviewer gives: assume something and say so.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from designs.prompt import Reveal
from workbench.question_words import FILLER, IDEAS, MEASURES

MIN_SCORE = 0.34
"""Share of the question's weight that a fact must cover."""
MAX_CHARS = 500
IN_QUESTION, TOPIC_IDEA, SAME_IDEA, IN_ANSWER, IDEA_IN_ANSWER = 0.95, 0.9, 0.8, 0.5, 0.35
"""What a word earns beside one of the topic's own: a guess at the answer is half a question."""
STRANGE = 0.6
"""Weight of a word that neither a fact nor an idea knows, beside one that a single fact has."""
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_STEMMER = snowballstemmer.stemmer("english")
_LONGEST = 3
"""Words in the longest phrase of an idea."""


@dataclass(frozen=True)
class _Word:
    """A word or phrase, and what it may mean."""

    stem: str
    ideas: frozenset[str]


@dataclass(frozen=True)
class _Fact:
    """A reveal, ready to be compared."""

    topic: frozenset[str]
    topic_ideas: frozenset[str]
    stems: frozenset[str]
    ideas: frozenset[str]
    answer_stems: frozenset[str]
    answer_ideas: frozenset[str]

    def asks(self, word: _Word) -> bool:
        """Tell whether the fact's own question holds the word or its idea."""
        return word.stem in self.stems or bool(word.ideas & self.ideas)

    def match(self, word: _Word) -> float:
        """Return how well the fact holds a word, from 0 to 1."""
        if word.stem in self.stems:
            return 1.0 if word.stem in self.topic else IN_QUESTION
        if word.ideas & self.topic_ideas:
            return TOPIC_IDEA
        if word.ideas & self.ideas:
            return SAME_IDEA
        if word.stem in self.answer_stems:
            return IN_ANSWER
        return IDEA_IN_ANSWER if word.ideas & self.answer_ideas else 0.0


def find_reveal(question: str, reveals: Sequence[Reveal]) -> Reveal | None:
    """Return the fact that answers a question best, or None if none does.

    Args:
        question: What the candidate typed; only the first 500 characters are read.
        reveals: The prompt's facts.
    """
    asked = tuple(dict.fromkeys(_words(question[:MAX_CHARS])))
    facts = [_fact(one.topic, one.question, one.answer) for one in reveals]
    if not asked or not facts:
        return None
    weights = {word: _weight(word, facts) for word in asked}
    scores = [sum(weights[word] * fact.match(word) for word in asked) for fact in facts]
    best = max(range(len(facts)), key=scores.__getitem__)
    enough = scores[best] >= MIN_SCORE * sum(weights.values())
    return reveals[best] if enough and _is_meant(facts[best], asked) else None


def _is_meant(fact: _Fact, asked: Iterable[_Word]) -> bool:
    """Refuse what may be chance: `how long` alone, or one word that only the answer holds."""
    telling = [word for word in asked if not word.ideas or word.ideas - MEASURES]
    return any(map(fact.asks, telling)) or sum(fact.match(word) > 0 for word in telling) > 1


def _weight(word: _Word, facts: Sequence[_Fact]) -> float:
    spread = sum(fact.asks(word) for fact in facts)
    if spread or any(fact.match(word) for fact in facts):
        return math.log(1 + len(facts) / (1 + spread))
    return STRANGE * math.log(1 + len(facts) / 2)


@lru_cache(maxsize=512)
def _fact(topic: str, question: str, answer: str) -> _Fact:
    name, wording, told = _words(topic), _words(f"{topic}. {question}"), _words(answer)
    return _Fact(
        topic=frozenset(word.stem for word in name),
        topic_ideas=frozenset(idea for word in name for idea in word.ideas),
        stems=frozenset(word.stem for word in wording),
        ideas=frozenset(idea for word in wording for idea in word.ideas),
        answer_stems=frozenset(word.stem for word in told),
        answer_ideas=frozenset(idea for word in told for idea in word.ideas),
    )


def _words(text: str) -> list[_Word]:
    """Take phrases that are known, then single words that are no filler."""
    raw = _WORD.findall(text.lower())
    stems = _STEMMER.stemWords(raw)
    found: list[_Word] = []
    at = 0
    while at < len(raw):
        length, ideas = _phrase(stems, at)
        if length > 1 or (len(raw[at]) > 1 and raw[at] not in FILLER):
            found.append(_Word(" ".join(stems[at : at + length]), ideas))
        at += length
    return found


def _phrase(stems: Sequence[str], at: int) -> tuple[int, frozenset[str]]:
    known = _vocabulary()
    for length in range(_LONGEST, 0, -1):
        ideas = known.get(tuple(stems[at : at + length]))
        if ideas:
            return length, ideas
    return 1, frozenset()


@lru_cache(maxsize=1)
def _vocabulary() -> dict[tuple[str, ...], frozenset[str]]:
    """Return the ideas of every stemmed word and phrase."""
    known: dict[tuple[str, ...], set[str]] = {}
    for idea, phrase in _spelled():
        known.setdefault(tuple(_STEMMER.stemWords(_WORD.findall(phrase))), set()).add(idea)
    return {stems: frozenset(ideas) for stems, ideas in known.items()}


def _spelled() -> Iterable[tuple[str, str]]:
    return ((idea, phrase) for idea, phrases in IDEAS.items() for phrase in phrases.split(","))
