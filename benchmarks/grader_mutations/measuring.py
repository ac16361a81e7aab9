"""What the grader makes of mutants: whether the right criterion fell, and what fell with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from benchmarks.grader_mutations.mutants import Mutant, Source
from designs.library import shipped_pack
from designs.stage import StageId
from designs.submission import Submission
from rubrics.assessment import AnswerEvidence, Scored
from rubrics.grader import Grader, GradingTask
from rubrics.graders.offline import OfflineGrader
from rubrics.library import shipped_rubric

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)

Values = Mapping[str, float]
"""The grader's value of each criterion of a stage."""


@dataclass(frozen=True)
class Graded:
    """What the grader gives for one stage's answer."""

    values: Values
    quotes: Mapping[str, tuple[str, ...]]
    """The sentences that it cites, by criterion."""


class StageGrading:
    """Grades answers to single stages, each text once.

    The answer to one stage has no part in the criteria of another, which a test shows; the
    drawing is left out, because a mutation changes the words only.
    """

    def __init__(self, grader: Grader | None = None) -> None:
        self._grader = grader or OfflineGrader()
        self._known: dict[tuple[str, StageId, str], Graded] = {}

    @property
    def grader(self) -> str:
        """Name, version and settings of the grader."""
        ref = self._grader.ref
        return f"{ref.name} {ref.version} {ref.settings_hash}".strip()

    def graded(self, prompt: str, stage: StageId, text: str) -> Graded:
        """Return what the criteria of the stage get.

        Raises:
            ValueError: If a criterion could not be judged: then there is nothing to compare.
        """
        key = (prompt, stage, text)
        if key not in self._known:
            self._known[key] = self._judged(prompt, stage, text)
        return self._known[key]

    def _judged(self, slug: str, stage: StageId, text: str) -> Graded:
        prompt, rubric = shipped_pack(slug).prompt, shipped_rubric(slug)
        submission = Submission.model_validate(
            {
                "prompt_id": slug,
                "prompt_hash": prompt.content_hash(),
                "answers": {stage.value: text},
            }
        )
        task = GradingTask(
            submission=submission,
            rubric=rubric,
            prompt=prompt,
            assessment_id="mutant",
            graded_at=_EPOCH,
        )
        assessment = self._grader.grade(task)
        values: dict[str, float] = {}
        quotes: dict[str, tuple[str, ...]] = {}
        for criterion in rubric.stage(stage):
            result = assessment.result(criterion.id)
            if not isinstance(result, Scored):
                raise ValueError(f"{criterion.id} was not judged")
            values[criterion.id] = result.value
            quotes[criterion.id] = tuple(
                one.quote for one in result.evidence if isinstance(one, AnswerEvidence)
            )
        return Graded(values, quotes)


@dataclass(frozen=True)
class Outcome:
    """One mutant beside its original, as the grader sees them."""

    mutant: Mutant
    before: Values
    after: Values
    quotes: tuple[str, ...]
    """What the grader cites for the criterion in the mutant."""
    deserved: float
    """The value that the broken answer still deserves for the criterion."""
    elsewhere: int
    """Criteria of the other stages that were answered: they cannot change."""

    @property
    def is_credited(self) -> bool:
        """Whether the original has more than the mutant deserves, so that something can fall."""
        return self._target(self.before) > self.deserved

    @property
    def is_killed(self) -> bool:
        """Whether the criterion fell."""
        return self._target(self.after) < self._target(self.before)

    @property
    def is_survivor(self) -> bool:
        """Whether it should have fallen and did not."""
        return self.is_credited and not self.is_killed

    @property
    def is_at_bottom(self) -> bool:
        """Whether it fell as far as the mutant deserves."""
        return self._target(self.after) <= self.deserved

    @property
    def is_fooled(self) -> bool:
        """Whether the operator's own words are cited for the criterion that they break."""
        wording = self.mutant.wording
        return bool(wording) and any(wording in one or one in wording for one in self.quotes)

    @property
    def others(self) -> tuple[str, ...]:
        """The other criteria of the stage that have no reason to change."""
        own = self.mutant.operator.criterion
        return tuple(one for one in self.before if one != own and one not in self.mutant.exempt)

    @property
    def could_fall(self) -> tuple[str, ...]:
        """Those of the others that had credit."""
        return tuple(one for one in self.others if self.before[one] > 0)

    @property
    def fallen(self) -> tuple[str, ...]:
        """Those of the others that fell: damage beside the target."""
        return tuple(one for one in self.others if self.after[one] < self.before[one])

    @property
    def risen(self) -> tuple[str, ...]:
        """Those of the others that rose."""
        return tuple(one for one in self.others if self.after[one] > self.before[one])

    def _target(self, values: Values) -> float:
        return values[self.mutant.operator.criterion]


