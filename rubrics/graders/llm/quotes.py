"""Quotes: where in an answer a passage stands that a model claims to have copied."""

import re
import unicodedata
from dataclasses import dataclass

from rubrics.graders.llm.grading_talk import tainted
from rubrics.graders.offline.folding import fold
from rubrics.graders.offline.segments import sentences
from rubrics.graders.offline.stems import words

FEWEST_WORDS = 3
_BLANKS = re.compile(r"\s+")
_AROUND = " \t\n\"'“”‘’«»`…."


@dataclass(frozen=True)
class Span:
    """A passage of an answer, by position."""

    start: int
    end: int


class QuotedText:
    """An answer in which passages are looked up, whatever their spaces, case and accents.

    Compatibility forms, runs of blanks and invisible marks are the same on both sides, so that a
    model that tidies up what it copies is understood. What is found is the answer's own spelling.
    """

    def __init__(self, answer: str) -> None:
        self.answer = answer
        folded = fold(answer)
        kept: list[str] = []
        self._offsets: list[int] = []
        for letter, offset in zip(folded.text, folded.offsets, strict=False):
            if letter.isspace() and (not kept or kept[-1] == " "):
                continue
            kept.append(" " if letter.isspace() else letter)
            self._offsets.append(offset)
        self._text = "".join(kept)
        self.sentences = sentences(answer)
        self.spoiled = tainted(answer, self.sentences)
        """Sentences in a paragraph that tries to steer whoever judges."""

    def find(self, quote: str) -> Span | None:
        """Return where a passage stands as whole words, or None."""
        wanted = _BLANKS.sub(" ", fold(quote).text).strip(_AROUND)
        if len(words(wanted)) < FEWEST_WORDS:
            return None
        found = re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", self._text)
        if found is None:
            return None
        end = self._offsets[found.end() - 1] + 1
        while end < len(self.answer) and unicodedata.category(self.answer[end]) == "Mn":
            end += 1
        return Span(self._offsets[found.start()], end)

    def around(self, span: Span) -> tuple[int, ...]:
        """Return the indices of the sentences that a passage touches."""
        return tuple(
            number
            for number, one in enumerate(self.sentences)
            if one.start < span.end and span.start < one.end
        )
