"""The command line: what is promised about its output, its exit status and its one line."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from doubting import CHANCE, DoubtingGrader

from designs.attempt_document import AttemptDocument
from designs.drawing import DesignDocument
from designs.exporters import EXPORTERS
from designs.exporters.theme import THEMES
from designs.importers import IMPORTERS
from designs.inspections import INSPECTIONS, inspections_page
from designs.library import PROMPTS, prompt_slugs
from designs.stage import STAGES, StageId
from designs.strict_document import IMPORT_LIMITS
from rubrics.assessment import Assessment, Unscored, UnscoredReason
from rubrics.criterion import LEVEL_IDS
from rubrics.grader import GradingTask
from rubrics.graders.offline import OfflineGrader
from rubrics.score import OverallBand, StageBand
from workbench import command_line, scoring
from workbench.command_line import REPORT_FORMATS, main
from workbench.content import shipped_content
from workbench.documents import read_document
from workbench.reports import FORMATS, Report
from workbench.schemas import SCHEMAS

ROOT = PROMPTS.parent.parent
EXEMPLAR = PROMPTS / "fraud-detection" / "exemplar.yaml"
FLAWED = sorted((PROMPTS / "fraud-detection").glob("flawed-*.yaml"))
HEAD = '{"schema_version": 1, "prompt": "fraud-detection"'

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command and return exit status, standard output and standard error."""

    def call(*words: object, stdin: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        status = main([str(word) for word in words])
        out, err = capfdbinary.readouterr()
        return status, out.decode(), err.decode()

    return call


def told_off(found: tuple[int, str, str]) -> str:
    """Hold a refusal to its promise: status 2, nothing on standard output, one clear line."""
    status, out, err = found
    assert (status, out) == (2, "")
    assert err.endswith("\n")
    line = err[:-1]
    assert line.isprintable()
    assert 10 < len(line) <= 1100
    assert "Traceback" not in line
    assert "internal error" not in line
    return line


# --- listing ----------------------------------------------------------------------------


def test_prompts_are_listed(run: Run) -> None:
    status, out, err = run("prompts")
    assert (status, err) == (0, "")
    assert sorted(line.split("  ")[0].strip() for line in out.splitlines()) == list(prompt_slugs())


def test_prompts_are_listed_as_json(run: Run) -> None:
    status, out, _ = run("prompts", "--format", "json")
    found = json.loads(out)
    assert status == 0
    assert {one["id"] for one in found} == set(prompt_slugs())
    assert all(
        set(one) == {"id", "title", "summary", "difficulty", "tags"} and one["title"]
        for one in found
    )


def test_node_kinds_are_listed(run: Run) -> None:
    status, out, _ = run("kinds", "--format", "json")
    ids = [one["id"] for one in json.loads(out)]
    assert status == 0
    assert ids == [kind.id for kind in shipped_content().palette.kinds]
    _, text, _ = run("kinds")
    assert [line.split()[0] for line in text.splitlines()] == ids


# --- score ------------------------------------------------------------------------------


def check_criterion(one: dict[str, Any], answer: str) -> None:
    assert one["level"] in LEVEL_IDS
    assert 0 <= one["value"] <= 1
    assert all(isinstance(label, str) for label in one["missing"])
    for span in (*one["evidence"], *one["against"]):
        assert answer[span["start"] : span["end"]] == span["quote"]
        assert span["quote"].strip()
    assert one["value"] == 0 or one["evidence"] or one["drawing"]


@pytest.mark.parametrize("path", [EXEMPLAR, *FLAWED], ids=lambda path: path.stem)
def test_a_score_keeps_its_contract(run: Run, path: Path) -> None:
    status, out, err = run("score", path, "--format", "json")
    assert (status, err) == (0, "")
    (line,) = out.splitlines()
    found = json.loads(line)
    assert (found["file"], found["prompt"]) == (str(path), "fraud-detection")
    assert 0 <= found["overall"]["score"] <= 100
    assert found["overall"]["band"] in set(OverallBand)
    assert list(found["stages"]) == list(STAGES)
    content = shipped_content()
    pack = content.packs["fraud-detection"]
    document = pack.exemplar if path == EXEMPLAR else pack.flawed[path.stem]
    for stage in STAGES:
        one = found["stages"][stage]
        assert 0.0 <= one["score"] <= 4.0
        assert one["band"] in set(StageBand)
        ids = [criterion["id"] for criterion in one["criteria"]]
        assert ids == [criterion.id for criterion in content.rubric("fraud-detection").stage(stage)]
        check_doubt(one, document.answers[stage])
        for criterion in one["criteria"]:
            check_criterion(criterion, document.answers[stage])


def check_doubt(stage: dict[str, Any], answer: str) -> None:
    """An answer is taken for mistaken with a chance and sentences of its own, or it is null."""
    doubt = stage["reads_as_mistaken"]
    if doubt is None:
        return
    assert set(doubt) == {"chance", "evidence"}
    assert 0 <= doubt["chance"] <= 1
    assert doubt["evidence"]
    for span in doubt["evidence"]:
        assert set(span) == {"quote", "start", "end"}
        assert answer[span["start"] : span["end"]] == span["quote"] != ""
    assert stage["score"] <= 1.5


def test_a_score_says_which_answers_read_as_mistaken(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "workbench.scoring.OfflineGrader", lambda: DoubtingGrader(StageId.DATA, StageId.MODEL)
    )
    status, out, _ = run("score", EXEMPLAR, "--format", "json")
    assert status == 0
    stages = json.loads(out)["stages"]
    answers = shipped_content().packs["fraud-detection"].exemplar.answers
    for stage in STAGES:
        check_doubt(stages[stage], answers[stage])
    doubted = [key for key, one in stages.items() if one["reads_as_mistaken"] is not None]
    assert doubted == ["data", "model"]
    assert stages["data"]["reads_as_mistaken"]["chance"] == CHANCE
    assert len(stages["data"]["reads_as_mistaken"]["evidence"]) == 2


def test_the_exemplar_is_better_than_what_is_flawed_and_that_than_nothing(run: Run) -> None:
    _, out, _ = run("score", EXEMPLAR, *FLAWED, "-", "--format", "json", stdin=f"{HEAD}}}".encode())
    best, *flawed, nothing = (json.loads(line)["overall"]["score"] for line in out.splitlines())
    assert best >= 80
    assert all(5 < score < best - 10 for score in flawed)
    assert nothing == 0


def test_each_file_is_one_object_in_the_order_of_the_files(run: Run) -> None:
    status, out, _ = run("score", *FLAWED, EXEMPLAR, "--format", "json")
    assert status == 0
    files = [json.loads(line)["file"] for line in out.splitlines()]
    assert files == [str(path) for path in (*FLAWED, EXEMPLAR)]


def test_a_score_in_words(run: Run) -> None:
    status, out, err = run("score", EXEMPLAR)
    assert (status, err) == (0, "")
    first, overall, *rest = out.splitlines()
    assert first == f"{EXEMPLAR}: {shipped_content().prompt('fraud-detection').title}"
    assert " of 100, " in overall
    assert [line.strip().split("  ")[0] for line in rest[:7]] == [stage.title for stage in STAGES]


def test_standard_input_is_a_file_too(run: Run) -> None:
    raw = EXEMPLAR.read_bytes()
    _, from_file, _ = run("score", EXEMPLAR, "--format", "json")
    status, out, _ = run("score", "-", "--format", "json", stdin=raw)
    assert status == 0
    assert json.loads(out) == json.loads(from_file) | {"file": "-"}
    as_json = AttemptDocument.model_validate(
        shipped_content().exemplar("fraud-detection").model_dump(include=set(_FIELDS))
    ).model_dump_json()
    _, out, _ = run("score", "-", "--format", "json", stdin=b"\xef\xbb\xbf" + as_json.encode())
    assert json.loads(out) == json.loads(from_file) | {"file": "-"}


_FIELDS = ("schema_version", "prompt", "answers", "design")


def test_what_could_not_be_judged_is_unscored_and_has_every_field(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: OfflineGrader, task: GradingTask) -> Assessment:
        results = tuple(
            Unscored(criterion_id=one.id, reason=UnscoredReason.UNAVAILABLE)
            for one in task.rubric.criteria
        )
        return task.assessment(self.ref, results)

    monkeypatch.setattr(OfflineGrader, "grade", refuse)
    status, out, _ = run("score", EXEMPLAR, "--format", "json")
    assert status == 0
    for stage in json.loads(out)["stages"].values():
        for one in stage["criteria"]:
            assert one["level"] is one["value"] is None
            assert (one["evidence"], one["missing"]) == ([], [])
            assert one["unscored"] == "unavailable"


# --- inspect ----------------------------------------------------------------------------


@pytest.mark.parametrize("path", [EXEMPLAR, *FLAWED], ids=lambda path: path.stem)
def test_an_inspection_keeps_its_contract(run: Run, path: Path) -> None:
    status, out, err = run("inspect", path, "--format", "json")
    assert (status, err) == (0, "")
    nodes = {node.id for node in read_document(path.read_bytes(), path.name).design.nodes}
    found = json.loads(out)
    assert found
    for one in found:
        rule = INSPECTIONS[one["code"]]
        assert set(one) == {
            "code", "severity", "title", "message", "nodes", "edges", "why", "mend"
        }  # fmt: skip
        assert (one["severity"], one["title"]) == (rule.severity.value, rule.title)
        assert (one["why"], one["mend"]) == (rule.why, rule.mend)
        assert set(one["nodes"]) <= nodes
        assert all({edge["source"], edge["target"]} <= nodes for edge in one["edges"])
    assert run("inspect", path, "--format", "json")[1] == out


def test_an_inspection_is_said_in_words(run: Run) -> None:
    slow = FLAWED[-1]
    status, out, err = run("inspect", slow)
    assert (status, err) == (0, "")
    first, mend, *_, count = out.splitlines()
    assert first.startswith("serious: gpu-without-relief: ")
    assert "(networks)" in first
    assert mend == f"  mend: {INSPECTIONS['gpu-without-relief'].mend}"
    assert count == "3 serious, 8 warnings, 1 note"
    assert run("inspect", "-", stdin=slow.read_bytes())[1] == out


def test_an_empty_drawing_has_no_smell(run: Run) -> None:
    assert run("inspect", "-", stdin=f"{HEAD}}}".encode()) == (0, "nothing found\n", "")


def test_a_label_does_not_steer_the_terminal(run: Run) -> None:
    design = {
        "nodes": [
            {"id": "a", "kind": "api-gateway"},
            {"id": "b", "kind": "ranker", "label": "red \x1b[31m and \u202eback"},
        ],
        "edges": [{"source": "a", "target": "b"}],
    }
    status, out, _ = run("inspect", "-", stdin=f'{HEAD}, "design": {json.dumps(design)}}}'.encode())
    assert status == 0
    assert "red" in out
    assert out.replace("\n", "").isprintable()


def test_all_inspections_are_listed(run: Run) -> None:
    status, out, err = run("inspections", "--format", "json")
    assert (status, err) == (0, "")
    assert [one["code"] for one in json.loads(out)] == list(INSPECTIONS)
    assert run("inspections") == (0, inspections_page(), "")


# --- diagram ----------------------------------------------------------------------------


def check_svg(raw: bytes) -> None:
    assert ElementTree.fromstring(raw).tag == "{http://www.w3.org/2000/svg}svg"


def check_design(raw: bytes) -> None:
    exemplar = shipped_content().exemplar("fraud-detection")
    assert DesignDocument.model_validate_json(raw).design == exemplar.design


def starts_with(beginning: bytes) -> Callable[[bytes], None]:
    def check(raw: bytes) -> None:
        assert raw.startswith(beginning)
        assert len(raw) > 500

    return check


DRAWN: dict[str, Callable[[bytes], None]] = {
    "svg": check_svg,
    "png": starts_with(b"\x89PNG\r\n\x1a\n"),
    "dot": starts_with(b"// Card fraud decisions under 100 ms\ndigraph"),
    "mermaid": starts_with(b"flowchart LR\n"),
    "pdf": starts_with(b"%PDF-1."),
    "drawio": starts_with(b"<mxfile "),
    "excalidraw": starts_with(b'{\n "type": "excalidraw"'),
    "json": check_design,
}
BINARY = {"png", "pdf"}


@pytest.mark.parametrize("form", EXPORTERS)
def test_a_drawing_is_exported(run: Run, tmp_path: Path, form: str) -> None:
    out = tmp_path / "drawing"
    assert run("diagram", EXEMPLAR, "--to", form, "-o", out) == (0, "", "")
    first = out.read_bytes()
    DRAWN[form](first)
    run("diagram", EXEMPLAR, "--to", form, "-o", out)
    assert out.read_bytes() == first


@pytest.mark.parametrize("form", sorted({*EXPORTERS} - BINARY))
def test_a_drawing_goes_to_standard_output(run: Run, form: str) -> None:
    status, out, err = run("diagram", EXEMPLAR, "--to", form, "-o", "-")
    assert (status, err) == (0, "")
    DRAWN[form](out.encode())


@pytest.mark.parametrize("form", sorted({*EXPORTERS} - BINARY))
def test_an_empty_drawing_is_a_drawing(run: Run, form: str) -> None:
    status, out, err = run("diagram", "-", "--to", form, "-o", "-", stdin=f"{HEAD}}}".encode())
    assert (status, err) == (0, "")
    assert out


@pytest.mark.parametrize("form", ["svg", "dot"])
def test_a_picture_shows_what_is_asked_for(run: Run, form: str) -> None:
    def drawn(*options: str) -> str:
        status, out, err = run("diagram", EXEMPLAR, "--to", form, *options, "-o", "-")
        assert (status, err) == (0, "")
        return out

    whole = drawn()
    assert "3 parts" in drawn("--collapse", "offline, human")
    critical = THEMES["light"].critical
    assert critical in whole
    assert critical not in drawn("--no-critical-path")
    assert ("legend" in whole) == (form == "svg")
    assert "legend" not in drawn("--no-legend")


@pytest.mark.parametrize(
    ("form", "zones", "said"),
    [
        ("svg", "offline,moon", "'moon' is no zone; the zones are client, online"),
        ("svg", "", "'' is no zone"),
        ("mermaid", "offline", "mermaid always holds the whole drawing"),
    ],
)
def test_what_cannot_collapse(run: Run, form: str, zones: str, said: str) -> None:
    refused = run("diagram", EXEMPLAR, "--to", form, "--collapse", zones, "-o", "-")
    assert said in told_off(refused)


# --- import-diagram ---------------------------------------------------------------------


@pytest.mark.parametrize("form", IMPORTERS)
def test_an_export_is_imported_as_the_design_that_it_was(
    run: Run, tmp_path: Path, form: str
) -> None:
    file, out = tmp_path / "drawing", tmp_path / "design.json"
    run("diagram", EXEMPLAR, "--to", form, "-o", file)
    assert run("import-diagram", file, "-o", out) == (0, "", "")
    check_design(out.read_bytes())


def test_what_was_inferred_and_ignored_goes_to_standard_error(run: Run) -> None:
    chart = b"flowchart LR\n a[Redis \xe2\x80\xae] --> b[Something]\n class a red\n"
    status, out, err = run("import-diagram", "-", "-o", "-", stdin=chart)
    assert status == 0
    assert len(DesignDocument.model_validate_json(out).design.nodes) == 2
    lines = err.splitlines()
    assert all(line.isprintable() for line in lines)
    assert [line.split(":")[0] for line in lines] == ["inferred", "inferred", "ignored"]
    assert 'Cache, from the words "redis"' in lines[0]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "is empty"),
        (b"sequenceDiagram\n a->>b: c", "none of the notations"),
        (b"<svg/>", "no draw.io drawing"),
        (b"<mxfile><diagram>", "not well-formed XML"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "remove the DOCTYPE"),
        (b'{"type": "excalidraw"}', "without a list of elements"),
        (b'{"nodes": [{"id": "a", "kind": "moon"}]}', "no kind moon"),
        (b"flowchart LR\n a --> [", "a node is expected here"),
        (b"flowchart LR\n" + b"".join(b"a%d[Redis]\n" % n for n in range(500)), "at most 150"),
        (b" " * (IMPORT_LIMITS.max_bytes + 1), "is larger than 8 MiB"),
    ],
)
def test_what_cannot_be_imported_is_refused_in_one_clear_line(
    run: Run, tmp_path: Path, raw: bytes, said: str
) -> None:
    (tmp_path / "in").write_bytes(raw)
    line = told_off(run("import-diagram", tmp_path / "in", "-o", tmp_path / "out"))
    assert line.startswith(str(tmp_path / "in"))
    assert said in line
    assert not (tmp_path / "out").exists()


