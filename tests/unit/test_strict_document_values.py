"""What the reader makes of a document: values that mean what they look like, and their places."""

from typing import Annotated, Any, Literal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, model_validator

from designs import strict_document
from designs.content_hash import canonical_json
from designs.drawing import DesignDocument
from designs.problem import ContentError, Problem
from designs.record import Record
from designs.strict_document import parse_document, parse_record


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """PyYAML with its C extension, and without."""
    name = str(request.param)
    monkeypatch.setattr(strict_document, "_LOADER", getattr(yaml, name))
    return name


def _value(spelling: str) -> Any:
    return parse_document(f"a: {spelling}\n".encode(), "doc").data["a"]


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    ("spelling", "value"),
    [
        ("0", 0),
        ("-17", -17),
        ("+5", 5),
        ("1.50", 1.5),
        ("-.5", -0.5),
        ("1e3", 1000.0),
        ("2.5e-3", 0.0025),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        # what YAML 1.1 would read as something else
        ("yes", "yes"),
        ("No", "No"),
        ("on", "on"),
        ("True", "True"),
        ("NULL", "NULL"),
        ("2026-05-01", "2026-05-01"),
        ("2026-05-01T09:30:00Z", "2026-05-01T09:30:00Z"),
        ("=", "="),
        ("nan", "nan"),
        ("inf", "inf"),
        ("1.2.3", "1.2.3"),
        ("a_b", "a_b"),
        ("1,000", "1,000"),
        # quotes make text of anything
        ("'0123'", "0123"),
        ('"1:30"', "1:30"),
        ("'.nan'", ".nan"),
        ('"1_000"', "1_000"),
        ("'true'", "true"),
        ("'~'", "~"),
        ("''", ""),
        ("|\n  0123\n", "0123\n"),
        (">-\n  1\n  2\n", "1 2"),
        ('"\\u00e9\\U0001F600"', "é😀"),
    ],
)
def test_scalars_mean_what_they_look_like(spelling: str, value: object) -> None:
    read = _value(spelling)
    assert read == value
    assert type(read) is type(value)


def test_a_number_of_5001_digits_is_text() -> None:
    assert _value("9" * 5001) == "9" * 5001
    with pytest.raises(ContentError) as refused:
        parse_record(b"size: " + b"9" * 5001, Box, "box")
    assert [problem.code for problem in refused.value.problems] == ["DOC010"]


