"""Marking: what a rewritten text says that its author never wrote."""

import re

from rubrics.graders.offline.folding import fold
from rubrics.graders.offline.stems import stem, words

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*\s?(?:%|percent\b)?")
_NUMBER_WORDS = frozenset(
    "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty "
    "seventy eighty ninety hundred thousand million billion dozen half third quarter".split()
)
_SMALL = frozenset(
    "about above after again against also although among another because been before being "
    "below between both cannot could does doing down during each either even every from further "
    "have having here however into itself just like many more most much must next once only onto "
    "other otherwise over rather same should since some such than that their them then there "
    "therefore these they this those though through thus under until upon very what when where "
    "whether which while will with within without would your first second finally meanwhile "
    "instead means used uses using make makes made need needs keep kept take taken give given "
    "show shown allow ensure ensures well".split()
)
"""Words that join sentences and claim nothing."""
_CONTENT = 4
"""Letters from which on a word may claim something."""


class Source:
    """What somebody wrote, to compare a rewriting with."""

    def __init__(self, text: str) -> None:
        folded = fold(text).text
        self._words = {folded[start:end] for start, end in words(folded)}
        self._stems = {stem(one) for one in self._words}
        self._figures = set(_figures(text))

    def strange(self, sentence: str) -> tuple[str, ...]:
        """Return the figures and content words of a sentence that the source does not have."""
        found = [one for one in _figures(sentence) if one not in self._figures]
        folded = fold(sentence).text
        for start, end in words(folded):
            word = folded[start:end]
            claims = word in _NUMBER_WORDS or (len(word) >= _CONTENT and word not in _SMALL)
            is_new = word not in self._words and stem(word) not in self._stems
            if claims and is_new and not word[0].isdigit():
                found.append(word)
        return tuple(dict.fromkeys(found))

    def strange_figures(self, sentence: str) -> tuple[str, ...]:
        """Return only the figures, for advice that may speak of other things."""
        known = [one for one in self.strange(sentence) if one[0].isdigit() or one in _NUMBER_WORDS]
        return tuple(known)


def _figures(text: str) -> list[str]:
    """Return figures in one spelling: no thousands separators, no blank before the sign."""
    found = _FIGURE.findall(fold(text).text)
    return [re.sub(r"[,\s]", "", one).replace("percent", "%").rstrip(".") for one in found]
