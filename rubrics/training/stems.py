"""The words that the grader always meets, with their stems."""

from collections.abc import Iterator
from typing import Any

from designs.library import prompt_slugs, shipped_pack
from rubrics.graders.offline.folding import fold
from rubrics.graders.offline.known_stems import KnownStems
from rubrics.graders.offline.stems import stemmed, words
from rubrics.graders.offline.vocabulary import FUNCTION_WORDS
from rubrics.library import shipped_rubric


def stems_of_content() -> KnownStems:
    """Stem function words and every word of the shipped rubrics and prompts, alphabetically."""
    found = set(FUNCTION_WORDS)
    for slug in prompt_slugs():
        for record in (shipped_rubric(slug), shipped_pack(slug).prompt):
            for text in _texts(record.model_dump(mode="json")):
                folded = fold(text).text
                found.update(folded[start:end] for start, end in words(folded))
    return KnownStems(stems={word: stemmed(word) for word in sorted(found)})


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
