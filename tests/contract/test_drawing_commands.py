"""`diagram`, `import-diagram` and `inspect`: drawings go out, come in, and are looked at."""

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from command_lines import EXEMPLAR, FLAWED, HEAD, Run, told_off

from designs.drawing import DesignDocument
from designs.exporters import EXPORTERS
from designs.exporters.theme import THEMES
from designs.importers import IMPORTERS
from designs.inspections import INSPECTIONS, inspections_page
from designs.strict_document import IMPORT_LIMITS
from workbench.content import shipped_content
from workbench.documents import read_document

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
    "mermaid": starts_with(
        b"---\nconfig:\n  flowchart:\n    wrappingWidth: 240\n---\nflowchart LR\n"
    ),
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
