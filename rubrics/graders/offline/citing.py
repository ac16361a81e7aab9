"""Citing: which sentences of an answer earned a criterion."""

from rubrics.criterion import Criterion
from rubrics.graders.offline.appraisal import Appraisal
from rubrics.graders.offline.findings import Blemish, Findings
from rubrics.graders.offline.reading import ReadSentence
from rubrics.graders.offline.settings import OfflineSettings

_PER_IDEA = 0.06
"""What an idea in a sentence weighs against nearness to graded sentences."""
_PER_KIND = 0.01
"""What a kind of depth weighs: it decides between equals."""

_FEWEST_WORDS = 4


def cited(
    criterion: Criterion,
    appraisal: Appraisal,
    findings: Findings,
    set_aside: dict[int, Blemish],
    settings: OfflineSettings,
) -> tuple[int, ...]:
    """Return the sentences to cite, in the order of the answer; empty where nothing shows it.

    A sentence is cited if it names an idea of the criterion or is nearer to sentences that
    earned it than to others. What a guard has set aside is never cited.
    """
    strength: dict[int, float] = {}
    for number, part in enumerate(appraisal.reading.parts):
        if part.is_void or number in set_aside or _is_scrap(part):
            continue
        lead = appraisal.leads.lead[criterion.id][number]
        ideas = sum(
            any(one.sentence == number for one in found) for found in findings.clean.values()
        )
        if ideas or lead > 0:
            strength[number] = lead + _PER_IDEA * ideas + _PER_KIND * len(part.kinds)
    ranked = sorted(strength, key=lambda number: (-strength[number], number))
    best = ranked[:1]
    best += [
        one for one in ranked[1 : settings.quotes] if strength[one] > 0.5 * strength[ranked[0]]
    ]
    return tuple(sorted(best))


def _is_scrap(part: ReadSentence) -> bool:
    """Return whether a sentence is too short to say anything: the tail of a list, a heading."""
    return len(part.sentence.tokens) < _FEWEST_WORDS and not part.quantities
