"""A question as a prompt and a rubric, in memory, so that the engine can compile it.

The records are built without validation: a school question has no workload, no stages and no
authored contradictions. What the engine reads of them is there.
"""

from collections.abc import Iterable, Iterator, Sequence

from benchmarks.public_grading.rows import Asked, Judged
from designs.prompt import Prompt
from designs.stage import StageId
from rubrics.criterion import ConceptIndicator, Criterion, Level, LevelId, LevelNeeds
from rubrics.graders.offline.graded_sentences import GradedGroup, GradedSentence, GradedSentences
from rubrics.graders.offline.neighbours import content_stems
from rubrics.graders.offline.segments import sentences
from rubrics.graders.offline.vocabulary import FUNCTION_WORDS
from rubrics.rubric import Rubric

STAGE = StageId.FRAMING
"""All stages are alike here; one is used."""
_NO_NEEDS = LevelNeeds()


def prompt_of(asked: Asked) -> Prompt:
    """Return a prompt that holds nothing but the question."""
    return Prompt.model_construct(  # type: ignore[call-arg] # the engine reads no more than this
        schema_version=1,
        id="asked",
        title="",
        summary="",
        context=asked.question,
        givens=(),
        reveals=(),
        scale_card=(),
        slos=(),
        stages=(),
    )


def rubric_of(asked: Asked) -> Rubric:
    """Return a rubric with one criterion for each set of references."""
    return Rubric.model_construct(
        id="asked",
        title="",
        criteria=tuple(criterion_of(asked, key) for key in asked.references),
    )


def criterion_of(asked: Asked, key: str) -> Criterion:
    """Return a criterion whose examples are the references.

    Each word of content that the references hold and the question does not is a concept. The top
    level needs those that every reference holds, and wants the others.
    """
    references = asked.references[key]
    spoken = set(content_words(asked.question))
    by_reference = [
        {stem: word for stem, word in content_words(text).items() if stem not in spoken}
        for text in references
    ]
    concepts = {stem: word for words in by_reference for stem, word in words.items()}
    shared = [stem for stem in concepts if all(stem in words for words in by_reference)]
    ids = {stem: f"concept-{number}" for number, stem in enumerate(concepts)}
    needs = LevelNeeds.model_construct(
        all_of=tuple(ids[stem] for stem in shared),
        at_least=0,
        of=tuple(ids[stem] for stem in concepts if stem not in shared),
        depth=(),
    )
    return Criterion.model_construct(
        id=key,
        stage=STAGE,
        title="",
        question="",
        weight=1.0,
        why="",
        next_action="",
        levels=(
            _level("missing", 0.0),
            _level("named", 0.5),
            _level("reasoned", 1.0, needs, references),
        ),
        indicators=tuple(
            ConceptIndicator.model_construct(kind="concept", id=ids[stem], label="", any_of=(word,))
            for stem, word in concepts.items()
        ),
        near_misses=(asked.question,) if asked.question else (),
        contradictions=(),
        negative_is_valid=False,
        sources=(),
    )


def _level(
    level_id: LevelId, value: float, needs: LevelNeeds = _NO_NEEDS, examples: Sequence[str] = ()
) -> Level:
    return Level.model_construct(
        id=level_id, value=value, descriptor="", needs=needs, examples=tuple(examples)
    )


def content_words(text: str) -> dict[str, str]:
    """Return the words that carry content, by stem, in the order of the text."""
    return {
        token.stem: token.word
        for part in sentences(text)
        for token in part.tokens
        if token.word not in FUNCTION_WORDS
    }


def graded_sentences(judged: Iterable[Judged]) -> GradedSentences:
    """Return graded answers as the engine's examples: right ones credited, wrong ones not."""
    return GradedSentences.model_construct(schema_version=2, groups=tuple(_groups(judged)))


def _groups(judged: Iterable[Judged]) -> Iterator[GradedGroup]:
    for one in judged:
        key = one.criterion_id
        credits: dict[str, LevelId] = {key: "reasoned"} if one.is_met else {}
        yield GradedGroup.model_construct(
            author="pupil",
            prompt="question",
            stage=STAGE,
            judged=(key,),
            sentences=tuple(
                GradedSentence.model_construct(stems=content_stems((part,)), credits=credits)
                for part in sentences(one.text)
            ),
        )
