"""A rubric and a prompt made ready for grading, once per pair."""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from designs.prompt import Prompt
from designs.resting_collector import resting_collector
from designs.stage import STAGES, StageId
from rubrics.assessment import Scored
from rubrics.criterion import ConceptIndicator, Criterion, LoadTestIndicator, QuantityIndicator
from rubrics.graders.offline.doubt import DoubtModel, shipped_doubt_model
from rubrics.graders.offline.graded_sentences import (
    GradedGroup,
    GradedSentences,
    shipped_sentences,
)
from rubrics.graders.offline.guards.copied import CopySource
from rubrics.graders.offline.guards.negation import negation
from rubrics.graders.offline.idle import IdleModel, shipped_idle_model
from rubrics.graders.offline.neighbours import Homes, Neighbourhood
from rubrics.graders.offline.segments import Sentence, authored_sentences
from rubrics.graders.offline.settings import OfflineSettings
from rubrics.graders.offline.similarity import Authored, Comparison, Kind, bag_of
from rubrics.graders.offline.terms import Places, TermIndex
from rubrics.rubric import Rubric

_KEPT = 8


@dataclass(frozen=True)
class Learnt:
    """What training found about sentences: graded ones, and two models of all others."""

    graded: GradedSentences
    doubt: DoubtModel
    idle: IdleModel

    def as_if_new(self, prompt: str) -> "Learnt":
        """Return what would be known if no graded answer to a prompt were shipped.

        Both models of single sentences stay: they know no prompt.
        """
        return replace(self, graded=self.graded.about_other_prompts(prompt))


