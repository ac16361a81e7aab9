"""Arguments counted: which criteria learners dispute, over exported sessions.

A party in its own case is no judge: the counts say which criteria deserve labels by somebody
else. They are no labels.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from designs.attempt_document import Argument, AttemptDocument
from designs.identifiers import Slug
from designs.record import Record


class ArgumentCount(Record):
    """Whom learners believe about one criterion."""

    prompt: Slug
    criterion_id: Slug
    offline: int
    second_opinion: int
    own_words: int
    apart: int
    """Of all, those where both graders had judged and their levels differed."""

    @property
    def total(self) -> int:
        """How many sessions argue about the criterion."""
        return self.offline + self.second_opinion + self.own_words


def count_arguments(documents: Iterable[AttemptDocument]) -> tuple[ArgumentCount, ...]:
    """Count the newest argument of each session and criterion.

    Args:
        documents: Exported sessions. One that is given twice, or exported again later, counts
            once: sessions are told apart by prompt and the moment at which they began.

    Returns:
        The most disputed criteria first.
    """
    newest: dict[tuple[str, str, datetime], Argument] = {}
    for document in documents:
        if (session := document.session) is None:
            continue
        for one in session.arguments:
            key = (document.prompt, one.criterion_id, session.created_at)
            if key not in newest or newest[key].at <= one.at:
                newest[key] = one
    by_criterion: defaultdict[tuple[str, str], list[Argument]] = defaultdict(list)
    for (prompt, criterion_id, _), one in newest.items():
        by_criterion[prompt, criterion_id].append(one)
    counts = (_counted(*key, arguments) for key, arguments in by_criterion.items())
    return tuple(sorted(counts, key=lambda one: (-one.total, one.prompt, one.criterion_id)))


def _counted(prompt: str, criterion_id: str, arguments: list[Argument]) -> ArgumentCount:
    outcomes = [one.outcome for one in arguments]
    levels = [(one.offline_level, one.second_level) for one in arguments]
    return ArgumentCount(
        prompt=prompt,
        criterion_id=criterion_id,
        offline=outcomes.count("offline"),
        second_opinion=outcomes.count("second-opinion"),
        own_words=outcomes.count("own-words"),
        apart=sum(None not in (one, other) and one != other for one, other in levels),
    )


def arguments_markdown(counts: Iterable[ArgumentCount]) -> str:
    """Return the counts as a Markdown table."""
    rows = [
        f"| {one.prompt} | {one.criterion_id} | {one.offline} | {one.second_opinion} "
        f"| {one.own_words} | {one.apart} |"
        for one in counts
    ]
    if not rows:
        return "No session argues with a second opinion."
    head = (
        "| Prompt | Criterion | The score is right | The second opinion is right "
        "| Neither | Levels differed |",
        "|---|---|---|---|---|---|",
    )
    return "\n".join([*head, *rows])
