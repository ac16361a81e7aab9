"""Each code of the content linter, provoked by the smallest mistake that earns it."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from designs.library import DESIGNS
from designs.problem import ContentError
from designs.strict_document import AUTHORED_LIMITS, parse_document
from rubrics.library import CONTENT
from workbench.lint import lint_paths
from workbench.lint.run import lint_content

ROOT = DESIGNS.parent
SLUG = "fraud-detection"
PROMPT = f"prompts/{SLUG}/prompt.yaml"
EXEMPLAR = f"prompts/{SLUG}/exemplar.yaml"
FLAWED = f"prompts/{SLUG}/flawed-slow-and-blind.yaml"
OWN = f"rubrics/{SLUG}.yaml"
CORE = "rubrics/core/data.yaml"

ASKED = f"prompts/{SLUG}/follow-ups.yaml"

Change = Callable[[Any], None]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """One prompt with its rubric, as it ships, free to be broken."""
    shutil.copytree(DESIGNS / "prompts" / SLUG, tmp_path / "prompts" / SLUG)
    (tmp_path / "rubrics").mkdir()
    shutil.copytree(CONTENT / "core", tmp_path / "rubrics" / "core")
    shutil.copy(CONTENT / f"{SLUG}.yaml", tmp_path / "rubrics" / f"{SLUG}.yaml")
    return tmp_path


def broken(copy: Path, file: str, change: Change) -> None:
    """Change a file's data; it is written as JSON, which the reader takes just as well."""
    path = copy / file
    data = parse_document(path.read_bytes(), file, AUTHORED_LIMITS).data
    change(data)
    path.write_text(json.dumps(data), encoding="utf-8")


