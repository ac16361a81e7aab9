"""An appraisal: everything that is worked out about one stage's answer, once for all criteria."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from designs.stage import StageId
from rubrics.criterion import Criterion
from rubrics.graders.offline.closeness import Comparisons, compare, contradicting
from rubrics.graders.offline.clues import Clues, Leads, clues_of, leads_of, whole_clues
from rubrics.graders.offline.compiled import CompiledRubric
from rubrics.graders.offline.drawing_evidence import NOTHING_DRAWN
from rubrics.graders.offline.findings import find_all
from rubrics.graders.offline.mistake_index import FoundMistake, known_mistakes
from rubrics.graders.offline.mistaken import believed
from rubrics.graders.offline.reading import Reading, read_answer
from rubrics.graders.offline.settings import OfflineSettings


@dataclass(frozen=True)
class Appraisal:
    """One stage's answer, read and compared."""

    reading: Reading
    comparisons: Comparisons
    leads: Leads
    mistakes: tuple[FoundMistake, ...]
    idle: frozenset[int]
    """Sentences that say nothing about the design."""

    @cached_property
    def whole_clues(self) -> Mapping[str, float]:
        """What the answer as a whole says about every criterion."""
        return whole_clues(self.reading, self.leads)

    def mistaken_about(self, criterion_id: str) -> tuple[int, ...]:
        """Return the sentences that state a serious mistake about what a criterion asks for.

        A mistake speaks against the criterion whose credited sentences it resembles most.
        """
        serious = [one.sentence for one in self.mistakes if one.mistake.severity == "serious"]
        return tuple(one for one in serious if self.leads.subject(one) == criterion_id)

    def only(self, places: Sequence[int]) -> "Appraisal":
        """Return the appraisal of an answer that holds only some of the sentences, in order."""
        kept = {place: number for number, place in enumerate(places)}
        return Appraisal(
            reading=Reading(self.reading.answer, tuple(self.reading.parts[one] for one in places)),
            comparisons=self.comparisons.only(places),
            leads=self.leads.only(places),
            mistakes=tuple(
                FoundMistake(one.mistake, kept[one.sentence])
                for one in self.mistakes
                if one.sentence in kept
            ),
            idle=frozenset(kept[one] for one in self.idle if one in kept),
        )


def appraise(
    stage: StageId,
    answer: str,
    criteria: tuple[Criterion, ...],
    compiled: CompiledRubric,
    settings: OfflineSettings,
) -> Appraisal:
    """Read an answer and compare its sentences with graded ones and with the rubric's own.

    Sentences beside the point are left out, and what is said again: they neither earn anything nor
    water anything down.
    """
    whole = appraise_whole(stage, answer, criteria, compiled, settings)
    mistaken = {one.sentence for one in whole.mistakes}
    left_out = (_said_again(whole.reading) | whole.idle) - mistaken
    return whole.only([one for one in range(len(whole.reading.parts)) if one not in left_out])


def _said_again(reading: Reading) -> frozenset[int]:
    """Return the sentences whose words, in this order, stand further up."""
    seen: set[tuple[str, ...]] = set()
    again: set[int] = set()
    for number, part in enumerate(reading.parts):
        words = tuple(token.stem for token in part.sentence.tokens)
        if words in seen:
            again.add(number)
        seen.add(words)
    return frozenset(again)


def appraise_whole(
    stage: StageId,
    answer: str,
    criteria: tuple[Criterion, ...],
    compiled: CompiledRubric,
    settings: OfflineSettings,
) -> Appraisal:
    """Appraise every sentence of an answer, also those beside the point."""
    ready = compiled.stages[stage]
    reading = read_answer(answer, ready, compiled.source, settings)
    near = [ready.neighbourhood.nearness(part.sentence) for part in reading.parts]
    homes = [compiled.homes.lead(part.sentence, stage) for part in reading.parts]
    doubts = [compiled.doubt.doubt(part.sentence) for part in reading.parts]
    leads = leads_of(reading, near, [one.id for one in criteria], homes, doubts)
    mistakes = believed(known_mistakes()[stage].find(reading), doubts)
    idle = (n for n, part in enumerate(reading.parts) if compiled.idle.is_idle(part.sentence))
    return Appraisal(
        reading, compare(reading, ready.comparison), leads, mistakes, idle=frozenset(idle)
    )


def clues_for(
    criterion: Criterion, appraisal: Appraisal, compiled: CompiledRubric, settings: OfflineSettings
) -> Clues:
    """Return the clues for one criterion. The drawing has no part in them."""
    reading, comparisons = appraisal.reading, appraisal.comparisons
    opposed, _ = contradicting(criterion.id, reading, comparisons, settings)
    excused = compiled.excused[criterion.id]
    findings = find_all(criterion, reading, NOTHING_DRAWN, excused, {})
    return clues_of(
        criterion,
        reading,
        appraisal.leads,
        findings,
        comparisons,
        whole=appraisal.whole_clues,
        contradicted=bool(opposed),
    )
