"""Arrows, words and places that the architecture promises, read from the code itself."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from pydantic import BaseModel

ROOT = Path(__file__).parents[2]
LAYERS = ("designs", "labs", "rubrics", "workbench", "components")
"""From the bottom up; a layer may import those before it."""
PRODUCT = tuple(
    path for layer in LAYERS for path in sorted((ROOT / layer).rglob("*.py")) if path.is_file()
)
LIVES_ONLY_IN = {
    "streamlit": ("app.py", "components/"),
    "openai": ("rubrics/graders/llm",),
    "httpx2": ("workbench/llm/network.py", "rubrics/graders/llm/outside.py"),
    "httpcore2": ("workbench/llm/network.py",),
    "sqlalchemy": ("workbench/storage/",),
    "alembic": ("workbench/storage/",),
    "psycopg": ("workbench/storage/",),
    "sqlite3": ("workbench/storage/",),
    "graphviz": ("designs/exporters/",),
    "typst": ("designs/exporters/",),
    "subprocess": ("designs/exporters/renderer.py",),
    "yaml": ("designs/strict_document.py",),
    "pandas": ("components/", "workbench/"),
    "jinja2": ("workbench/reports/",),
}
FORBIDDEN_NAMES = {"utils", "common", "helpers", "shared", "base", "models"}
IMPURE = {"time", "random", "secrets", "uuid", "socket", "urllib", "requests", "tempfile"}
MAY_READ_FILES = {"designs/strict_document.py", "rubrics/training/__main__.py"}
"""The reader of documents, and the command that writes what training found."""
LONGEST = 400


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{shown(path)}: relative import"
            yield node.module or ""


def calls(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


def test_there_is_something_to_read() -> None:
    assert len(PRODUCT) > 100


def test_the_door_only_opens() -> None:
    door = tree(ROOT / "app.py")
    allowed = (ast.Expr, ast.Import, ast.ImportFrom, ast.FunctionDef, ast.With)
    assert all(isinstance(node, allowed) for node in door.body)
    assert {one.split(".")[0] for one in imports(ROOT / "app.py")} == {
        "streamlit",
        "components",
        "workbench",
    }
    assert len((ROOT / "app.py").read_text(encoding="utf-8").splitlines()) <= 30


def test_imports_never_point_up() -> None:
    for path in PRODUCT:
        layer = LAYERS.index(shown(path).split("/")[0])
        for name in imports(path):
            top = name.split(".")[0]
            if top in LAYERS:
                assert LAYERS.index(top) <= layer, f"{shown(path)} imports {name}"
            assert top not in {"app", "tests", "benchmarks"}, f"{shown(path)} imports {name}"


@pytest.mark.parametrize("library", LIVES_ONLY_IN)
def test_a_library_stays_where_it_lives(library: str) -> None:
    homes = LIVES_ONLY_IN[library]
    for path in (ROOT / "app.py", *PRODUCT):
        for name in imports(path):
            if name.split(".")[0] == library:
                assert shown(path).startswith(homes), f"{shown(path)} imports {name}"


def test_the_contracts_of_import_linter_are_kept() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


@pytest.mark.parametrize("path", [p for p in PRODUCT if p.parts[-2] != "components"], ids=shown)
def test_domain_code_is_given_clock_and_chance(path: Path) -> None:
    if not shown(path).startswith(("designs/", "labs/", "rubrics/")):
        return
    # Taking an address apart is a function of its text; everything else of urllib is not.
    used = {name.split(".")[0] for name in imports(path) if name != "urllib.parse"}
    assert not used & IMPURE, f"{shown(path)} imports {sorted(used & IMPURE)}"
    for call in calls(path):
        assert not call.endswith((".now", ".utcnow", ".today")), f"{shown(path)} calls {call}"
        assert call not in {"open", "input", "print"}, f"{shown(path)} calls {call}"
        if call.endswith((".read_bytes", ".read_text", ".write_text", ".write_bytes", ".open")):
            assert shown(path) in MAY_READ_FILES, f"{shown(path)} calls {call}"


def test_state_that_is_no_widgets_own_has_one_module() -> None:
    """Elsewhere only the key of a widget is read or reset, never a name of our own."""
    for path in PRODUCT:
        if shown(path) == "components/state.py":
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "st.session_state":
                assert shown(path).startswith("components/")
                assert isinstance(node.slice, ast.Name), f"{shown(path)}: {ast.unparse(node)}"


def test_no_file_has_a_name_that_says_nothing() -> None:
    others = (*ROOT.glob("benchmarks/*.py"), *ROOT.glob("tests/**/*.py"))
    named = (*PRODUCT, *others)
    assert [shown(path) for path in named if path.stem in FORBIDDEN_NAMES] == []


def test_files_hold_one_idea() -> None:
    sizes = {shown(path): len(path.read_text(encoding="utf-8").splitlines()) for path in PRODUCT}
    assert {name: size for name, size in sizes.items() if size > LONGEST} == {}


def test_records_are_frozen_closed_and_have_no_field_of_pydantics() -> None:
    from designs.record import Record

    for path in PRODUCT:  # brings every record into memory
        if not shown(path).startswith(("components/", "workbench/storage/migrations/")):
            name = shown(path).removesuffix(".py").replace("/", ".")
            if not name.endswith("__main__"):
                import_module(name.removesuffix(".__init__"))

    def below(kind: type[BaseModel]) -> Iterator[type[BaseModel]]:
        for one in kind.__subclasses__():
            yield one
            yield from below(one)

    records = [one for one in below(Record) if one.__module__.split(".")[0] in LAYERS]
    assert len(records) > 40
    for record in records:
        assert record.model_config.get("frozen") is True, record
        assert record.model_config.get("extra") == "forbid", record
        assert not [name for name in record.model_fields if name.startswith("model_")], record
        assert record.__doc__, record