def codes(copy: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for problem in lint_content(copy / "prompts", copy / "rubrics", copy):
        found.setdefault(problem.code, set()).add(problem.file)
        assert re.fullmatch(r"\S+:\d+:\d+: [A-Z]{3}\d{3} .+", str(problem)), str(problem)
    return found


def put(*path: Any, value: Any) -> Change:
    def change(data: Any) -> None:
        for step in path[:-1]:
            data = data[step]
        data[path[-1]] = value

    return change


def all_reveals_in_framing(data: Any) -> None:
    for reveal in data["reveals"]:
        reveal["stage"] = "framing"


def a_repeated_term(data: Any) -> None:
    terms = data["criteria"][0]["indicators"][0]["any_of"]
    terms.append(terms[0])


def a_load_test_of_framing(data: dict[str, Any]) -> None:
    criterion = next(one for one in data["criteria"] if one["stage"] == "framing")
    tested = {"kind": "load-test", "id": "tested", "label": "tested", "measure": "latency"}
    criterion["indicators"].append(tested)
    criterion["levels"][1]["shown_by"] = ["tested"]


def a_smell_that_no_inspection_finds(data: Any) -> None:
    data["criteria"][0]["smells"] = ["no-such-smell"]


def a_drawing_of_nothing_known(data: Any) -> None:
    indicator = {"kind": "drawing", "id": "seen", "label": "seen", "any_kinds": ["teapot"]}
    data["criteria"][0]["indicators"].append(indicator)


def a_sentence_twice(data: Any) -> None:
    criterion = data["criteria"][0]
    criterion["near_misses"][0] = criterion["levels"][2]["examples"][0]


def one_stage_overfull(data: Any) -> None:
    model = next(one for one in data["criteria"] if one["stage"] == "data")
    for number in range(4):
        data["criteria"].append(model | {"id": f"data-more-{number}"})


def an_exemplar_of_few_words(data: Any) -> None:
    data["answers"]["serving"] = "We serve the model."


def a_fault_that_costs_nothing(data: Any) -> None:
    """The exemplar's own words, with a fault claimed about them."""
    good = parse_document(
        (DESIGNS / "prompts" / SLUG / "exemplar.yaml").read_bytes(), "exemplar", AUTHORED_LIMITS
    ).data
    data["answers"]["framing"] = good["answers"]["framing"]
    data["faults"][0] |= {"stage": "framing", "criteria": ["framing-error-costs"]}


def figures_of_the_exemplar(data: Any) -> None:
    data["questions"][0]["wording"] = "Is a day with 6,000 cases really too much for you?"


def a_run_of_the_exemplar(data: Any) -> None:
    data["change"]["wording"] = "Regretted purchases are a different problem, are they not?"


def a_question_of_no_stage(data: Any) -> None:
    for one in data["questions"]:
        one["stage"] = "data"


MISTAKES: dict[str, tuple[str, Change]] = {
    "DOC010": (PROMPT, put("difficulty", value="impossible")),
    "PRM001": (PROMPT, put("id", value="another-name")),
    "PRM002": (PROMPT, put("scale_card", 1, "source", value="nowhere")),
    "PRM003": (
        PROMPT,
        lambda data: data["sources"].append(
            {"id": "idle", "title": "Idle", "url": "https://example.org/", "mark": "primary"}
        ),
    ),
    "PRM004": (PROMPT, put("stages", 0, "question", value="What is decided")),
    "PRM005": (PROMPT, all_reveals_in_framing),
    "FUP001": (ASKED, put("prompt", value="video-recommendation")),
    "FUP002": (ASKED, a_question_of_no_stage),
    "FUP003": (ASKED, put("questions", 0, "when", "drawn", value=["teapot"])),
    "FUP004": (
        ASKED,
        put("questions", 0, "when", value={"any_of": ["drift"], "none_of": ["drift"]}),
    ),
    "FUP005": (ASKED, put("questions", 0, "when", value={"at_least_words": 1})),
    "FUP006": (ASKED, a_run_of_the_exemplar),
    "FUP007": (ASKED, figures_of_the_exemplar),
    "FUP008": (
        ASKED,
        put("change", "probes", 0, "unless", value={"any_of": ["drift"], "none_of": ["drift"]}),
    ),
    "FUP009": (ASKED, put("change", "probes", 0, "unless", value={"any_of": ["checkout"]})),
    "REF001": (EXEMPLAR, put("prompt", value="video-recommendation")),
    "REF002": (EXEMPLAR, put("design", "nodes", 0, "kind", value="teapot")),
    "REF003": (EXEMPLAR, put("answers", "model", value="  ")),
    "REF004": (
        EXEMPLAR,
        put(
            "faults",
            value=[
                {
                    "id": "a",
                    "stage": "data",
                    "title": "A fault",
                    "explanation": "Why.",
                    "criteria": ["data-labels"],
                }
            ],
        ),
    ),
    "REF005": (EXEMPLAR, put("design", value={"nodes": [], "edges": []})),
    "REF006": (FLAWED, lambda data: data.update(faults=data["faults"][:2])),
    "REF007": (FLAWED, put("faults", 0, "criteria", value=["data-no-such-thing"])),
    "RUB001": (OWN, put("id", value="another-name")),
    "RUB002": (OWN, lambda data: data["criteria"].append(data["criteria"][0])),
    "RUB003": (OWN, put("criteria", 0, "id", value="data-about-framing")),
    "RUB004": (CORE, put("criteria", 0, "stage", value="model")),
    "RUB005": (OWN, put("criteria", 0, "sources", value=["nowhere"])),
    "RUB010": (OWN, one_stage_overfull),
    "RUB011": (OWN, put("criteria", 0, "levels", 0, "examples", value=["We say nothing at all."])),
    "RUB012": (OWN, put("criteria", 0, "levels", 1, "examples", value=["We decide by the cost."])),
    "RUB013": (OWN, put("criteria", 0, "levels", 1, "needs", value={})),
    "RUB014": (
        OWN,
        lambda data: data["criteria"][0].update(
            indicators=[
                one for one in data["criteria"][0]["indicators"] if one["kind"] != "concept"
            ]
            or [data["criteria"][0]["indicators"][0]],
            levels=[level | {"needs": {}} for level in data["criteria"][0]["levels"]],
        ),
    ),
    "RUB015": (
        OWN,
        lambda data: data["criteria"][0]["indicators"].append(
            {
                "kind": "concept",
                "id": "idle",
                "label": "idle",
                "any_of": ["one a", "two b", "three c"],
            }
        ),
    ),
    "RUB016": (OWN, a_drawing_of_nothing_known),
    "RUB017": (OWN, a_repeated_term),
    "RUB018": (OWN, a_sentence_twice),
    "RUB019": (OWN, a_smell_that_no_inspection_finds),
    "RUB021": (OWN, a_load_test_of_framing),
    "RUN001": (EXEMPLAR, an_exemplar_of_few_words),
    "RUN002": (FLAWED, a_fault_that_costs_nothing),
}


def test_what_ships_has_no_problem(copy: Path) -> None:
    assert codes(copy) == {}


@pytest.mark.parametrize("code", MISTAKES)
def test_a_mistake_is_found_in_its_file(copy: Path, code: str) -> None:
    file, change = MISTAKES[code]
    broken(copy, file, change)
    assert file in codes(copy).get(code, set())


def test_a_missing_flawed_design_is_found(copy: Path) -> None:
    (copy / FLAWED).unlink()
    assert PROMPT in codes(copy)["REF008"]


def test_a_rubric_without_a_prompt_is_found(copy: Path) -> None:
    shutil.copy(copy / OWN, copy / "rubrics" / "teapots.yaml")
    assert "RUB020" in codes(copy)


def test_a_missing_file_is_found(copy: Path) -> None:
    (copy / EXEMPLAR).unlink()
    assert codes(copy)["DOC001"] == {EXEMPLAR}


def test_a_problem_stands_at_its_line_and_column(copy: Path) -> None:
    path = copy / PROMPT
    text = path.read_text(encoding="utf-8").replace("difficulty: senior", "difficulty: hopeless")
    path.write_text(text, encoding="utf-8")
    (problem,) = (
        one
        for one in lint_content(copy / "prompts", copy / "rubrics", copy)
        if one.code == "DOC010" and one.file == PROMPT
    )
    lines = text.splitlines()
    assert lines[problem.line - 1][problem.column - 1 :].startswith("difficulty")


def test_one_file_or_folder_can_be_checked_alone(copy: Path) -> None:
    broken(copy, OWN, a_repeated_term)
    assert [one.code for one in lint_paths(copy / OWN)] == ["RUB017"]
    assert "RUB017" in {one.code for one in lint_paths(copy / "rubrics")}
    assert lint_paths(copy / EXEMPLAR) == ()
    with pytest.raises(ContentError, match="DOC001"):
        lint_paths(copy / "nothing-here")


def test_every_code_is_documented_and_no_other() -> None:
    sources = (
        *ROOT.glob("workbench/lint/*.py"),
        ROOT / "designs/strict_document.py",
        ROOT / "workbench/documents.py",
        *ROOT.glob("designs/importers/*.py"),
    )
    raised = {
        code
        for path in sources
        for code in re.findall(r'"([A-Z]{3}\d{3})"', path.read_text(encoding="utf-8"))
    }
    page = (ROOT / "docs" / "lint-codes.md").read_text(encoding="utf-8")
    assert raised == set(re.findall(r"\b[A-Z]{3}\d{3}\b", page))


def test_every_code_of_content_is_provoked_here() -> None:
    """RUN003 and RUN004 would need a broken grader and a broken renderer."""
    written = Path(__file__).read_text(encoding="utf-8")
    for path in ROOT.glob("workbench/lint/*.py"):
        for code in re.findall(r'"([A-Z]{3}\d{3})"', path.read_text(encoding="utf-8")):
            assert code in written, code
