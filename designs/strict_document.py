"""The one reader of YAML and JSON: strict, bounded, and exact about where a mistake is.

YAML is built here from parser events, so nothing is constructed that was not first counted:
aliases (alias bombs), tags, deep nesting and oversized files end before they cost anything.
What no store can keep (NUL, half a surrogate pair) is refused here, so that nothing behind this
module has to expect it.
Plain scalars mean what they look like: only ``true``/``false`` are booleans, and spellings
that YAML 1.1 reads in a surprising way (``0123``, ``1:30``) are refused, as is ``.nan``.
"""

import hashlib
import json
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from designs.characters import UNSTORABLE, not_in_yaml, one_line, place_in, unstorable_escape
from designs.document_place import Parsed, Path_, Positions, in_words, nearest
from designs.field_range import OUT_OF_RANGE, stated_range
from designs.not_finite import NOT_FINITE, first_not_finite
from designs.problem import ContentError, Problem
from designs.record import Record
from designs.resting_collector import resting_collector

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

R = TypeVar("R", bound=BaseModel)


class Limits(Record):
    """How large a document may be."""

    max_bytes: int
    max_events: int
    max_depth: int = 20


IMPORT_LIMITS = Limits(max_bytes=8 * 1024 * 1024, max_events=40_000)
"""For files from outside: seven answers of 200,000 characters still fit."""
AUTHORED_LIMITS = Limits(max_bytes=1024 * 1024, max_events=60_000)
"""For content that ships with the product."""


def read_record(
    path: Path, kind: type[R], name: str | None = None, limits: Limits = AUTHORED_LIMITS
) -> R:
    """Read an authored YAML file into a record.

    Args:
        path: The file.
        kind: The record's class.
        name: What to call the file in messages; its path by default.
        limits: How large it may be.

    Raises:
        ContentError: With every problem, each at its line and column.
    """
    shown = name or path.as_posix()
    try:
        raw = path.read_bytes()
    except OSError as error:
        _refuse("DOC001", shown, 1, 1, f"cannot be read: {error.strerror or 'I/O error'}")
    return parse_record(raw, kind, shown, limits)


def read_generated(path: Path, kind: type[R]) -> R:
    """Read a JSON file that a command of this repository wrote and that ships with the code.

    Nobody edits such a file, so no problem in it needs a line and a column: this is ten times as
    quick as `read_record`.

    Raises:
        OSError, ValidationError: If the file is missing or broken, which is a fault of ours.
    """
    with resting_collector():
        return kind.model_validate_json(path.read_bytes())


