"""Fitting the model of idle sentences."""

from collections.abc import Iterable, Iterator

from rubrics.gold_answers import ATTACKS, LabelledAnswer, Style
from rubrics.graders.offline.idle import IdleModel, words_and_pairs
from rubrics.graders.offline.segments import Sentence, sentences
from rubrics.idle_sentences import IdleSentences
from rubrics.mistake import Mistake
from rubrics.mistaken_answers import MistakenAnswers
from rubrics.training.doubts import BANK
from rubrics.training.words import ModelsWithout, Statement, Statements, fit_words

STRENGTH = 10
_FEWEST = 2
_IDLE, _LOOKS_IDLE, _PLAIN = 10.0, 3.0, 0.3
"""Weights. Idle sentences are one in ten of all; statements of mistakes are many, and no two of
their kind are hard to tell from padding."""
_BESIDE = frozenset({Style.OFF_TOPIC, Style.AIMED_AT_GRADER})


def idle_statements(
    written: Iterable[IdleSentences],
    gold: Iterable[LabelledAnswer],
    mistaken: Iterable[MistakenAnswers],
    bank: Iterable[Mistake],
) -> Statements:
    """Return sentences that are clearly idle, or clearly not.

    Of gold answers these are the sentences of answers beside the point, and the sentences that a
    grader cited for anything; nobody has said what the others are.
    """
    return Statements(
        [*_of_written(written), *_of_gold(gold), *_of_mistaken(mistaken), *_of_bank(bank)]
    )


def _of_written(written: Iterable[IdleSentences]) -> Iterator[Statement]:
    for one in written:
        for text in one.idle:
            yield from _statements(one.author, text, idle=True, weight=_IDLE)
        for text in one.said:
            yield from _statements(one.author, text, idle=False, weight=_LOOKS_IDLE)


def _of_gold(gold: Iterable[LabelledAnswer]) -> Iterator[Statement]:
    for one in gold:
        beside = one.answer.style in _BESIDE
        if one.answer.style in ATTACKS - {Style.NEGATED} and not beside:
            continue
        for sentence in sentences(one.answer.text):
            if beside or _is_cited(sentence, one):
                yield Statement(
                    author=one.author,
                    prompt=one.answer.prompt,
                    holds=beside,
                    features=tuple(words_and_pairs(sentence)),
                    weight=_IDLE if beside else 1.0,
                )


def _is_cited(sentence: Sentence, one: LabelledAnswer) -> bool:
    spans = [
        span
        for label in one.labels
        for some in (*(level.spans for level in label.levels.values()), label.mistakes)
        for span in some
    ]
    return any(span.start < sentence.end and sentence.start < span.end for span in spans)


def _of_mistaken(mistaken: Iterable[MistakenAnswers]) -> Iterator[Statement]:
    for written in mistaken:
        for answer in written.answers:
            for one in answer.sentences:
                yield from _statements(written.author, one.text, idle=False, weight=_PLAIN)


def _of_bank(bank: Iterable[Mistake]) -> Iterator[Statement]:
    for mistake in bank:
        for text in (*mistake.phrasings, *mistake.lookalikes):
            yield from _statements(BANK, text, idle=False, weight=_PLAIN)


def _statements(author: str, text: str, *, idle: bool, weight: float) -> Iterator[Statement]:
    for sentence in sentences(text):
        yield Statement(author, "", idle, tuple(words_and_pairs(sentence)), weight)


def fit_idle(known: Statements) -> IdleModel:
    """Fit the model to some statements."""
    return fit_words(IdleModel, known, STRENGTH, _FEWEST)


def idle_models(known: Statements) -> ModelsWithout[IdleModel]:
    """Return the models without an author."""
    return ModelsWithout(known, fit_idle)
