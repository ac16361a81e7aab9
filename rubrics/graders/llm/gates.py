"""Gates: whether a passage that a model cites may carry credit for a criterion."""

import threading
from collections import Counter, OrderedDict
from collections.abc import Iterator

from designs.prompt import Prompt
from rubrics.criterion import ConceptIndicator, Criterion
from rubrics.graders.llm.grading_talk import is_disguised, is_grading_talk
from rubrics.graders.llm.quotes import QuotedText, Span
from rubrics.graders.offline.folding import fold
from rubrics.graders.offline.guards.copied import CopySource, copied_tokens, is_mostly_copied
from rubrics.graders.offline.segments import Sentence
from rubrics.graders.offline.stems import stem, words
from rubrics.graders.offline.terms import Places, TermIndex
from rubrics.rubric import Rubric

_SHARED_STEMS = 2
"""Telling words that a passage has in common with a criterion where no term of it stands."""
_FEW = 9
"""A word of more criteria than this tells none of them."""
_KEPT = 8
_LONG = 4
"""Letters of a content word."""

NOT_THERE = "the passage does not occur in the answer"
TALK = "the passage is about grading, not about the design"
DISGUISED = "the passage has hidden or look-alike characters inside words"
ECHO = "the passage repeats the rubric"
NO_ANCHOR = "the passage says nothing that belongs to the criterion"


class Gates:
    """The gates of one rubric.

    Args:
        rubric: Whose texts are no evidence when repeated, and whose terms are anchors.
        prompt: Whose texts are no evidence when repeated.
    """

    def __init__(self, rubric: Rubric, prompt: Prompt) -> None:
        self._source = CopySource.of(_texts(rubric, prompt))
        self._anchors: dict[str, TermIndex] = {}
        spoken = {one.id: _vocabulary(one) for one in rubric.criteria}
        spread = Counter(word for words_of in spoken.values() for word in words_of)
        self._telling = {
            name: frozenset(one for one in words_of if spread[one] <= _FEW)
            for name, words_of in spoken.items()
        }

    def problem(self, criterion: Criterion, text: QuotedText, span: Span | None) -> str:
        """Return why a passage carries no credit, or an empty text."""
        if span is None:
            return NOT_THERE
        numbers = text.around(span)
        touched = [text.sentences[number] for number in numbers]
        if not touched:
            return NO_ANCHOR
        if text.spoiled.intersection(numbers) or any(is_grading_talk(one.raw) for one in touched):
            return TALK
        if any(is_disguised(text.answer[one.start : one.end]) for one in touched):
            return DISGUISED
        own = [
            one for one in touched if not is_mostly_copied(one, copied_tokens(one, self._source))
        ]
        if not own:
            return ECHO
        return "" if any(self._is_anchored(criterion, one) for one in own) else NO_ANCHOR

    def _is_anchored(self, criterion: Criterion, sentence: Sentence) -> bool:
        if criterion.id not in self._anchors:
            self._anchors[criterion.id] = _terms(criterion)
        if self._anchors[criterion.id].find(sentence, Places(sentence.tokens)):
            return True
        said = {one.stem for one in sentence.tokens if len(one.word) >= _LONG}
        return len(said & self._telling[criterion.id]) >= _SHARED_STEMS


class GatesCache:
    """Gates by the content of rubric and prompt; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[str, str], Gates] = OrderedDict()

    def get(self, rubric: Rubric, prompt: Prompt) -> Gates:
        """Return the gates of a pair, made on first use."""
        key = (rubric.content_hash(), prompt.content_hash())
        with self._lock:
            if key not in self._kept:
                self._kept[key] = Gates(rubric, prompt)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            return self._kept[key]


def _terms(criterion: Criterion) -> TermIndex:
    concepts = [one for one in criterion.indicators if isinstance(one, ConceptIndicator)]
    return TermIndex((0, term) for one in concepts for term in one.any_of)


def _vocabulary(criterion: Criterion) -> frozenset[str]:
    """Return the content words of what a criterion asks and of what earned it."""
    texts = [criterion.title, criterion.question]
    texts += [one for level in criterion.levels[1:] for one in (level.descriptor, *level.examples)]
    folded = [fold(one).text for one in texts]
    return frozenset(
        stem(text[start:end])
        for text in folded
        for start, end in words(text)
        if end - start >= _LONG
    )


def _texts(rubric: Rubric, prompt: Prompt) -> Iterator[str]:
    for criterion in rubric.criteria:
        yield from (criterion.title, criterion.question, criterion.why, criterion.next_action)
        yield from (level.descriptor for level in criterion.levels)
        yield from (one.label for one in criterion.indicators)
    for brief in prompt.stages:
        yield brief.question
        yield from brief.good_looks_like