def generated_digest(path: Path) -> str:
    """Return the SHA-256 of such a file as it lies there, as 64 hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def parse_record(raw: bytes, kind: type[R], name: str, limits: Limits = IMPORT_LIMITS) -> R:
    """Read YAML or JSON (told apart by the first character) into a record.

    Args:
        raw: The document as it came, at most `limits.max_bytes` long.
        kind: The record's class.
        name: What to call the document in messages.
        limits: How large it may be.

    Raises:
        ContentError: With every problem, each at its line and column where known.
    """
    with resting_collector():
        return validate(parse_document(raw, name, limits, (kind,)), kind, name)


def validate(parsed: Parsed, kind: type[R], name: str) -> R:
    """Turn plain data into a record.

    Raises:
        ContentError: With every problem, each at its line and column where known.
    """
    try:
        return kind.model_validate(parsed.data)
    except ValidationError as error:
        raise ContentError(tuple(_schema_problems(error, parsed, kind, name))) from None


def parse_document(
    raw: bytes,
    name: str,
    limits: Limits = IMPORT_LIMITS,
    kinds: tuple[type[BaseModel], ...] = (),
) -> Parsed:
    """Read YAML or JSON into plain data with positions.

    Args:
        raw: The document as it came, at most `limits.max_bytes` long.
        name: What to call the document in messages.
        limits: How large it may be.
        kinds: The records that it may hold; they tell which range a refused number has.

    Raises:
        ContentError: If the document is malformed, too large, or uses what is refused.
    """
    if len(raw) > limits.max_bytes:
        _refuse(
            "DOC002", name, 1, 1, f"is {len(raw):,} bytes; at most {limits.max_bytes:,} are read"
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        good = error.object[: error.start].decode("utf-8")
        place = place_in(good, len(good))
        _refuse("DOC003", name, *place, "is not UTF-8 text; save it as UTF-8")
    if "\0" in text:
        _refuse("DOC012", name, *place_in(text, text.index("\0")), _UNSTORABLE)
    if text.lstrip()[:1] in ("{", "["):
        parsed = _parse_json(text, name, limits)
    else:
        parsed = _YamlBuilder(name, limits).build(text)
    _check_finite(parsed, name, kinds)
    return parsed


def _check_finite(parsed: Parsed, name: str, kinds: tuple[type[BaseModel], ...]) -> None:
    """Refuse a number that is none; here, where the id of what holds it is known."""
    found = first_not_finite(parsed.data)
    if found:
        where = in_words(found.path, parsed.data)
        ranges = (stated_range(kind, found.path) for kind in kinds)
        wanted = next((f"it {one}" for one in ranges if one), "write a number, or text in quotes")
        fault = "NaN is not a number" if math.isnan(found.number) else "the number is too large"
        message = f"{where}: {fault}; {wanted}"
        _refuse("DOC008", name, *nearest(found.path, parsed), message)


_UNSTORABLE = "holds NUL or half of a surrogate pair, which cannot be stored; remove it"


def _problem(code: str, name: str, line: int, column: int, message: str) -> Problem:
    shown = one_line(name)
    return Problem(code=code, file=shown, line=line, column=column, message=one_line(message, 500))


def _refuse(code: str, name: str, line: int, column: int, message: str) -> NoReturn:
    raise ContentError((_problem(code, name, line, column, message),))


def _schema_problems(
    error: ValidationError, parsed: Parsed, kind: type[BaseModel], name: str
) -> Iterator[Problem]:
    for found in error.errors(include_url=False, include_context=False, include_input=False):
        loc = tuple(part for part in found["loc"] if isinstance(part, str | int))
        line, column = nearest(loc, parsed)
        where = in_words(loc, parsed.data)
        message = found["msg"].removeprefix("Value error, ")
        if found["type"] in OUT_OF_RANGE:
            message = stated_range(kind, loc) or message
        yield _problem("DOC010", name, line, column, f"{where}: {message}")


# --- JSON ------------------------------------------------------------------------------


def _parse_json(text: str, name: str, limits: Limits) -> Parsed:
    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        whole: dict[str, Any] = {}
        for key, value in items:
            if key in whole:
                _refuse("DOC005", name, 1, 1, f"key {key[:60]!r} is given twice")
            whole[key] = value
        return whole

    try:
        data = json.loads(text, object_pairs_hook=pairs, parse_constant=float)
    except json.JSONDecodeError as error:
        _refuse("DOC004", name, error.lineno, error.colno, f"is not valid JSON: {error.msg}")
    except RecursionError:
        _refuse("DOC007", name, 1, 1, f"is nested deeper than {limits.max_depth} levels")
    except ValueError:
        _refuse("DOC008", name, 1, 1, "holds a number with too many digits")
    if not _check_values(data, name, limits):
        _refuse("DOC012", name, *unstorable_escape(text), _UNSTORABLE)
    return Parsed(data=data, positions={})


def _check_values(data: Any, name: str, limits: Limits) -> bool:
    """Count the values; return whether all texts among them can be stored."""
    storable = True
    todo, seen = [(data, 1)], 0
    while todo:
        value, depth = todo.pop()
        seen += 1
        if depth > limits.max_depth:
            _refuse("DOC007", name, 1, 1, f"is nested deeper than {limits.max_depth} levels")
        if seen > limits.max_events:
            _refuse("DOC002", name, 1, 1, f"holds more than {limits.max_events:,} values")
        if isinstance(value, str):
            storable = storable and not UNSTORABLE.search(value)
        elif isinstance(value, dict):
            storable = storable and not any(map(UNSTORABLE.search, value))
            todo += [(child, depth + 1) for child in value.values()]
        elif isinstance(value, list):
            todo += [(child, depth + 1) for child in value]
    return storable


# --- YAML ------------------------------------------------------------------------------

_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT = re.compile(
    r"[-+]?(0|[1-9][0-9]*)?\.[0-9]+([eE][-+]?[0-9]+)?|[-+]?[1-9][0-9]*[eE][-+]?[0-9]+"
)
_SURPRISES = (
    (re.compile(r"[-+]?0[0-9_]+"), "YAML 1.1 reads it as an octal number"),
    (re.compile(r"[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?"), "YAML 1.1 reads it in base 60"),
    (
        re.compile(r"(?=[^_]*_)[-+]?\.?[0-9][0-9_]*(\.[0-9_]*)?([eE][-+]?[0-9_]+)?"),
        "underscores in numbers are easily missed",
    ),
    (re.compile(r"[-+]?0[xob][0-9a-fA-F_]+"), "write numbers in decimal"),
)
_NUMBERS_BEGIN = frozenset("+-.0123456789")
"""Whatever begins otherwise is neither a number nor looks like one."""
_ESCAPING = '"'
"""The only style in which a scalar can hold what the file itself cannot: NUL, half a pair."""
_TAG_HANDLE = re.compile("(?:^|[\r\n\x85\u2028\u2029])\ufeff?(%TAG)")


class _YamlBuilder:
    """Builds plain data from parser events, counting before constructing."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.name, self.limits = name, limits
        self.positions: Positions = {}

    def build(self, text: str) -> Parsed:
        """Read one document."""
        handle = _TAG_HANDLE.search(text)
        if handle:  # before parsing: the parser compares each with all others and tells of none
            place = place_in(text, handle.start(1))
            self._refuse("DOC006", *place, "declares a tag handle; tags are not read")
        try:
            return Parsed(data=self._document(text), positions=self.positions)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            reason = error.problem or error.context or "syntax error"
            if "nesting depth" in reason:  # its own limit is higher, but it looks far ahead
                self._refuse("DOC007", line, column, self._too_deep)
            if "Unicode character" in reason:
                self._refuse("DOC012", line, column, "escapes what is no character; remove it")
            self._refuse("DOC004", line, column, f"is not valid YAML: {reason}")
        except yaml.YAMLError:
            place = not_in_yaml(text)
            self._refuse("DOC004", *place, "is not valid YAML: it holds a forbidden character")
        except (ValueError, OverflowError):  # from PyYAML without its C extension
            self._refuse("DOC012", 1, 1, "escapes what is no character; remove it")

    @property
    def _too_deep(self) -> str:
        return f"is nested deeper than {self.limits.max_depth} levels"

    def _document(self, text: str) -> Any:
        events = self._counted(yaml.parse(text, Loader=_LOADER))
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                break
        else:
            self._refuse("DOC009", 1, 1, "is empty")
        data = self._value(next(events), events, (), 1)
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                self._at("DOC009", event, "holds a second document; keep one per file")
        return data

    def _counted(self, events: Iterator[yaml.Event]) -> Iterator[yaml.Event]:
        for number, event in enumerate(events, 1):
            if number > self.limits.max_events:
                self._at("DOC002", event, f"holds more than {self.limits.max_events:,} events")
            if isinstance(event, yaml.NodeEvent):
                if event.anchor:  # an alias has one, and what it stands for
                    self._at("DOC006", event, "uses an anchor or alias; write the text out")
                if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag:
                    self._at("DOC006", event, f"uses the tag {event.tag[:60]}; tags are not read")
                if isinstance(event, yaml.ScalarEvent) and self._is_unstorable(event):
                    self._at("DOC012", event, _UNSTORABLE)
            yield event

    @staticmethod
    def _is_unstorable(event: yaml.ScalarEvent) -> bool:
        return event.style == _ESCAPING and UNSTORABLE.search(event.value) is not None

    def _value(
        self, event: yaml.Event, events: Iterator[yaml.Event], path: Path_, depth: int
    ) -> Any:
        if depth > self.limits.max_depth:
            self._at("DOC007", event, self._too_deep)
        if path not in self.positions:  # what belongs to a key stands where the key does
            self.positions[path] = _place(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, path, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, path, depth)
        return self._at("DOC004", event, "is not valid YAML: a value is missing")

    def _mapping(self, events: Iterator[yaml.Event], path: Path_, depth: int) -> dict[str, Any]:
        whole: dict[str, Any] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                self._at("DOC005", event, "has a list or mapping as a key; keys are plain words")
            key = event.value
            if key in whole:
                self._at("DOC005", event, f"key {key[:60]!r} is given twice")
            inner = (*path, key)
            self.positions[inner] = _place(event)
            whole[key] = self._value(next(events), events, inner, depth + 1)
        return whole

    def _sequence(self, events: Iterator[yaml.Event], path: Path_, depth: int) -> list[Any]:
        whole: list[Any] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            whole.append(self._value(event, events, (*path, len(whole)), depth + 1))
        return whole

    def _scalar(self, event: yaml.ScalarEvent) -> str | int | float | bool | None:
        text = event.value
        if event.style or not event.implicit[0]:
            return str(text)
        if text in ("", "~", "null"):
            return None
        if text in ("true", "false"):
            return bool(text == "true")
        return self._number(text, event) if text[0] in _NUMBERS_BEGIN else str(text)

    def _number(self, text: str, event: yaml.ScalarEvent) -> str | int | float:
        for pattern, reason in _SURPRISES:
            if pattern.fullmatch(text):
                self._at("DOC008", event, f"{text[:40]} is ambiguous ({reason}); put it in quotes")
        if NOT_FINITE.fullmatch(text):
            return float(text.replace(".", ""))
        if len(text) > 30:
            return str(text)
        if _INT.fullmatch(text):
            return int(text)
        if not _FLOAT.fullmatch(text):
            return str(text)
        return float(text)

    def _at(self, code: str, event: yaml.Event, message: str) -> NoReturn:
        self._refuse(code, *_place(event), message)

    def _refuse(self, code: str, line: int, column: int, message: str) -> NoReturn:
        _refuse(code, self.name, line, column, message)


def _place(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)