@dataclass(frozen=True)
class Tally:
    """Counts over some outcomes; what the grader had not credited counts as a mutant only."""

    mutants: int
    credited: int
    killed: int
    at_bottom: int
    fooled: int
    """Survivors in which the operator's own words are cited."""
    others: int
    could_fall: int
    fallen: int
    risen: int

    @property
    def score(self) -> float | None:
        """Killed mutants as a share of those that could be; None without any."""
        return self.killed / self.credited if self.credited else None

    @property
    def bottom_share(self) -> float | None:
        """The share of mutants that fell as far as they deserve."""
        return self.at_bottom / self.credited if self.credited else None

    @property
    def collateral(self) -> float | None:
        """Other criteria that fell, as a share of all others in all stages that were answered."""
        return self.fallen / self.others if self.others else None

    @property
    def strict_collateral(self) -> float | None:
        """The same as a share of those in the stage that had credit to lose."""
        return self.fallen / self.could_fall if self.could_fall else None


def measured(mutants: Iterable[Mutant], grading: StageGrading) -> tuple[Outcome, ...]:
    """Grade mutants and their originals."""
    return tuple(_outcome(one, grading) for one in mutants)


def _outcome(mutant: Mutant, grading: StageGrading) -> Outcome:
    rubric = shipped_rubric(mutant.prompt)
    criterion = rubric.criterion(mutant.operator.criterion)
    level = criterion.level(mutant.operator.leaves) if criterion else None
    if level is None:
        raise ValueError(f"{mutant.prompt} has no criterion {mutant.operator.criterion}")
    answered_whole = mutant.source is Source.EXEMPLAR
    away = [one.id for one in rubric.criteria if one.stage != mutant.stage]
    after = grading.graded(mutant.prompt, mutant.stage, mutant.text)
    return Outcome(
        mutant=mutant,
        before=grading.graded(mutant.prompt, mutant.stage, mutant.original).values,
        after=after.values,
        quotes=after.quotes[mutant.operator.criterion],
        deserved=level.value,
        elsewhere=len(set(away) - mutant.exempt) if answered_whole else 0,
    )


def tally(outcomes: Iterable[Outcome]) -> Tally:
    """Count outcomes."""
    every = tuple(outcomes)
    credited = [one for one in every if one.is_credited]
    return Tally(
        mutants=len(every),
        credited=len(credited),
        killed=sum(one.is_killed for one in credited),
        at_bottom=sum(one.is_at_bottom for one in credited),
        fooled=sum(one.is_fooled and one.is_survivor for one in credited),
        others=sum(len(one.others) + one.elsewhere for one in credited),
        could_fall=sum(len(one.could_fall) for one in credited),
        fallen=sum(len(one.fallen) for one in credited),
        risen=sum(len(one.risen) for one in credited),
    )


def borrowed(outcomes: Iterable[Outcome], grading: StageGrading) -> dict[Source, int]:
    """Count survivors whose cited sentences do not earn the level when they stand alone.

    They owe it to the rest of the answer, which is about something else.
    """
    counts = dict.fromkeys(Source, 0)
    for one in outcomes:
        if one.is_survivor:
            mutant, criterion = one.mutant, one.mutant.operator.criterion
            alone = grading.graded(mutant.prompt, mutant.stage, " ".join(one.quotes))
            counts[mutant.source] += alone.values[criterion] < one.after[criterion]
    return counts