# --- report -----------------------------------------------------------------------------


@pytest.mark.parametrize(("form", "begins"), [("html", "<!doctype html>"), ("markdown", "# ")])
def test_a_report_is_written(run: Run, tmp_path: Path, form: str, begins: str) -> None:
    out = tmp_path / "report"
    assert run("report", EXEMPLAR, "--to", form, "--output", out) == (0, "", "")
    assert out.read_text(encoding="utf-8").startswith(begins)
    assert run("report", EXEMPLAR, "--to", form, "-o", "-")[1] == out.read_text(encoding="utf-8")


def test_every_format_of_a_report_is_offered() -> None:
    assert tuple(FORMATS) == REPORT_FORMATS


def test_a_report_as_json_is_the_report(run: Run) -> None:
    status, out, _ = run("report", EXEMPLAR, "--to", "json", "-o", "-")
    assert status == 0
    report = Report.model_validate_json(out)
    _, scored, _ = run("score", EXEMPLAR, "--format", "json")
    assert report.score == json.loads(scored)["overall"]["score"]
    assert {stage.id: stage.score for stage in report.stages} == {
        stage: one["score"] for stage, one in json.loads(scored)["stages"].items()
    }


# --- lint, doctor, schemas --------------------------------------------------------------


def test_a_sound_file_has_no_problem(run: Run) -> None:
    status, out, err = run("lint", PROMPTS / "fraud-detection" / "prompt.yaml")
    assert (status, err) == (0, "")
    assert out.splitlines()[-1].startswith("0 errors, ")


