"""The command line: what is listed, written and checked, and that it says so in words."""

import json
from pathlib import Path

import pytest
from command_lines import EXEMPLAR, Run, told_off

from designs.library import PROMPTS, prompt_slugs
from workbench.command_line import REPORT_FORMATS
from workbench.content import shipped_content
from workbench.reports import FORMATS, Report
from workbench.schemas import SCHEMAS

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
