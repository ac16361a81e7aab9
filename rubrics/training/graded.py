"""Gold answers cut into graded sentences."""

from collections import defaultdict
from collections.abc import Iterable

from designs.stage import StageId
from rubrics.criterion import LevelId
from rubrics.gold_answers import GoldLabel, LabelledAnswer
from rubrics.graders.offline.graded_sentences import GradedGroup, GradedSentence, GradedSentences
from rubrics.graders.offline.neighbours import content_stems
from rubrics.graders.offline.segments import Sentence, sentences

TOP_FROM = 1.5
"""Mean level, named 1 and reasoned 2, from which a sentence is an example of the top level."""
_LEVELS = {"missing": 0, "named": 1, "reasoned": 2}


def graded_sentences(answers: Iterable[LabelledAnswer]) -> GradedSentences:
    """Return every sentence of some answers with what graders cited it for."""
    groups: dict[tuple[str, str, StageId, tuple[str, ...]], list[GradedSentence]] = defaultdict(
        list
    )
    for one in answers:
        judged = tuple(sorted({key for label in one.labels for key in label.levels}))
        for sentence in sentences(one.answer.text):
            found = GradedSentence(
                stems=content_stems((sentence,)), credits=_credits(sentence, one.labels)
            )
            groups[one.author, one.answer.prompt, one.answer.stage, judged].append(found)
    return GradedSentences(
        groups=tuple(
            GradedGroup(
                author=author, prompt=prompt, stage=stage, judged=judged, sentences=tuple(found)
            )
            for (author, prompt, stage, judged), found in sorted(groups.items())
        )
    )


def _credits(sentence: Sentence, labels: Iterable[GoldLabel]) -> dict[str, LevelId]:
    cited: dict[str, list[int]] = defaultdict(list)
    for label in labels:
        for key, given in label.levels.items():
            if any(one.start < sentence.end and sentence.start < one.end for one in given.spans):
                cited[key].append(_LEVELS[given.level])
    return {
        key: "reasoned" if sum(levels) >= TOP_FROM * len(levels) else "named"
        for key, levels in sorted(cited.items())
    }
