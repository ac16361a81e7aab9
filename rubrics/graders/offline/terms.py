"""Terms: compiling the wording of a concept, and finding it in a sentence.

The grammar is the one of the authoring guide: a word in any inflection, words in a row, a
beginning with `*`, and parts joined by ` + ` that stand near each other in either order.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, islice
from operator import itemgetter
from typing import NamedTuple

from rubrics.graders.offline.folding import fold
from rubrics.graders.offline.segments import Sentence, Token
from rubrics.graders.offline.stems import stem, words
from rubrics.graders.offline.vocabulary import FILLERS

NEAR = 8
"""Words that may lie between two parts joined by ` + `."""
_OPENING = 2
"""Letters by which the beginnings of words are found."""
_BEGINNING, _NEAR = "*", " + "
_PLAIN = re.compile(r"[a-z0-9]+\*?(?:[ -][a-z0-9]+\*?)*")
"""How nearly all terms are spelt: there is nothing to fold, and it is plain where words end."""
MAX_HITS = 12
"""Occurrences of one term in one sentence that are looked at."""


class TermWord(NamedTuple):
    """One word of a term: a stem, or a beginning."""

    text: str
    is_prefix: bool

    def matches(self, token: Token) -> bool:
        """Return whether the token is this word."""
        if self.is_prefix:
            return token.word.startswith(self.text) or token.stem.startswith(self.text)
        return token.stem == self.text

    @property
    def key(self) -> str:
        """Return what to look a word up by: its stem, or two letters and a star."""
        return self.text[:_OPENING] + _BEGINNING if self.is_prefix else self.text


Phrase = tuple[TermWord, ...]


@dataclass(frozen=True, slots=True)
class CompiledTerm:
    """A term ready for matching; `owner` says whose it is."""

    owner: int
    source: str
    parts: tuple[Phrase, ...]
    keys: frozenset[str]
    """Of all its words, see `TermWord.key`: where one is missing, the term cannot stand."""


Hit = tuple[int, ...]
"""Indices of the tokens that a term matched, in order."""


def compile_term(source: str, owner: int) -> CompiledTerm | None:
    """Compile a term; None if nothing of it is a word."""
    parts = tuple(part for part in map(_phrase, source.split(_NEAR)) if part)
    return CompiledTerm(owner, source, parts, _keys(parts)) if parts else None


def _keys(parts: Iterable[Phrase]) -> frozenset[str]:
    return frozenset([word.key for part in parts for word in part])


def _keys_of(source: str) -> frozenset[str]:
    """Return the keys that a term will have once it is compiled; none if nothing is a word."""
    spelt = source.replace(_NEAR, " ")
    if _PLAIN.fullmatch(spelt):
        return frozenset(map(_plain_key, spelt.replace("-", " ").split(" ")))
    term = compile_term(source, 0)
    return term.keys if term else frozenset()


@lru_cache(maxsize=16_384)
def _plain_key(spelt: str) -> str:
    return _plain_word(spelt).key


def _phrase(part: str) -> Phrase:
    if _PLAIN.fullmatch(part):
        return tuple(map(_plain_word, part.replace("-", " ").split(" ")))
    return _any_phrase(part)


@lru_cache(maxsize=16_384)
def _plain_word(spelt: str) -> TermWord:
    is_prefix = spelt.endswith(_BEGINNING)
    return TermWord(spelt[:-1] if is_prefix else stem(spelt), is_prefix)


def _any_phrase(part: str) -> Phrase:
    folded = fold(part).text
    spans = words(folded)
    phrase = []
    for start, end in spans:
        is_prefix = folded[end : end + 1] == _BEGINNING
        text = folded[start:end]
        phrase.append(TermWord(text if is_prefix else stem(text), is_prefix))
    return tuple(phrase)


def stemmed_term(source: str) -> str:
    """Return a term in its stemmed spelling, ``split* + random*``; empty if nothing is a word."""
    term = compile_term(source, 0)
    if term is None:
        return ""
    return _NEAR.join(
        " ".join(word.text + _BEGINNING * word.is_prefix for word in part) for part in term.parts
    )


@lru_cache(maxsize=65_536)
def read_stemmed(text: str) -> CompiledTerm:
    """Read a term that is spelt in stems; it belongs to nobody."""
    parts = tuple(
        tuple(
            TermWord(word.removesuffix(_BEGINNING), word.endswith(_BEGINNING))
            for word in part.split(" ")
        )
        for part in text.split(_NEAR)
    )
    return CompiledTerm(0, text, parts, _keys(parts))


def is_beginning(key: str) -> bool:
    """Return whether a key stands for the beginning of a word."""
    return key.endswith(_BEGINNING)


def stemmed_keys(stemmed: str) -> list[str]:
    """Return the keys of all words of a term in stems, see `TermWord.key`, without reading it."""
    return [
        word[:_OPENING] + _BEGINNING if word.endswith(_BEGINNING) else word
        for word in stemmed.replace(_NEAR, " ").split(" ")
    ]


class TermIndex:
    """Terms by their rarest word, so that few are tried on a sentence.

    A rubric has thousands, and an answer holds the rarest word of a few hundred: a term is compiled
    when that word is first met.

    Args:
        terms: Owner and source of each; those without a word are left out.
    """

    def __init__(self, terms: Iterable[tuple[int, str]]) -> None:
        worded = [(keys, owner, source) for owner, source in terms if (keys := _keys_of(source))]
        commonness = Counter(chain.from_iterable(keys for keys, _, _ in worded))
        self._by_rarest: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        self._compiled: dict[str, list[tuple[int, CompiledTerm]]] = {}
        for number, (keys, owner, source) in enumerate(worded):
            rarest = next(iter(keys))
            if len(keys) > 1:
                rarest = min(keys, key=lambda key: (is_beginning(key), commonness[key], key))
            self._by_rarest[rarest].append((number, owner, source))

    def _terms(self, rarest: str) -> list[tuple[int, CompiledTerm]]:
        if rarest not in self._compiled:
            self._compiled[rarest] = [
                (number, term)
                for number, owner, source in self._by_rarest[rarest]
                if (term := compile_term(source, owner)) is not None
            ]
        return self._compiled[rarest]

    def find(self, sentence: Sentence, places: "Places") -> list[tuple[CompiledTerm, Hit]]:
        """Return every term found and where, in the order of the sentence's words.

        Args:
            sentence: What is looked through.
            places: Of the same sentence.
        """
        found: list[tuple[int, bool, int, CompiledTerm, Hit]] = []
        for key in places.keys & self._by_rarest.keys():
            for number, term in self._terms(key):
                for hit in find_term(term, sentence.tokens, places):
                    first = term.parts[0][0]
                    found.append((places.of(first)[0], first.is_prefix, number, term, hit))
        found.sort(key=itemgetter(0, 1, 2))
        return [(term, hit) for *_, term, hit in found]


class Places:
    """Where the words of a sentence stand, so that most terms are dismissed at a look."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._by_stem: dict[str, list[int]] = defaultdict(list)
        self._by_opening: dict[str, list[int]] = defaultdict(list)
        for index, token in enumerate(tokens):
            self._by_stem[token.stem].append(index)
            for opening in {token.word[:_OPENING], token.stem[:_OPENING]}:
                self._by_opening[opening].append(index)

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of all words that match something here: see `TermWord.key`."""
        return frozenset((*self._by_stem, *(one + _BEGINNING for one in self._by_opening)))

    def of(self, word: TermWord) -> Sequence[int]:
        """Return the indices of the tokens that a word matches."""
        if not word.is_prefix:
            return self._by_stem.get(word.text, ())
        near = self._by_opening.get(word.text[:_OPENING], ())
        return [index for index in near if word.matches(self._tokens[index])]


def find_term(term: CompiledTerm, tokens: Sequence[Token], places: Places) -> list[Hit]:
    """Return where a term stands among tokens; overlapping readings are all given."""
    if not term.keys <= places.keys:
        return []
    hits = list(islice(_phrase_hits(term.parts[0], tokens, places), MAX_HITS))
    for part in term.parts[1:]:
        if not hits:
            return []
        others = list(islice(_phrase_hits(part, tokens, places), MAX_HITS))
        hits = [
            joined
            for hit in hits
            for other in others
            if (joined := _joined(hit, other)) is not None
        ][:MAX_HITS]
    return hits


def _phrase_hits(phrase: Phrase, tokens: Sequence[Token], places: Places) -> Iterable[Hit]:
    for index in places.of(phrase[0]):
        hit = _phrase_from(phrase, tokens, index)
        if hit is not None:
            yield hit


def _phrase_from(phrase: Phrase, tokens: Sequence[Token], index: int) -> Hit | None:
    """Match words in a row from `index` on; one filler may stand between two of them."""
    hit = [index]
    for word in phrase[1:]:
        index += 1
        if (
            index + 1 < len(tokens)
            and not word.matches(tokens[index])
            and tokens[index].word in FILLERS
        ):
            index += 1
        if index >= len(tokens) or not word.matches(tokens[index]):
            return None
        hit.append(index)
    return tuple(hit)


def _joined(hit: Hit, other: Hit) -> Hit | None:
    """Join two parts if they are apart by few enough words and share none."""
    if set(hit) & set(other):
        return None
    between = max(min(other) - max(hit), min(hit) - max(other)) - 1
    if between > NEAR:
        return None
    return tuple(sorted((*hit, *other)))
