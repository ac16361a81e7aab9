"""Small made-up gold answers and mistaken answers for tests of training."""

from collections.abc import Mapping, Sequence

from designs.stage import StageId
from rubrics.gold_answers import GoldAnswer, GoldLabel, GoldMistake, Half, LabelledAnswer, Style
from rubrics.mistaken_answers import MarkedSentence, MistakenAnswer, MistakenAnswers

PROMPT = "fraud-detection"


def span_of(text: str, part: str) -> dict[str, int]:
    start = text.index(part)
    return {"start": start, "end": start + len(part)}


def a_label(
    text: str,
    *wrong: str,
    credits: Mapping[str, Sequence[str]] | None = None,
    answer: str = "one",
    score: float = 3,
) -> GoldLabel:
    """Return what a grader says: which sentences are wrong, and which earn a criterion."""
    levels = {
        key: {
            "level": "reasoned" if cited else "missing",
            "spans": [span_of(text, one) for one in cited],
        }
        for key, cited in (credits or {}).items()
    }
    return GoldLabel.model_validate(
        {
            "answer": answer,
            "score": score,
            "levels": levels,
            "mistakes": [GoldMistake(what="It is wrong.", **span_of(text, one)) for one in wrong],
        }
    )


def a_labelled(
    text: str,
    *labels: GoldLabel,
    author: str = "ada",
    prompt: str = PROMPT,
    style: Style = Style.DENSE_PROSE,
    stage: StageId = StageId.MODEL,
) -> LabelledAnswer:
    """Return an answer with its labels; one without any is called right by two graders."""
    answer = GoldAnswer(
        id="one", prompt=prompt, stage=stage, style=style, quality=3, length="short", text=text
    )
    given = labels or (a_label(text), a_label(text))
    return LabelledAnswer(author=author, half=Half.TUNING, answer=answer, labels=given)


def a_mistaken(
    author: str,
    *sentences: Mapping[str, str],
    prompt: str = PROMPT,
    stage: StageId = StageId.MODEL,
) -> MistakenAnswers:
    """Return one mistaken answer of an author."""
    answer = MistakenAnswer(
        id=f"{author}-01",
        prompt=prompt,
        stage=stage,
        style=Style.DENSE_PROSE,
        sentences=tuple(MarkedSentence.model_validate(one) for one in sentences),
    )
    return MistakenAnswers(schema_version=1, author=author, answers=(answer,))
