"""Labels that other tools keep as HTML or Markdown, as lines of plain text."""

import re
from html import unescape

_MOST = 20_000
_BREAK = re.compile(r"<\s*(?:br|/p|/div|/li|/tr|/h[1-6])\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z!][^<>]*>")


def html_lines(label: str) -> tuple[str, ...]:
    """Return the words of an HTML label; tags become nothing, breaks become lines."""
    text = _TAG.sub("", _BREAK.sub("\n", label[:_MOST]))
    return plain_lines(unescape(text))


def plain_lines(label: str) -> tuple[str, ...]:
    """Return the lines of a plain label that hold something."""
    return tuple(line for line in label[:_MOST].splitlines() if line.strip())
