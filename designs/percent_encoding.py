"""Percent-encoding as in addresses, without the library that also opens them."""

import re

_SAFE = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~")
_ESCAPE = re.compile(rb"%([0-9A-Fa-f]{2})")


def percent_encoded(text: str) -> str:
    """Return a text in letters, digits, ``-_.~`` and ``%``; everything else as its UTF-8 bytes."""
    return "".join(chr(one) if one in _SAFE else f"%{one:02X}" for one in text.encode("utf-8"))


def percent_decoded(raw: bytes) -> str:
    """Return the text of percent-encoded UTF-8; bytes that are no UTF-8 become U+FFFD."""
    return _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), raw).decode("utf-8", "replace")