def test_keys_are_words() -> None:
    read = parse_document(b"1: a\n2.5: b\ntrue: c\n~: d\n'': e\n<<: f\n", "doc").data
    assert read == {"1": "a", "2.5": "b", "true": "c", "~": "d", "": "e", "<<": "f"}


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("raw", [b"a: 1\n", b'{"a": 1}', b'\n\n  {"a": 1}\n', b"--- \na: 1\n...\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_byte_order_mark_is_no_part_of_the_document(mark: bytes, raw: bytes) -> None:
    assert parse_document(mark + raw, "doc").data == {"a": 1}


@pytest.mark.usefixtures("loader")
def test_windows_line_ends_are_line_ends() -> None:
    read = parse_document(b"a: |\r\n  one\r\n  two\r\nb: 1\r\n", "doc")
    assert read.data == {"a": "one\ntwo\n", "b": 1}
    assert read.positions[("b",)] == (4, 1)


@pytest.mark.usefixtures("loader")
def test_a_percent_sign_is_no_directive_inside_text() -> None:
    assert parse_document(b"%YAML 1.1\n---\na: 50 %TAG\n", "doc").data == {"a": "50 %TAG"}
    assert parse_document(b"a: |\n  %TAG x\n", "doc").data == {"a": "%TAG x\n"}


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
NUMBERS = st.integers(-(10**28), 10**28) | st.floats(allow_nan=False, allow_infinity=False)


def _trees(leaves: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
        max_leaves=8,
    )


@given(_trees(st.none() | st.booleans() | NUMBERS | TEXTS))
def test_json_is_read_as_it_was_written(tree: Any) -> None:
    assert parse_document(canonical_json({"a": tree}).encode(), "doc").data == {"a": tree}


@given(_trees(TEXTS))
def test_yaml_is_read_as_it_was_written(tree: Any) -> None:
    raw = yaml.safe_dump({"a": tree}, allow_unicode=True, default_style='"').encode()
    assert parse_document(raw, "doc").data == {"a": tree}


@given(NUMBERS)
def test_numbers_are_read_as_they_were_written(number: float) -> None:
    assert _value(repr(number)) == number
    assert type(_value(repr(number))) is type(number)


# --- places ----------------------------------------------------------------------------


class Dot(Record):
    kind: Literal["dot"]
    size: int


class Line(Record):
    kind: Literal["line"]
    ends: tuple[int, int]


class Box(Record):
    size: int = Field(gt=0)
    label: str = ""
    marks: tuple[Annotated[Dot | Line, Field(discriminator="kind")], ...] = ()

    @model_validator(mode="after")
    def _is_lucky(self) -> "Box":
        if self.size == 13:
            raise ValueError("13 is unlucky")
        return self


BOX = b"""\
# a comment
size: small
label: [no, text]
marks:
  - kind: dot
    size: 1.5
  - {kind: line, ends: [1, two]}
  - kind: star
  - kind: dot
colour: blue
"""


def _found(raw: bytes) -> tuple[Problem, ...]:
    with pytest.raises(ContentError) as refused:
        parse_record(raw, Box, "box.yaml")
    return refused.value.problems


@pytest.mark.usefixtures("loader")
def test_schema_problems_come_all_at_once_each_at_its_place() -> None:
    found = {(one.line, one.column): one.message for one in _found(BOX)}
    assert {one.code for one in _found(BOX)} == {"DOC010"}
    assert found == {
        (2, 1): "size: Input should be a valid integer, unable to parse string as an integer",
        (3, 1): "label: Input should be a valid string",
        (6, 5): "marks.0.dot.size: Input should be a valid integer, got a number with a "
        "fractional part",
        (7, 28): "marks.1.line.ends.1: Input should be a valid integer, unable to parse string "
        "as an integer",
        (8, 5): "marks.2: Input tag 'star' found using 'kind' does not match any of the expected "
        "tags: 'dot', 'line'",
        (9, 5): "marks.3.dot.size: Field required",  # where it should stand
        (10, 1): "colour: Extra inputs are not permitted",
    }


@pytest.mark.parametrize(
    ("raw", "line", "column", "message"),
    [
        (b"# first\nlabel: a\n", 2, 1, "size: Field required"),
        (b"\nsize: 13\n", 2, 1, "document: 13 is unlucky"),
        (b"- 1\n", 1, 1, "document: Input should be a valid dictionary or instance of Box"),
        (b"just words\n", 1, 1, "document: Input should be a valid dictionary or instance of Box"),
        (b"--- ~\n", 1, 5, "document: Input should be a valid dictionary or instance of Box"),
        (b'{"size": 0}', 1, 1, "size: Input should be greater than 0"),
    ],
)
def test_where_a_schema_problem_stands(raw: bytes, line: int, column: int, message: str) -> None:
    (problem,) = _found(raw)
    assert (problem.line, problem.column, problem.message) == (line, column, message)


def test_every_part_has_a_position() -> None:
    read = parse_document(b"a:\n  - b: 1\n    c: {d: x}\n  - 2\n", "doc")
    assert read.positions == {
        (): (1, 1),
        ("a",): (1, 1),
        ("a", 0): (2, 5),
        ("a", 0, "b"): (2, 5),
        ("a", 0, "c"): (3, 5),
        ("a", 0, "c", "d"): (3, 9),
        ("a", 1): (4, 5),
    }


DRAWN = """\
design:
  nodes:
    - {replicas: %s, id: ranker, kind: ranker}
"""


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        (".nan", "NaN is not a number"),
        ("-.inf", "the number is too large"),
        ("1e999", "the number is too large"),
    ],
)
def test_a_number_that_is_none_is_refused_with_its_node_and_range(number: str, fault: str) -> None:
    """The id is known though it stands behind the number."""
    json = '{"design": {"nodes": [{"replicas": %s, "id": "ranker", "kind": "ranker"}]}}'
    spelled = {".nan": "NaN", "-.inf": "-Infinity"}.get(number, number)
    for raw, place in ((DRAWN % number, "3:8"), (json % spelled, "1:1")):
        with pytest.raises(ContentError) as refused:
            parse_record(raw.encode(), DesignDocument, "drawn")
        said = (
            f"drawn:{place}: DOC008 design.nodes.0 (ranker).replicas: {fault}; "
            "it must be at least 1 and at most 10,000"
        )
        assert [str(problem) for problem in refused.value.problems] == [said]


def test_a_number_that_is_none_where_nothing_is_known_of_it() -> None:
    with pytest.raises(ContentError) as refused:
        parse_document(b"a: [1, .inf, .nan]", "doc")
    said = "doc:1:8: DOC008 a.1: the number is too large; write a number, or text in quotes"
    assert [str(problem) for problem in refused.value.problems] == [said]
