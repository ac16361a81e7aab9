"""Word sets: closed classes of words, written as prose lines for the reader's sake."""


def word_set(words: str) -> frozenset[str]:
    """Return the words of a text that is parted by blanks."""
    return frozenset(words.split())
