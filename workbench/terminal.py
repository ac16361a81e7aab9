"""The terminal: what commands read, and how they say one thing in one line."""

import io
import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from designs.problem import ContentError
from designs.strict_document import IMPORT_LIMITS

_LONGEST_LINE = 1000


class BadInputError(Exception):
    """What was asked cannot be done; the text is the one line that is printed."""


def read_bytes(name: str) -> bytes:
    """Return a file, or standard input for `-`; no more than an import may hold, and a byte.

    Raises:
        BadInputError: If it cannot be read.
    """
    limit = IMPORT_LIMITS.max_bytes + 1
    if name == "-":
        if sys.stdin is None:
            raise BadInputError("standard input: is closed")
        return sys.stdin.buffer.read(limit)
    try:
        with Path(name).open("rb") as file:
            return file.read(limit)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "is not a readable file"
        raise BadInputError(f"{name}: cannot be read: {reason}") from None


def write_bytes(name: str, data: bytes) -> None:
    """Write a file, or standard output for `-`.

    Raises:
        BadInputError: If it cannot be written.
    """
    if name == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        Path(name).write_bytes(data)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "is not a writable file"
        raise BadInputError(f"{name}: cannot be written: {reason}") from None


def say_json(value: Any, indent: int | None = 2) -> None:
    """Print a value as JSON."""
    print(json.dumps(value, ensure_ascii=False, indent=indent))


def in_short(error: ContentError) -> str:
    """Return the first problem, and how many more there are."""
    first, *rest = error.problems
    if not rest:
        return str(first)
    return f"{first} (and {len(rest)} more {'problem' if len(rest) == 1 else 'problems'})"


def complain(text: str) -> None:
    """Print one line, whatever a file or its name put into it."""
    line = "".join(one if one.isprintable() else " " for one in text[:_LONGEST_LINE])
    print(line + ("..." if len(text) > _LONGEST_LINE else ""), file=sys.stderr)


def drop_output() -> None:
    """Let the interpreter's last flush go nowhere, since it would fail and say so."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def speak_utf8() -> None:
    """Windows consoles default to a code page that has no arrows and few languages."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
