"""Answers that look right and say nothing, made from the content itself.

Each function takes what a candidate could lay hands on (the rubric's words, the prompt, an
exemplar) and returns answers for one stage that a fair reader would give nothing for, or little.
"""

from collections.abc import Iterator, Mapping, Sequence

from designs.prompt import Prompt
from designs.stage import StageId
from rubrics.criterion import ConceptIndicator
from rubrics.graders.offline.segments import sentences
from rubrics.rubric import Rubric


def keyword_lists(rubric: Rubric, stage: StageId) -> Iterator[tuple[str, str]]:
    """Yield name and text of bare lists of a stage's own terms and labels."""
    words = _terms(rubric, stage)
    labels = [one.label for criterion in rubric.stage(stage) for one in criterion.indicators]
    for source, names in (("terms", words), ("labels", labels)):
        yield f"{source}, commas", "\n".join(", ".join(some) + "." for some in _chunks(names, 12))
        yield f"{source}, one line of commas", ", ".join(names)
        yield f"{source}, bullets", "\n".join(f"- {name}" for name in names)
        yield f"{source}, and", " ".join(" and ".join(some) + "." for some in _chunks(names, 9))
        yield f"{source}, slashes", "\n".join(" / ".join(some) for some in _chunks(names, 8))
        yield f"{source}, full stops", " ".join(f"{name.capitalize()}." for name in names)
        yield f"{source}, numbered", "\n".join(f"{n}. {name}" for n, name in enumerate(names, 1))


def fluent_lists(rubric: Rubric, stage: StageId) -> Iterator[tuple[str, str]]:
    """Yield name and text of enumerations in whole sentences."""
    words = _terms(rubric, stage)
    yield (
        "one term of each indicator",
        " ".join(f"We use {_enumerated(some)}." for some in _first_terms(rubric, stage)),
    )
    yield (
        "one criterion in a sentence",
        " ".join(
            f"The system has {_enumerated(some)}, because this is needed."
            for some in _first_terms(rubric, stage)
        ),
    )
    for size in (2, 3, 4, 6):
        chunks = list(_chunks(words, size))
        for frame in _FRAMES:
            text = " ".join(frame.format(_enumerated(some)) for some in chunks)
            yield f"{frame} by {size}", text
        mixed = [
            frame.format(_enumerated(some))
            for frame, some in zip(_cycle(len(chunks)), chunks, strict=True)
        ]
        yield f"all frames by {size}", " ".join(mixed)


_FRAMES = (
    "We use {}.",
    "Our design covers {}.",
    "Important topics here are {}.",
    "I would take care of {}.",
    "The solution includes {}, and we monitor all of it.",
    "We must consider {} because they matter.",
    "There are {} in this system.",
    "A good answer talks about {}, so we talk about them.",
    "We handle {} with best practices.",
)


def _cycle(count: int) -> list[str]:
    return [_FRAMES[number % len(_FRAMES)] for number in range(count)]


def denied(answer: str) -> Iterator[tuple[str, str]]:
    """Yield name and text of an answer whose every sentence is denied."""
    for frame in (
        "It is not true that {}",
        "We do not think that {}",
        "There is no need for this: {}",
        "I would not say that {}",
        "We refuse to do the following: {}",
        "It is false that {}",
    ):
        yield frame, _reframed(answer, frame)


def hedged(answer: str) -> Iterator[tuple[str, str]]:
    """Yield name and text of an answer whose every sentence is hedged."""
    for frame in (
        "Maybe {}",
        "We could also consider the following: {}",
        "Perhaps, if time permits, {}",
        "I am not sure, but possibly {}",
    ):
        yield frame, _reframed(answer, frame)


def _reframed(answer: str, frame: str) -> str:
    """Put every sentence, and every clause after a semicolon or a colon, into a frame."""
    parts: list[str] = []
    for sentence in sentences(answer):
        quote = answer[sentence.start : sentence.end].rstrip(".")
        clauses = quote.replace(": ", "; ").split("; ")
        parts += [frame.format(clause[:1].lower() + clause[1:]) + "." for clause in clauses]
    return " ".join(parts)


def copies(rubric: Rubric, prompt: Prompt, stage: StageId) -> Iterator[tuple[str, str]]:
    """Yield name and text of what stands on the candidate's screen, pasted or rearranged."""
    givens = [given.text for given in prompt.givens]
    brief = next(one for one in prompt.stages if one.id == stage)
    reveals = [text for one in prompt.reveals for text in (one.question, one.answer)]
    criteria = [text for one in rubric.stage(stage) for text in (one.title, one.question)]
    yield "context", prompt.context
    yield "givens", " ".join(givens)
    yield "question", brief.question
    yield "hints", " ".join((*brief.hints, *brief.good_looks_like))
    yield "reveals", " ".join(reveals)
    yield "criteria", "\n".join(criteria)
    yield (
        "why and next action",
        "\n".join(text for one in rubric.stage(stage) for text in (one.why, one.next_action)),
    )
    yield (
        "descriptors",
        "\n".join(level.descriptor for one in rubric.stage(stage) for level in one.levels),
    )
    yield "slos", " ".join(slo.text for slo in prompt.slos)
    everything = [*givens, brief.question, *brief.hints, *reveals, *criteria]
    yield "everything", "\n".join(everything)
    yield "rearranged", "\n".join(reversed(everything))
    yield (
        "with a lead-in",
        "\n".join(f"We know that {text[:1].lower()}{text[1:]}" for text in everything),
    )
    yield "with an assent", "\n".join(f"As you said: {text} I agree." for text in everything)


def lifted(own: StageId, answers: Mapping[StageId, str]) -> Iterator[tuple[str, str]]:
    """Yield stage and text of the exemplar's answers to the other stages."""
    for stage, text in answers.items():
        if stage != own:
            yield stage.value, text


def _terms(rubric: Rubric, stage: StageId) -> list[str]:
    found = [
        _plain(term)
        for criterion in rubric.stage(stage)
        for indicator in criterion.indicators
        if isinstance(indicator, ConceptIndicator)
        for term in indicator.any_of
    ]
    return list(dict.fromkeys(found))


def _first_terms(rubric: Rubric, stage: StageId) -> Iterator[list[str]]:
    """Yield for each criterion the first wordings of its concepts."""
    for criterion in rubric.stage(stage):
        concepts = [one for one in criterion.indicators if isinstance(one, ConceptIndicator)]
        yield [_plain(term) for one in concepts for term in one.any_of[:2]]


def _plain(term: str) -> str:
    return term.replace(" + ", " ").replace("*", "")


def _chunks(names: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(names), size):
        yield names[start : start + size]


def _enumerated(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
