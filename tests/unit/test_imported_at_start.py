"""What is not imported before it is needed, because it would make a start slow."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NEVER_AT_START = {
    "graphviz",
    "httpx2",
    "jinja2",
    "labs.load_test.engine.compiled",
    "numba",
    "openai",
    "rubrics.training",
    "scipy",
    "sklearn",
    "typst",
}
_COMMAND = """
import contextlib, io, sys
from workbench.command_line import main
with contextlib.redirect_stdout(io.StringIO()):
    status = main({words!r})
print("\\n".join(sys.modules))
sys.exit(status)
"""
_FIRST_PAGE = """
import sys
from streamlit.testing.v1 import AppTest
app = AppTest.from_file("app.py", default_timeout=60)
before = set(sys.modules)
app.run()
assert not app.exception and app.title[0].value, app.exception
print("\\n".join(set(sys.modules) - before))
"""
_DRAWN = "designs/prompts/fraud-detection/exemplar.yaml"
STARTS = {
    "the options": (
        _COMMAND.format(words=["--help"]),
        {"numpy", "sqlalchemy", "workbench.scoring"},
    ),
    "the prompts": (
        _COMMAND.format(words=["prompts"]),
        {"numpy", "sqlalchemy", "workbench.scoring"},
    ),
    "a score of words": (
        _COMMAND.format(words=["score", "{words}"]),
        {"pandas", "pyarrow", "sqlalchemy", "streamlit", "labs.load_test.run"},
    ),
    "a score with a load test": (
        _COMMAND.format(words=["score", _DRAWN]),
        {"pandas", "pyarrow", "sqlalchemy", "streamlit"},
    ),
    "the first page": (
        _FIRST_PAGE,
        {
            "components.practice",
            "labs.load_test.run",
            "rubrics.graders.offline",
            "workbench.exchange",
            "workbench.practice",
            "workbench.review",
        },
    ),
}


@pytest.mark.parametrize("start", STARTS)
def test_nothing_heavy_is_imported_at(start: str, tmp_path: Path) -> None:
    code, also = STARTS[start]
    words = tmp_path / "words.yaml"
    words.write_text(
        "schema_version: 1\nprompt: fraud-detection\nanswers:\n"
        "  data: We wait thirty days for chargebacks before a label counts as final.\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-c", code.replace("{words}", words.as_posix())],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env={**_environment(), "DRYRUN_DATA_DIR": str(tmp_path / "data")},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    imported = set(done.stdout.split())
    assert "designs.record" in imported
    assert imported & (NEVER_AT_START | also) == set()


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("DRYRUN_")}
