"""Content hashes: a record is identified by what it says."""

import hashlib
import json
from typing import Any

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
