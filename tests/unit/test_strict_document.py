"""What the reader refuses: each code, the place, and one line that says what to do."""

import re
from pathlib import Path

import pytest
import yaml
from pydantic import Field

from designs import strict_document
from designs.problem import ContentError, Problem
from designs.record import Record
from designs.strict_document import (
    AUTHORED_LIMITS,
    IMPORT_LIMITS,
    Limits,
    parse_document,
    parse_record,
    read_record,
)


class Pen(Record):
    id: int
    ink: str = Field(default="blue", max_length=10)
    nibs: tuple[float, ...] = ()


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """PyYAML with its C extension, and without."""
    name = str(request.param)
    monkeypatch.setattr(strict_document, "_LOADER", getattr(yaml, name))
    return name


def _problems(raw: bytes, limits: Limits = IMPORT_LIMITS) -> tuple[Problem, ...]:
    with pytest.raises(ContentError) as refused:
        parse_document(raw, "pen.yaml", limits)
    return refused.value.problems


ALIAS_BOMB = b"a0: &a0 [x, x]\n" + b"".join(
    b"a%d: &a%d [*a%d, *a%d]\n" % (n, n, n - 1, n - 1) for n in range(1, 30)
)
MERGE_BOMB = b"a: &a {b: 1}\nc:\n" + b"  <<: [*a, *a, *a, *a]\n" * 100
TAG_HANDLES = b"".join(b"%%TAG !t%d! tag:x\n" % n for n in range(100_000)) + b"--- 1\n"

YAML = [
    # name, document, code, line, column
    ("a byte that is not UTF-8", b"id: 1\nink: bl\xfce\n", "DOC003", 2, 8),
    ("UTF-16", "id: 1".encode("utf-16"), "DOC003", 1, 1),
    ("half a character at the end", "ink: é".encode()[:-1], "DOC003", 1, 6),
    ("a surrogate in UTF-8", b"ink: \xed\xa0\x80", "DOC003", 1, 6),
    ("a forbidden character", b"id: 1\nink: \x07\n", "DOC004", 2, 6),
    ("an escape character", b"ink: \x1b[31m\n", "DOC004", 1, 6),
    ("a colon in plain text", b"id: 1\nink: blue: dark\n", "DOC004", 2, 10),
    ("a tab for a blank", b"id: 1\n\tink: blue\n", "DOC004", 2, 1),
    ("an open quote", b'id: 1\nink: "blue\n', "DOC004", 3, 1),
    ("a key given twice", b"id: 1\nink: a\nid: 2\n", "DOC005", 3, 1),
    ("a key given twice, deeper", b"a:\n  - b: 1\n    'b': 2\n", "DOC005", 3, 5),
    ("a list as a key", b"id: 1\n? [a]\n: 2\n", "DOC005", 2, 3),
    ("a mapping as a key", b"a: 1\n? {b: 1}\n: 2\n", "DOC005", 2, 3),
    ("an anchor", b"id: &one 1\n", "DOC006", 1, 5),
    ("an anchor on a mapping", b"id: 1\na: &one\n  b: 1\n", "DOC006", 2, 4),
    ("an anchor on a key", b"&one id: 1\n", "DOC006", 1, 1),
    ("an alias", b"a: 1\nb: *one\n", "DOC006", 2, 4),
    ("an alias bomb", ALIAS_BOMB, "DOC006", 1, 5),
    ("a merge bomb", MERGE_BOMB, "DOC006", 1, 4),
    ("a tag of our own", b"id: 1\nink: !blue dark\n", "DOC006", 2, 6),
    ("a tag that makes objects", b"id: !!python/object/apply:os.system [ls]\n", "DOC006", 1, 5),
    ("a harmless tag", b"id: !!str 1\n", "DOC006", 1, 5),
    ("an empty tag", b"id: ! 1\n", "DOC006", 1, 5),
    ("a verbatim tag", b"id: !<tag:x> 1\n", "DOC006", 1, 5),
    ("tag handles, each compared with all", TAG_HANDLES, "DOC006", 1, 1),
    ("a tag handle after the document", b"id: 1\n...\n%TAG ! tag:x\n--- 1\n", "DOC006", 3, 1),
    ("blocks nested 21 deep", b"- " * 20 + b"x", "DOC007", 1, 41),
    ("blocks nested very deep", b"- " * 50_000 + b"x", "DOC007", 1, 41),
    ("an octal number", b"id: 0123\n", "DOC008", 1, 5),
    ("a number with a leading zero", b"id: -08\n", "DOC008", 1, 5),
    ("base 60", b"id: 1:30\n", "DOC008", 1, 5),
    ("base 60 with seconds", b"id: 190:20:30.5\n", "DOC008", 1, 5),
    ("not a number", b"nibs:\n  - .nan\n", "DOC008", 2, 5),
    ("infinity", b"nibs: [1, .inf]\n", "DOC008", 1, 11),
    ("negative infinity", b"nibs: [-.Inf]\n", "DOC008", 1, 8),
    ("a float that overflows", b"nibs: [1e999]\n", "DOC008", 1, 8),
    ("hexadecimal", b"id: 0x1F\n", "DOC008", 1, 5),
    ("binary", b"id: 0b11\n", "DOC008", 1, 5),
    ("octal as of YAML 1.2", b"id: 0o17\n", "DOC008", 1, 5),
    ("underscores", b"id: 1_000\n", "DOC008", 1, 5),
    ("underscores in a fraction", b"id: 1_000.5\n", "DOC008", 1, 5),
    ("underscores behind the point", b"id: .5_0\n", "DOC008", 1, 5),
    ("nothing", b"", "DOC009", 1, 1),
    ("blanks", b" \n\n  ", "DOC009", 1, 1),
    ("comments only", b"# id: 1\n", "DOC009", 1, 1),
    ("a BOM only", b"\xef\xbb\xbf", "DOC009", 1, 1),
    ("a second document", b"id: 1\n---\nid: 2\n", "DOC009", 2, 1),
    ("a second, empty document", b"id: 1\n---\n", "DOC009", 2, 1),
    ("NUL", b"id: 1\nink: bl\x00e\n", "DOC012", 2, 8),
    ("UTF-16 without a BOM", "id: 1".encode("utf-16-le"), "DOC012", 1, 2),
    ("NUL as an escape", b'id: 1\nink: "bl\\0e"\n', "DOC012", 2, 6),
    ("NUL in a key", b'id: 1\n"i\\x00": 1\n', "DOC012", 2, 1),
]


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    ("raw", "code", "line", "column"), [c[1:] for c in YAML], ids=[c[0] for c in YAML]
)
def test_yaml_is_refused(raw: bytes, code: str, line: int, column: int) -> None:
    (problem,) = _problems(raw)
    assert (problem.code, problem.line, problem.column) == (code, line, column), problem
    assert (problem.file, problem.severity) == ("pen.yaml", "error")
    assert str(problem).startswith(f"pen.yaml:{line}:{column}: {code} ")
    assert problem.message.isprintable()


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    "escape", ["\\uD800", "\\uDFFF", "\\uD83D\\uDE00", "\\U00110000", "\\UFFFFFFFF"]
)
def test_yaml_escapes_of_no_character_are_refused(escape: str) -> None:
    (problem,) = _problems(f'id: 1\nink: "{escape}"\n'.encode())
    assert problem.code == "DOC012"
    if not escape.startswith("\\U"):
        assert problem.line == 2


