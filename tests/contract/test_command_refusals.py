"""Bad input on the command line: status 2, one clear line, nothing on standard output."""

import sys
from pathlib import Path

import pytest
from command_lines import EXEMPLAR, HEAD, Run, told_off

from designs.strict_document import IMPORT_LIMITS
from workbench import command_line, scoring

BAD: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "is empty"),
    "blank": (b" \n\n", "is empty"),
    "binary": (b"\x89PNG\r\n\x1a\n\x00\xff\xfe", "is not UTF-8 text"),
    "NULs": (b"\x00" * 1000, ""),
    "huge": (b"a" * (IMPORT_LIMITS.max_bytes + 1), "at most 8,388,608 are read"),
    "truncated JSON": ((HEAD + ', "answers": {"data": "la').encode(), "is not valid JSON"),
    "truncated YAML": (b'prompt: "fraud', "is not valid YAML"),
    "a list": (b"[1, 2]", "document"),
    "a number": (b"42", "document"),
    "deep": (b"[" * 100_000, "nested deeper"),
    "an alias bomb": (b"a: &a [x]\nb: [*a, *a]\n", "anchor or alias"),
    "a tag": (b"a: !!python/object/apply:os.system [x]\n", "tags are not read"),
    "unknown prompt": (b'{"schema_version": 1, "prompt": "no-such"}', "there is no prompt"),
    "no prompt": (b'{"schema_version": 1}', "prompt: Field required"),
    "unknown kind": (
        (HEAD + ', "design": {"nodes": [{"id": "a", "kind": "no-such-kind"}]}}').encode(),
        "the palette has no kind no-such-kind",
    ),
    "unknown stage": ((HEAD + ', "answers": {"thoughts": "x"}}').encode(), "answers.thoughts"),
    "unknown node": (
        (HEAD + ', "design": {"edges": [{"source": "a", "target": "b"}]}}').encode(),
        "there is no node",
    ),
    "another version": (b'{"schema_version": 2, "prompt": "fraud-detection"}', "schema_version"),
    "too long an answer": (
        (HEAD + ', "answers": {"data": "' + "x" * 200_001 + '"}}').encode(),
        "answers.data",
    ),
    "several problems": (b"{}", "(and 1 more problem)"),
    "many problems": (
        b'{"one": 1, "two": 2, "three": 3}',
        "(and 4 more problems)",
    ),
    "escapes in a key": ((HEAD + ', "a\\u001b[31m\\nb\\u202e": 1}').encode(), "Extra inputs"),
    "a huge key": ((HEAD + ', "' + "k" * 1_000_000 + '": 1}').encode(), "attempt.json"),
}
ON_A_FILE: dict[str, tuple[object, ...]] = {
    "score": ("score",),
    "inspect": ("inspect",),
    "diagram": ("diagram", "--to", "svg", "-o", "out"),
    "report": ("report", "--to", "html", "-o", "out"),
}


@pytest.mark.parametrize("command", ON_A_FILE)
@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_refused_in_one_clear_line(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, command: str
) -> None:
    monkeypatch.chdir(tmp_path)
    raw, said = BAD[name]
    Path("attempt.json").write_bytes(raw)
    first, *rest = ON_A_FILE[command]
    line = told_off(run(first, "attempt.json", *rest))
    assert line.startswith("attempt.json:")
    assert said in line
    assert not Path("out").exists()


@pytest.mark.parametrize("name", [name for name in BAD if name != "a huge key"])
def test_bad_standard_input_is_refused_as_well(run: Run, name: str) -> None:
    raw, said = BAD[name]
    line = told_off(run("score", "-", stdin=raw))
    assert line.startswith("standard input:")
    assert said in line


@pytest.mark.parametrize("command", ON_A_FILE)
@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("missing.yaml", "No such file"),
        (".", "Is a directory"),
        ("missing/attempt.yaml", "No such file"),
        ("x" * 5000, "File name too long"),
        ("a\nb\x1b[31m", "No such file"),
        ("nul\x00", "not a readable file"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, path: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    first, *rest = ON_A_FILE[command]
    line = told_off(run(first, path, *rest))
    assert said in line or len(path) > 1000


def test_one_bad_file_among_good_ones_prints_nothing(run: Run) -> None:
    line = told_off(run("score", EXEMPLAR, "missing.yaml", "--format", "json"))
    assert line.startswith("missing.yaml")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "COMMAND"),
        (("no-such-command",), "invalid choice"),
        (("score",), "FILE"),
        (("score", EXEMPLAR, "--format", "xml"), "invalid choice"),
        (("score", EXEMPLAR, "--no\nsuch\x1b[31m"), "unrecognized arguments"),
        (("diagram", EXEMPLAR), "--to"),
        (("diagram", EXEMPLAR, "--to", "svg"), "--output"),
        (("diagram", EXEMPLAR, "--to", "gif", "-o", "out"), "invalid choice"),
        (("report", EXEMPLAR, "--to", "docx", "-o", "out"), "invalid choice"),
        (("lint", "no-such-folder"), "no-such-folder"),
    ],
)
def test_a_wrong_command_is_refused_in_one_line(
    run: Run, words: tuple[object, ...], said: str
) -> None:
    assert said in told_off(run(*words))


@pytest.mark.parametrize("command", ["diagram", "report"])
@pytest.mark.parametrize(
    ("out", "said"), [(".", "Is a directory"), ("missing/out", "No such file"), ("nul\x00", "")]
)
def test_a_place_that_cannot_be_written_is_named(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, out: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    words = [out if word == "out" else word for word in ON_A_FILE[command][1:]]
    line = told_off(run(command, EXEMPLAR, *words))
    assert "cannot be written" in line
    assert said in line


def test_a_closed_standard_input_is_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def close(*_: object) -> None:
        monkeypatch.setattr(sys, "stdin", None)

    monkeypatch.setattr(command_line, "speak_utf8", close)  # the first thing that main does
    assert told_off(run("score", "-")) == "standard input: is closed"


@pytest.mark.parametrize("error", [RuntimeError("somebody's words"), KeyError("somebody's words")])
def test_an_error_of_our_own_shows_no_traceback_and_nobodys_words(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(scoring, "score_document", fail)
    status, out, err = run("score", EXEMPLAR)
    assert (status, out) == (2, "")
    assert err == f"internal error ({type(error).__name__}); please report the command you ran\n"


def test_stopping_is_no_crash(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(scoring, "score_document", stop)
    assert run("score", EXEMPLAR) == (2, "", "stopped\n")