def test_problems_are_listed_with_their_place(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "attempt.yaml"
    path.write_text("schema_version: 1\nprompt: Not A Slug\nanswers: {thoughts: x}\n")
    status, out, err = run("lint", path)
    assert (status, err) == (1, "")
    *problems, summary = out.splitlines()
    assert all("attempt.yaml:" in line and ": DOC" in line for line in problems)
    assert summary == f"{len(problems)} errors, 0 warnings"
    status, out, _ = run("lint", path, "--format", "json")
    assert status == 1
    assert {one["line"] for one in json.loads(out)} == {2, 3}


def test_the_doctor_names_the_place_and_the_state(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DRYRUN_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("DRYRUN_DATABASE_URL", raising=False)
    status, out, _ = run("doctor", "--format", "json")
    store = json.loads(out)["store"]
    assert status == 0
    assert str(tmp_path) in store["url"]
    assert (store["integrity"], store["attempts"]) == ("ok", 0)
    status, out, _ = run("doctor")
    assert status == 0
    assert "Integrity: ok" in out


def test_the_doctor_says_what_is_wrong(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dryrun.sqlite3").write_bytes(b"no database" * 1000)
    monkeypatch.setenv("DRYRUN_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("DRYRUN_DATABASE_URL", raising=False)
    told_off(run("doctor"))


def test_schemas_are_written_and_checked(run: Run, tmp_path: Path) -> None:
    assert run("schemas", tmp_path, "--check")[0] == 1
    assert list(tmp_path.iterdir()) == []
    status, out, _ = run("schemas", tmp_path)
    assert status == 0
    assert len(out.splitlines()) == len(list(tmp_path.iterdir())) == len(SCHEMAS)
    assert run("schemas", tmp_path, "--check") == (0, "", "")


# --- bad input --------------------------------------------------------------------------

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


def test_help_is_no_mistake(run: Run) -> None:
    status, out, err = run("--help")
    assert (status, err) == (0, "")
    for command in (
        "prompts",
        "score",
        "inspect",
        "inspections",
        "load-test",
        "diagram",
        "import-diagram",
        "report",
        "lint",
    ):
        assert command in out
        assert run(command, "--help")[0] == 0


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


def test_a_hostile_document_is_scored_and_reported(run: Run, tmp_path: Path) -> None:
    words = "<script>alert(1)</script> {{x}} %s \u202e \x1b[31m '; DROP TABLE x; -- ${y} 😀\n"
    document = {
        "schema_version": 1,
        "prompt": "fraud-detection",
        "answers": dict.fromkeys(STAGES, words * 200),
        "design": {
            "nodes": [
                {"id": "a", "kind": "cache", "label": words.strip()},
                {"id": "b", "kind": "cache"},
            ],
            "edges": [{"source": "a", "target": "b", "fallback": words.strip()}],
        },
    }
    path = tmp_path / "hostile.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    assert run("score", path)[0] == 0
    for form in FORMATS:
        assert run("report", path, "--to", form, "-o", tmp_path / "out") == (0, "", "")
    for form in EXPORTERS:
        assert run("diagram", path, "--to", form, "-o", tmp_path / "out") == (0, "", "")


def test_the_longest_document_is_scored(run: Run, tmp_path: Path) -> None:
    text = "We wait 90 days for labels because disputes arrive late. " * 3500
    document = {"schema_version": 1, "prompt": "fraud-detection"}
    path = tmp_path / "long.json"
    path.write_text(json.dumps(document | {"answers": {"data": text}}), encoding="utf-8")
    assert run("score", path, "--format", "json")[0] == 0


# --- as a program -----------------------------------------------------------------------


def start(*words: str, seed: str = "0", **rest: Any) -> "subprocess.Popen[bytes]":
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    return subprocess.Popen(
        [sys.executable, "-m", "workbench", *words],
        cwd=ROOT,
        env=buffered | {"PYTHONHASHSEED": seed},
        stderr=subprocess.PIPE,
        **({"stdout": subprocess.PIPE} | rest),
    )


def test_every_run_prints_the_same_bytes() -> None:
    words = ("score", str(EXEMPLAR), *map(str, FLAWED), "--format", "json")
    running = [start(*words, seed=seed) for seed in ("1", "2")]
    (out, err), (again, _) = (one.communicate(timeout=60) for one in running)
    assert [one.returncode for one in running] == [0, 0]
    assert (err, out) == (b"", again)
    assert len(out.splitlines()) == 1 + len(FLAWED)


def test_bad_input_ends_a_program_with_two() -> None:
    one = start("score", "-", stdin=subprocess.PIPE)
    out, err = one.communicate(b'{"schema_version": 1', timeout=60)
    assert (one.returncode, out) == (2, b"")
    assert err.startswith(b"standard input:1:")
    assert err.count(b"\n") == 1


@pytest.mark.skipif(os.name == "nt", reason="pipes and /dev/full are told apart otherwise")
@pytest.mark.parametrize("command", ["prompts", "kinds"])  # less and more than a buffer
def test_a_reader_that_goes_away_hears_nothing(command: str) -> None:
    one = start(command, "--format", "json")
    assert one.stdout is not None
    one.stdout.close()  # before anything was written
    assert one.stderr is not None
    assert (one.stderr.read(), one.wait(60)) == (b"", 0)
    one.stderr.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_said_in_one_line() -> None:
    with Path("/dev/full").open("wb") as full:
        one = start("prompts", stdout=full)
        _, err = one.communicate(timeout=60)
    assert (one.returncode, err) == (2, b"output: No space left on device\n")