@pytest.mark.usefixtures("loader")
def test_flow_nested_beyond_what_the_parser_itself_allows() -> None:
    (problem,) = _problems(b"a: " + b"[" * 200_000)
    assert (problem.code, problem.line) == ("DOC007", 1)


JSON = [
    ("a byte that is not UTF-8", b'{"id": 1,\n"ink": "\xff"}', "DOC003", 2, 9),
    ("an open brace", b'{"id": 1', "DOC004", 1, 9),
    ("a comma too many", b'{"id": 1,\n}', "DOC004", 2, 1),
    ("YAML in flow style", b"{id: 1}", "DOC004", 1, 2),
    ("two documents", b'{"id": 1}\n{"id": 2}', "DOC004", 2, 1),
    ("a line break in a string", b'{"ink": "a\nb"}', "DOC004", 1, 11),
    ("a comment", b'{"id": 1} // one', "DOC004", 1, 11),
    ("a key given twice", b'{"id": 1, "id": 2}', "DOC005", 1, 1),
    ("a key given twice, deeper", b'{"a": [{"b": 1, "b": 1}]}', "DOC005", 1, 1),
    ("nested 21 deep", b"[" * 21 + b"]" * 21, "DOC007", 1, 1),
    ("nested 200,000 deep", b"[" * 200_000, "DOC007", 1, 1),
    ("objects nested 200,000 deep", b'{"a":' * 200_000, "DOC007", 1, 1),
    ("not a number", b'{"id": NaN}', "DOC008", 1, 1),
    ("infinity", b'{"id": Infinity}', "DOC008", 1, 1),
    ("negative infinity", b'{"id": [-Infinity]}', "DOC008", 1, 1),
    ("a float that overflows", b'{"id": -1e999}', "DOC008", 1, 1),
    ("5,001 digits", b'{"id": ' + b"9" * 5001 + b"}", "DOC008", 1, 1),
    ("NUL", b'{"ink": "\x00"}', "DOC012", 1, 10),
    ("NUL as an escape", b'{"id": 1,\n "ink": "a\\u0000"}', "DOC012", 2, 11),
    ("half a pair", b'{"id": 1,\n "ink": "\\ud800"}', "DOC012", 2, 10),
    ("the other half", b'{"ink": ["\\ude00"]}', "DOC012", 1, 11),
    ("a pair the wrong way round", b'{"ink": "\\ude00\\ud83d"}', "DOC012", 1, 10),
    ("half a pair behind a pair", b'{"ink": "\\ud83d\\ude00\\ud83d!"}', "DOC012", 1, 22),
    ("half a pair behind a backslash", b'{"ink": "\\\\ud83d \\ud83d"}', "DOC012", 1, 18),
    ("half a pair in a key", b'{"a": {"\\ud800": 1}}', "DOC012", 1, 9),
]


