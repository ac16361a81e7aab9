"""Mermaid's ways of writing text: quotes, entities, breaks and a little Markdown."""

import re
from html.entities import html5

from designs.importers.html_lines import plain_lines

_BREAK = re.compile(r"<\s*br\s*/?\s*>|\\n", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_ENTITY = re.compile(r"#(\d{1,7}|[A-Za-z][A-Za-z0-9]{1,30});")
_LAST_CHARACTER = 0x10FFFF


def mermaid_lines(text: str) -> tuple[str, ...]:
    """Return the words of a label, line by line.

    Tags go before entities are read, so that an escaped tag stays a text.
    """
    text = _TAG.sub("", _BREAK.sub("\n", text.strip()))
    if len(text) > 1 and text[0] == text[-1] == "`":
        text = text[1:-1].replace("**", "")
    return plain_lines(_ENTITY.sub(_character, text))


def _character(found: re.Match[str]) -> str:
    word = found[1]
    if not word.isdigit():
        return html5.get(f"{word};", found[0])
    return chr(int(word)) if int(word) <= _LAST_CHARACTER else found[0]
