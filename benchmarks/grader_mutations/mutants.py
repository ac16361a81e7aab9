"""Mutants: strong answers with one thing broken, made from gold answers and exemplars."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from benchmarks.grader_mutations.editing import Range, as_sentence, chosen, edited, merged, without
from benchmarks.grader_mutations.operators import Operator, StagedOperator, shipped_operators
from designs.library import prompt_slugs, shipped_pack
from designs.stage import StageId
from rubrics.gold_answers import GoldLabel, Half, LabelledAnswer, gold_answers
from rubrics.library import shipped_rubric

USABLE = 1.5
"""Mean score from which an answer is broken where both graders give the criterion full credit."""


class Source(StrEnum):
    """Where the unbroken answer comes from."""

    TUNING = "tuning half"
    HELD_OUT = "held-out half"
    EXEMPLAR = "exemplars"


@dataclass(frozen=True)
class Mutant:
    """One answer, unbroken and broken by one operator."""

    operator: Operator
    source: Source
    key: str
    """The gold answer's id, or the prompt whose exemplar it is."""
    prompt: str
    stage: StageId
    original: str
    wording: str
    """What the operator puts in; empty where it only takes out."""
    text: str
    exempt: frozenset[str]
    """Criteria that lose evidence of their own: they may fall."""


def all_mutants() -> tuple[Mutant, ...]:
    """Return every mutant, those of exemplars first."""
    return (*exemplar_mutants(), *gold_mutants())


def exemplar_mutants() -> Iterator[Mutant]:
    """Yield the broken exemplars of the shipped prompts."""
    for staged in shipped_operators():
        operator = staged.operator
        for slug in prompt_slugs():
            change = operator.exemplars.get(slug)
            if change is None:
                continue
            original = shipped_pack(slug).exemplar.answers[staged.stage]
            wording = chosen(operator.wordings, slug)
            yield Mutant(
                operator=operator,
                source=Source.EXEMPLAR,
                key=slug,
                prompt=slug,
                stage=staged.stage,
                original=original,
                wording=wording,
                text=edited(original, change.edits, wording),
                exempt=frozenset((*operator.also, *change.exempt)),
            )


def gold_mutants() -> Iterator[Mutant]:
    """Yield the broken gold answers of both halves."""
    for staged in shipped_operators():
        for half in Half:
            for one in gold_answers(half):
                if one.answer.stage == staged.stage and is_earned(one, staged.operator.criterion):
                    yield gold_mutant(staged, one)


def is_earned(one: LabelledAnswer, criterion: str) -> bool:
    """Return whether all graders give full credit, in an answer that is not weak as a whole."""
    known = {c.id for c in shipped_rubric(one.answer.prompt).stage(one.answer.stage)}
    return (
        criterion in known
        and one.score >= USABLE
        and all(label.levels[criterion].level == "reasoned" for label in one.labels)
    )


def gold_mutant(staged: StagedOperator, one: LabelledAnswer) -> Mutant:
    """Take out what either grader cites for the criterion, and put the operator's words there."""
    operator, answer = staged.operator, one.answer
    gone = merged(_cited(one.labels, operator.criterion))
    wording = chosen(operator.wordings, answer.id)
    put = as_sentence(wording, answer.text[gone[0][1] :])
    return Mutant(
        operator=operator,
        source=Source.TUNING if one.half is Half.TUNING else Source.HELD_OUT,
        key=answer.id,
        prompt=answer.prompt,
        stage=answer.stage,
        original=answer.text,
        wording=wording,
        text=without(answer.text, gone, put),
        exempt=frozenset((*operator.also, *_losing(one.labels, gone))),
    )


def _cited(labels: tuple[GoldLabel, ...], criterion: str) -> Iterator[Range]:
    for label in labels:
        for span in label.levels[criterion].spans:
            yield span.start, span.end


def _losing(labels: tuple[GoldLabel, ...], gone: tuple[Range, ...]) -> Iterator[str]:
    """Yield every criterion that some grader credits for a part of what is gone."""
    for label in labels:
        for criterion in label.levels:
            cited = tuple(_cited((label,), criterion))
            if any(a < end and start < b for start, end in cited for a, b in gone):
                yield criterion