@pytest.mark.parametrize(
    ("raw", "code", "line", "column"), [c[1:] for c in JSON], ids=[c[0] for c in JSON]
)
def test_json_is_refused(raw: bytes, code: str, line: int, column: int) -> None:
    (problem,) = _problems(raw)
    assert (problem.code, problem.line, problem.column) == (code, line, column), problem
    assert problem.message.isprintable()


def test_every_code_of_the_reader_is_provoked_here() -> None:
    source = Path(strict_document.__file__).read_text(encoding="utf-8")
    codes = set(re.findall(r'"(DOC\d{3})"', source))
    tabled = {case[2] for case in (*YAML, *JSON)}
    assert codes - tabled == {"DOC001", "DOC002", "DOC010"}  # these have tests of their own below


@pytest.mark.parametrize("nest", [b"- ", b"? "])
def test_twenty_levels_are_enough(nest: bytes) -> None:
    parse_document(b"- " * 19 + b"x", "deep")
    parse_document(b"[" * 20 + b"]" * 20, "deep")
    with pytest.raises(ContentError):
        parse_document(nest * 20 + b"x", "deep")


def test_bytes_are_counted_before_anything_is_read() -> None:
    limits = Limits(max_bytes=20, max_events=100)
    parse_document(b"id: 1234567890123456", "pen", limits)
    (problem,) = _problems(b"\xff" * 21, limits)
    assert (problem.code, problem.line) == ("DOC002", 1)
    assert problem.message == "is 21 bytes; at most 20 are read"


@pytest.mark.usefixtures("loader")
def test_yaml_events_are_counted() -> None:
    limits = Limits(max_bytes=1000, max_events=11)
    parse_document(b"a: [1, 2]\n", "ok", limits)  # 4 start, key, 2 values, 4 end: 11 events
    (problem,) = _problems(b"a:\n- 1\n- 2\n- 3\n- 4\n- 5\n- 6\n- 7\n", limits)
    assert (problem.code, problem.line, problem.column) == ("DOC002", 8, 3)
    assert problem.message == "holds more than 11 events"


def test_json_values_are_counted() -> None:
    limits = Limits(max_bytes=1000, max_events=10)
    parse_document(b"[1,2,3,4,5,6,7,8,9]", "ok", limits)
    (problem,) = _problems(b"[1,2,3,4,5,6,7,8,9,10]", limits)
    assert (problem.code, problem.message) == ("DOC002", "holds more than 10 values")


def test_the_shipped_limits_hold_seven_full_answers() -> None:
    assert IMPORT_LIMITS.max_bytes >= 7 * 200_000 * 2  # two bytes a letter
    text = "é" * 200_000
    body = "".join(f"a{n}: {text}\n" for n in range(7)).encode()
    assert len(parse_document(body, "answers").data) == 7
    with pytest.raises(ContentError):
        parse_document(body, "answers", AUTHORED_LIMITS)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for path in (tmp_path / "none.yaml", tmp_path):
        with pytest.raises(ContentError) as refused:
            read_record(path, Pen)
        (problem,) = refused.value.problems
        assert (problem.code, problem.file) == ("DOC001", path.as_posix())
        assert problem.message.startswith("cannot be read: ")


def test_a_name_is_shown_on_one_line_whatever_it_holds() -> None:
    for name in ("a\nb.yaml", "\udcff.yaml", "\u202eyaml.exe", "\x1b[31m"):
        for raw in (b"", b"id: one"):
            with pytest.raises(ContentError) as refused:
                parse_record(raw, Pen, name)
            said = str(refused.value)
            assert said.isprintable()
            assert said.encode("utf-8")


def test_a_key_is_shown_on_one_line_and_shortened() -> None:
    raw = b'id: 1\n"a\\nb\\x1b": 1\n' + b"k" * 1000 + b": 1\n"
    with pytest.raises(ContentError) as refused:
        parse_record(raw, Pen, "pen")
    long, odd = sorted(refused.value.problems, key=lambda one: -one.line)
    assert odd.message == "a\\nb\\x1b: Extra inputs are not permitted"
    assert (odd.line, long.line) == (2, 3)
    assert len(long.message) < 300


def test_quoted_text_and_tags_are_shortened() -> None:
    long = b"k" * 100_000
    for raw in (b"? " + long + b"\n: 1\n? " + long + b"\n: 2\n", b"a: !" + long + b" 1\n"):
        (problem,) = _problems(raw)
        assert len(problem.message) < 200
