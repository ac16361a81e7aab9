"""Content hashes: a record is identified by what it says."""

import hashlib
import json
import weakref
from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import BaseModel


def canonical_json(value: Any) -> str:
    """Return one spelling of a JSON-like value: sorted keys, no spaces, no escapes."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def text_hash(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, as 64 hexadecimal digits.

    Lone surrogates cannot be encoded; they are hashed by their escaped form, so that any
    string a browser can send has a hash.
    """
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()


def record_hash(record: BaseModel) -> str:
    """Return the SHA-256 of a record's canonical JSON, as 64 hexadecimal digits."""
    return text_hash(canonical_json(record.model_dump(mode="json")))


R = TypeVar("R", bound=BaseModel)
_Key = tuple[int, Callable[[Any], str]]
_KEPT: dict[_Key, tuple[weakref.ref[BaseModel], str]] = {}
_MOST = 64
"""Hashes kept at once: several for every prompt and rubric."""


def kept_hash(record: R, of: Callable[[R], str] = record_hash) -> str:
    """Return a hash of a record, worked out once for as long as the record lives.

    For records that are read once and looked at often, such as a rubric of hundreds of sentences:
    a record never changes, and a changed copy is another record.

    Args:
        record: What is hashed.
        of: How; a function of the record alone.
    """
    key = id(record), of
    known = _KEPT.get(key)
    if known is not None and known[0]() is record:  # another may have taken the place of one gone
        return known[1]
    found = of(record)
    if len(_KEPT) >= _MOST:
        _KEPT.clear()
    _KEPT[key] = weakref.ref(record), found
    return found
