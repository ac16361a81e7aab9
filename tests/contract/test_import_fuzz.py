"""Whatever is imported, the answer is a document or a list of problems, and it comes soon.

Each test makes 400 documents. For a longer search set DRYRUN_FUZZ_EXAMPLES, for instance

    DRYRUN_FUZZ_EXAMPLES=20000 python -m pytest tests/contract/test_import_fuzz.py

which takes some minutes and remembers what it finds in `.hypothesis/`.
"""

import json
import os
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from designs.attempt_document import AttemptDocument
from designs.library import shipped_pack, shipped_palette
from designs.problem import ContentError, Problem
from workbench.content import Content
from workbench.documents import check_document, read_document

EXAMPLES = int(os.environ.get("DRYRUN_FUZZ_EXAMPLES", "400"))
fuzz = settings(
    max_examples=EXAMPLES,
    deadline=timedelta(seconds=10),  # a bound against documents that never end, not a benchmark
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

SEED: dict[str, Any] = {
    "schema_version": 1,
    "prompt": "fraud-detection",
    "title": "A session",
    "notes": "With everything that a document may hold.",
    "answers": {"framing": "Decide within 100 ms.", "data": "Disputes, 90 days late. é 😀"},
    "design": {
        "nodes": [
            {"id": "gateway", "kind": "api-gateway", "replicas": 4, "label": "Front door"},
            {"id": "memory", "kind": "cache", "zone": "online", "note": "hot"}
            | {"overrides": {"service_p50_ms": 0.4, "cache_hit_ratio": 0.9, "concurrency": 8}},
        ],
        "edges": [
            {"source": "gateway", "target": "memory", "mode": "sync", "calls_per_request": 2}
            | {"timeout_ms": 15, "fallback": "defaults", "note": "batched"}
        ],
    },
    "unfinished": {"nodes": [{"id": "Later!", "kind": ""}], "edges": [{"source": "gateway"}]},
    "transcript": [
        {
            "kind": "follow-up",
            "stage": "data",
            "question_id": "until-we-know",
            "wording": "When do you know?",
            "reply": "After 60 days.",
            "outcome": "answered",
        }
    ],
    "session": {
        "budget_minutes": 45,
        "created_at": "2026-05-01T09:30:00Z",
        "prompt_hash": "ab" * 32,
        "submission_hash": None,
        "events": [
            {"kind": "entered", "at": "2026-05-01T09:30:00+02:00", "stage": "framing"},
            {"kind": "asked", "at": "2026-05-01T09:31:00Z", "subject": "what-mistakes-cost"},
            {"kind": "spoke", "at": "2026-05-01T09:32:00Z", "stage": "data", "subject": "1"},
            {"kind": "replied", "at": "2026-05-01T09:33:00Z", "stage": "data", "subject": "1"},
        ],
        "self_ratings": [{"criterion_id": "data-labels", "level_id": "named", "quote": "late"}],
    },
    "faults": [
        {"id": "one", "stage": "data", "title": "T", "explanation": "E", "criteria": ["data-x"]}
    ],
}
NASTY = (
    *("", "\x00", "\ud800", "\ufeff", "\u202e", "\u2028", "\x1b[2J", "a" * 5000, "é" * 300),
    *("0123", "1:30", ".nan", "1_000", "0x1f", "yes", "null", "~", "<<", "=", "{}", "[", "#", "%"),
    *("<script>alert(1)</script>", "'; DROP TABLE attempt; --", "../../etc/passwd", "${x}", "%s"),
    *(float("inf"), float("-inf"), float("nan"), 1e308, -0.0, 10**30, -1, 10**4000, True, None),
)
TOKENS = (
    *(
        b"&a ",
        b"*a ",
        b"!!str ",
        b"!x ",
        b"<<: ",
        b"? ",
        b"- ",
        b": ",
        b"\n",
        b"\n---\n",
        b"\n...\n",
    ),
    *(
        b"{",
        b"}",
        b"[",
        b"]",
        b",",
        b'"',
        b"'",
        b"|\n",
        b">-\n",
        b"#",
        b"%TAG ! !x\n",
        b"%YAML 1.1\n",
    ),
    *(b"\x00", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\t", b"\r", b"\x0c", b"\xe2\x80\xa8"),
    *(b'"\\ud800"', b'"\\u0000"', b"\\", b"\\x41", b"0x1f", b"1:30", b".nan", b"NaN", b"-Infinity"),
    *(
        b"1e999",
        b"9" * 50,
        b"  ",
        b"key: value\n",
        b'{"a":',
        b"[[",
        b"null",
        b"true",
        b"~",
        b"@",
        b"`",
    ),
)


@pytest.fixture(scope="module")
def content() -> Content:
    pack = shipped_pack("fraud-detection")
    return Content(packs={pack.prompt.id: pack}, rubrics={}, palette=shipped_palette())


def _import(raw: bytes, content: Content) -> bool:
    """Read as the importers do, hold both outcomes to their promises, and say which it was."""
    try:
        document = read_document(raw, "the file")
        check_document(document, "the file", content)
    except ContentError as error:
        _check_problems(error.problems, len(raw))
        return False
    again = document.model_dump_json().encode()
    assert read_document(again, "again") == document
    return True


def _check_problems(problems: tuple[Problem, ...], size: int) -> None:
    assert problems
    for problem in problems:
        assert re.fullmatch(r"DOC\d{3}", problem.code)
        assert problem.file == "the file"
        assert 1 <= problem.line <= size + 1
        assert 1 <= problem.column <= size + 1
        assert problem.message.isprintable()
        assert 3 < len(problem.message) <= 500


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _json(data: Any) -> bytes:
    return json.dumps(data).encode()  # escapes everything, lone surrogates too


def _yaml(data: Any) -> bytes:
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    return str(text).encode("utf-8", "replace")


def _flow(data: Any) -> bytes:
    text = yaml.safe_dump(data, default_flow_style=True, sort_keys=False, width=80)
    return b"--- " + str(text).encode("utf-8", "replace")


SPELLINGS: tuple[Callable[[Any], bytes], ...] = (_json, _yaml, _flow)
SEEDS = tuple(spell(SEED) for spell in SPELLINGS)

leaves = st.one_of(
    st.sampled_from(NASTY),
    st.text(max_size=30),
    st.integers(),
    st.integers(1, 9),
    st.floats(),
    st.booleans(),
    st.sampled_from(["gateway", "memory", "later", "data", "2026-05-01T09:30:00Z"]),
    st.sampled_from(sorted(shipped.id for shipped in shipped_palette().kinds)),
)
trees = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from([*SEED, "id", "kind", "nodes", "\n", ""]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every container with each key or index of it."""
    children = value.items() if isinstance(value, dict) else enumerate(value)
    for key, child in children:
        yield value, key
        if isinstance(child, dict | list):
            yield from _places(child)


def _mutate(data: st.DataObject, document: Any) -> None:
    for _ in range(data.draw(st.integers(1, 4))):
        places = list(_places(document))
        if not places:
            return
        home, key = places[data.draw(st.integers(0, len(places) - 1))]
        act = data.draw(st.sampled_from(["replace", "remove", "add", "repeat"]))
        if act == "remove":
            del home[key]
        elif act == "replace":
            home[key] = data.draw(trees)
        elif isinstance(home, dict):
            home[data.draw(st.text(max_size=6) | st.sampled_from(list(SEED)))] = data.draw(trees)
        else:
            home += [deepcopy(home[key])] * data.draw(st.integers(1, 400))


@fuzz
@given(data=st.data())
def test_a_document_with_changed_parts(data: st.DataObject, content: Content) -> None:
    document = deepcopy(SEED)
    _mutate(data, document)
    spell = data.draw(st.sampled_from(SPELLINGS))
    try:
        raw = spell(document)
    except ValueError:  # the dumpers refuse integers of thousands of digits
        raw = _json(str(document))
    _import(raw, content)


@fuzz
@given(data=st.data())
def test_a_document_with_changed_bytes(data: st.DataObject, content: Content) -> None:
    raw = data.draw(st.sampled_from(SEEDS))
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(raw)))
        end = data.draw(st.integers(start, min(len(raw), start + 40)))
        put = data.draw(st.sampled_from(TOKENS) | st.text(max_size=6).map(_utf8) | st.just(b""))
        raw = raw[:start] + put + raw[end:]
    _import(raw, content)


@fuzz
@given(
    start=st.sampled_from([b"", b"a: ", b"{", b"[", b'"', b"schema_version: 1\n", SEEDS[1]]),
    token=st.lists(st.sampled_from(TOKENS), min_size=1, max_size=3).map(b"".join),
    count=st.integers(1, 30_000),
    end=st.sampled_from([b"", b"}", b"]", b'"', b"\na: b\n"]),
)
def test_one_thing_many_times(
    start: bytes, token: bytes, count: int, end: bytes, content: Content
) -> None:
    _import(start + token * count + end, content)


@fuzz
@given(tree=trees, spell=st.sampled_from(SPELLINGS), whole=st.booleans())
def test_any_structure(
    tree: Any, spell: Callable[[Any], bytes], whole: bool, content: Content
) -> None:
    document = SEED | tree if whole and isinstance(tree, dict) else tree
    try:
        raw = spell(document)
    except ValueError:
        raw = _json(str(document))
    _import(raw, content)


@fuzz
@given(raw=st.binary(max_size=300) | st.lists(st.sampled_from(TOKENS)).map(b"".join))
def test_any_bytes(raw: bytes, content: Content) -> None:
    _import(raw, content)


@pytest.mark.parametrize("spell", SPELLINGS)
def test_the_seed_itself_is_good(spell: Callable[[Any], bytes], content: Content) -> None:
    assert _import(spell(SEED), content)
    document = read_document(spell(SEED), "seed")
    assert document.title == "A session"  # type: ignore[attr-defined] # a reference document
    plain = {key: SEED[key] for key in AttemptDocument.model_fields}
    assert type(read_document(spell(plain), "plain")) is AttemptDocument