def shipped_learnt() -> Learnt:
    """Return what the grader is shipped with."""
    return Learnt(shipped_sentences(), shipped_doubt_model(), shipped_idle_model())


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose term it is: an indicator of a criterion, as its wording or as what stands near."""

    criterion_id: str
    indicator_id: str
    is_concept: bool


@dataclass(frozen=True, slots=True)
class Excused:
    """Terms that good answers to a criterion deny: `no leakage`, `we do not use accuracy`.

    Each is named by its indicator and its wording.
    """

    mild: frozenset[tuple[str, str]]
    firm: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class CompiledStage:
    """The terms and authored sentences of one stage's criteria.

    Stages are kept apart: whether a sentence is a recital must not depend on which words the
    rubric of another stage happens to know.
    """

    owners: tuple[Owner, ...]
    index: TermIndex
    comparison: Comparison
    neighbourhood: Neighbourhood


@dataclass(frozen=True)
class CompiledRubric:
    """What grading needs beside the answer."""

    stages: dict[StageId, CompiledStage]
    excused: dict[str, Excused]
    source: CopySource
    homes: Homes
    doubt: DoubtModel
    idle: IdleModel
    is_seen: bool
    """True if graded answers to the prompt are among the examples."""
    unanswered: dict[StageId, tuple[Scored, ...]] = field(default_factory=dict)
    """What a stage without words and drawing earns, kept when it is first asked for."""


class RubricCache:
    """Compiled rubrics by content hash; safe to use from several threads."""

    def __init__(self, *, as_if_new: bool = False) -> None:
        self._as_if_new = as_if_new
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[str, str, str], CompiledRubric] = OrderedDict()

    def get(self, rubric: Rubric, prompt: Prompt, settings: OfflineSettings) -> CompiledRubric:
        """Return the compiled pair, compiling it on first use."""
        key = (rubric.content_hash(), prompt.content_hash(), settings.hash())
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        with resting_collector():
            learnt = shipped_learnt()
            if self._as_if_new:
                learnt = learnt.as_if_new(prompt.id)
            compiled = compile_rubric(rubric, prompt, settings, learnt)
        with self._lock:
            self._kept[key] = compiled
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return compiled


def compile_rubric(
    rubric: Rubric, prompt: Prompt, settings: OfflineSettings, learnt: Learnt
) -> CompiledRubric:
    """Compile every term and example of a rubric against a prompt."""
    dull = _prompt_words(prompt)
    stages = {
        stage: _compile_stage(
            rubric.stage(stage),
            dull,
            settings,
            [one for one in learnt.graded.groups if one.stage == stage],
        )
        for stage in STAGES
    }
    return CompiledRubric(
        stages=stages,
        excused={one.id: _excused(one, stages[one.stage]) for one in rubric.criteria},
        source=CopySource.of(_copyable(rubric, prompt)),
        homes=Homes(learnt.graded.groups),
        doubt=learnt.doubt,
        idle=learnt.idle,
        is_seen=learnt.graded.know(rubric.id),
    )


def compile_no_criteria(settings: OfflineSettings) -> CompiledStage:
    """Return a stage without criteria: enough to read text about any prompt."""
    return _compile_stage((), frozenset(), settings, ())


def _compile_stage(
    criteria: tuple[Criterion, ...],
    dull: frozenset[str],
    settings: OfflineSettings,
    graded: Iterable[GradedGroup],
) -> CompiledStage:
    owners: list[Owner] = []
    terms: list[tuple[int, str]] = []
    for criterion in criteria:
        for owner, wording in _wordings(criterion):
            owners.append(owner)
            terms += [(len(owners) - 1, term) for term in wording]
    return CompiledStage(
        tuple(owners),
        TermIndex(terms),
        _comparison(criteria, dull, settings),
        Neighbourhood(criteria, graded),
    )


def _wordings(criterion: Criterion) -> Iterator[tuple[Owner, tuple[str, ...]]]:
    for indicator in criterion.indicators:
        if isinstance(indicator, ConceptIndicator):
            yield Owner(criterion.id, indicator.id, is_concept=True), indicator.any_of
        elif isinstance(indicator, QuantityIndicator) and indicator.near:
            yield Owner(criterion.id, indicator.id, is_concept=False), indicator.near


def _comparison(
    criteria: tuple[Criterion, ...], dull: frozenset[str], settings: OfflineSettings
) -> Comparison:
    authored = [one for criterion in criteria for one in _authored(criterion)]
    return Comparison(authored, dull, settings.prompt_word_weight, settings.words_alone)


def _authored(criterion: Criterion) -> Iterator[Authored]:
    examples = [text for level in criterion.levels for text in level.examples]
    for kind, texts in (
        (Kind.EXAMPLE, examples),
        (Kind.NEAR_MISS, criterion.near_misses),
        (Kind.CONTRADICTION, criterion.contradictions),
    ):
        for text in texts:
            parts = authored_sentences(text)
            bag = bag_of([token.stem for part in parts for token in part.tokens])
            yield Authored(criterion.id, kind, bag, parts)


def _excused(criterion: Criterion, stage: CompiledStage) -> Excused:
    """Learn from the examples which terms of this criterion a good answer denies."""
    mild: set[tuple[str, str]] = set()
    firm: set[tuple[str, str]] = set()
    for level in criterion.levels:
        for text in level.examples:
            for sentence in authored_sentences(text):
                _collect_denied(sentence, criterion.id, stage, mild, firm)
    return Excused(frozenset(mild), frozenset(firm))


def _collect_denied(
    sentence: Sentence,
    criterion_id: str,
    stage: CompiledStage,
    mild: set[tuple[str, str]],
    firm: set[tuple[str, str]],
) -> None:
    negated = negation(sentence)
    if not negated.tokens:
        return
    for term, hit in stage.index.find(sentence, Places(sentence.tokens)):
        owner = stage.owners[term.owner]
        denied, is_firm = negated.of(hit)
        if owner.criterion_id == criterion_id and denied:
            group = firm if is_firm else mild
            group.add((owner.indicator_id, term.source))


def _prompt_words(prompt: Prompt) -> frozenset[str]:
    texts = [prompt.title, prompt.context, *(given.text for given in prompt.givens)]
    texts += [brief.question for brief in prompt.stages]
    return bag_of(
        [token.stem for text in texts for part in authored_sentences(text) for token in part.tokens]
    )


def _copyable(rubric: Rubric, prompt: Prompt) -> Iterator[str]:
    """Yield every text that a candidate may have before them, level examples excepted."""
    yield prompt.title
    yield prompt.summary
    yield prompt.context
    yield from (given.text for given in prompt.givens)
    for reveal in prompt.reveals:
        yield reveal.question
        yield reveal.answer
    for fact in prompt.scale_card:
        yield fact.label
        yield fact.decides
    yield from (slo.text for slo in prompt.slos)
    for brief in prompt.stages:
        yield brief.question
        yield from brief.hints
        yield from brief.good_looks_like
    for criterion in rubric.criteria:
        yield from (criterion.title, criterion.question, criterion.why, criterion.next_action)
        yield from (level.descriptor for level in criterion.levels)
        # A load test is never called missing, so its label is on nobody's screen.
        yield from (
            one.label for one in criterion.indicators if not isinstance(one, LoadTestIndicator)
        )
