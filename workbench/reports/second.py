"""The second opinion in a report: beside the score, and said to be so in every rendering."""

from collections.abc import Iterable

from designs.attempt_document import Argument
from designs.record import Record
from rubrics.assessment import AnswerEvidence, Assessment, Scored, Unscored
from rubrics.criterion import Criterion
from rubrics.graders.llm.second_opinion import NOT_ASKED

UNOFFICIAL = "Unofficial: a language model's second opinion is no part of the score."
"""What every rendering says of it."""
UNVERIFIED = "unverified"
_BELIEVED = {
    "offline": "The learner holds with the score.",
    "second-opinion": "The learner holds with the second opinion.",
    "own-words": "The learner holds with neither.",
}


class SecondReport(Record):
    """What a language model made of one criterion, and whom the learner believes."""

    level: str
    """A level's id; `unverified` where credit was withdrawn, `not judged` where there is none."""
    differs: bool
    """Whether both judged and came to different levels."""
    quotes: tuple[str, ...] = ()
    """The learner's own words."""
    reasons: tuple[str, ...] = ()
    """The model's words; data like a learner's."""
    note: str = ""
    """Why it was not judged, or its credit withdrawn; may be the model's words."""
    believed: str = ""
    """Whom the learner believes, in a sentence; empty if they did not argue."""
    argument: str = ""
    """The learner's reason."""


def second_report(
    second: Assessment | None,
    offline: Scored | None,
    criterion: Criterion,
    arguments: Iterable[Argument],
) -> SecondReport | None:
    """Return what a report says of a criterion's second opinion; None if there is none."""
    result = second.result(criterion.id) if second else None
    if result is None or (isinstance(result, Unscored) and result.detail == NOT_ASKED):
        return None
    argued = [one for one in arguments if one.criterion_id == criterion.id]
    believed = _BELIEVED[argued[-1].outcome] if argued else ""
    argument = argued[-1].words if argued else ""
    if isinstance(result, Unscored):
        level = UNVERIFIED if result.reason == "unsupported" else "not judged"
        return SecondReport(
            level=level,
            differs=False,
            note=result.detail,
            believed=believed,
            argument=argument,
        )
    return SecondReport(
        level=result.level_id,
        differs=offline is not None and offline.level_id != result.level_id,
        quotes=tuple(one.quote for one in result.evidence if isinstance(one, AnswerEvidence)),
        reasons=result.remarks,
        believed=believed,
        argument=argument,
    )
