"""Standing: what speaks for a criterion in an answer, and the level that it can carry at most.

The level model weighs; what stands here holds whatever it says, and training chooses thresholds with
it in force.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rubrics.criterion import Criterion
from rubrics.graders.offline.appraisal import Appraisal
from rubrics.graders.offline.citing import cited
from rubrics.graders.offline.closeness import contradicting, near_misses
from rubrics.graders.offline.clues import Clues
from rubrics.graders.offline.compiled import CompiledRubric
from rubrics.graders.offline.drawing_evidence import DrawnCase
from rubrics.graders.offline.findings import Blemish, Findings, find_all
from rubrics.graders.offline.reading import Reading
from rubrics.graders.offline.settings import OfflineSettings


@dataclass(frozen=True)
class Standing:
    """One criterion in one answer, guards respected."""

    opposed: tuple[int, ...]
    """Sentences that state the opposite, or a serious mistake about it."""
    nearly_opposed: bool
    """True if a sentence comes close to stating the opposite."""
    set_aside: dict[int, Blemish]
    """Sentences that earn nothing for this criterion, and why."""
    findings: Findings
    quotes: tuple[int, ...]
    """Sentences to cite; without one there is no credit."""
    is_decided: bool
    """True if a cited sentence names an idea as a plan, and one of them argues for it."""
    is_denied: bool
    """True if the answer turns nearly everything down."""

    def most(self, clues: Clues, highest: int) -> int:
        """Return the level that may be reached at most.

        Args:
            clues: Of the criterion.
            highest: What an answer that is so much to the question may reach.
        """
        if not self.quotes or self.is_denied:
            return 0
        return min(clues.ceiling, highest, 2 if self.is_decided else 1)


def standing_of(
    criterion: Criterion,
    appraisal: Appraisal,
    drawn: DrawnCase,
    compiled: CompiledRubric,
    settings: OfflineSettings,
) -> Standing:
    """Collect what speaks for a criterion and what against it."""
    reading, comparisons = appraisal.reading, appraisal.comparisons
    opposed, nearly = contradicting(criterion.id, reading, comparisons, settings)
    opposed = tuple(sorted({*opposed, *appraisal.mistaken_about(criterion.id)}))
    vague = near_misses(criterion.id, reading, comparisons, settings)
    mistaken = [one.sentence for one in appraisal.mistakes]
    set_aside = (
        dict.fromkeys(vague, Blemish.VAGUE)
        | dict.fromkeys(mistaken, Blemish.MISTAKEN)
        | dict.fromkeys(opposed, Blemish.NEGATED)
    )
    findings = find_all(criterion, reading, drawn, compiled.excused[criterion.id], set_aside)
    quotes = cited(criterion, appraisal, findings, set_aside, settings)
    return Standing(
        opposed=opposed,
        nearly_opposed=nearly,
        set_aside=set_aside,
        findings=findings,
        quotes=quotes,
        is_decided=_is_decided(quotes, findings, reading),
        is_denied=reading.is_denied,
    )


def _is_decided(quotes: Sequence[int], findings: Findings, reading: Reading) -> bool:
    """Return whether a cited sentence names an idea as a plan, and one of them argues for it.

    A maybe and a recital are no plan, and likeness alone is never full credit.
    """
    return any(reading.parts[number].kinds for number in quotes) and any(
        one.sentence in quotes and not one.capped and not reading.parts[one.sentence].is_hedged
        for found in findings.clean.values()
        for one in found
    )
