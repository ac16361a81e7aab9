"""A person's words inside a Markdown sentence, where they must stay words."""

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>&#|~:$!])")


def markdown_text(text: str) -> str:
    """Return a text in which nothing is Markdown, a directive, a formula or HTML.

    Args:
        text: One line; line breaks become blanks.
    """
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
