"""The renderer: a program of its own that may be missing, slow or wrong without harm to us."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from designs.exporters import renderer
from designs.exporters.renderer import TIMEOUT_S, RenderError, render

DOT = "digraph { a -> b }"


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Put a program of Python in the renderer's place."""

    def put(code: str) -> None:
        script = tmp_path / "program.py"
        script.write_text(f"import sys, time\n{code}\n", encoding="utf-8")
        start = subprocess.Popen

        def start_script(command: list[str], **rest: Any) -> subprocess.Popen[bytes]:
            return start([sys.executable, str(script), *command[1:]], **rest)

        monkeypatch.setattr(renderer.subprocess, "Popen", start_script)

    return put


@pytest.fixture
def unknown_program() -> Iterator[None]:
    renderer._program.cache_clear()
    yield
    renderer._program.cache_clear()


def _sentence(error: RenderError, *words: str) -> None:
    said = str(error)
    assert all(word in said for word in words), said
    assert said.endswith(".")
    assert "\n" not in said


def test_a_drawing() -> None:
    svg = render(DOT, "svg", edges=1)
    assert b"<svg" in svg
    assert svg == render(DOT, "svg", edges=1)
    assert json.loads(render(DOT, "json", edges=1))["edges"]


@pytest.mark.parametrize("dot", ["", "digraph {", "no dot at all", "digraph { a -> }", "\x00"])
def test_what_is_no_dot_is_refused(dot: str) -> None:
    with pytest.raises(RenderError) as refused:
        render(dot, "svg", edges=0)
    _sentence(refused.value, "could not be laid out")


def test_an_edge_that_was_left_out_is_noticed() -> None:
    with pytest.raises(RenderError) as refused:
        render(DOT, "svg", edges=2)
    _sentence(refused.value, "Not every edge")


def test_a_renderer_that_never_ends(
    stand_in: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renderer, "TIMEOUT_S", 0.5)
    stand_in("time.sleep(600)")
    with pytest.raises(RenderError) as refused:
        render(DOT, "svg", edges=1)
    _sentence(refused.value, "too dense", "0.5 seconds", "merge nodes")


def test_all_tries_together_have_the_time_of_one(
    stand_in: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each try loses an edge after most of the time: the second one is cut short."""
    monkeypatch.setattr(renderer, "TIMEOUT_S", 4)
    stand_in("time.sleep(3); sys.exit(1)")
    began = time.monotonic()
    with pytest.raises(RenderError) as refused:
        render(DOT, "svg", edges=1)
    assert time.monotonic() - began < 5.5, "two whole tries take six"
    _sentence(refused.value, "too dense", "4 seconds")


@pytest.mark.parametrize(
    "code",
    [
        "sys.exit(1)",
        "sys.stderr.write('Traceback'); sys.exit(3)",
        "import os; os.abort()",
        "pass  # says nothing",
    ],
)
def test_a_renderer_that_fails(stand_in: Callable[[str], None], code: str) -> None:
    stand_in(code)
    with pytest.raises(RenderError) as refused:
        render(DOT, "svg", edges=0)
    _sentence(refused.value, "could not be laid out")


def test_a_renderer_that_says_too_much_is_read_to_its_end(stand_in: Callable[[str], None]) -> None:
    stand_in("sys.stdout.write('<svg>' + 'x' * 10_000_000); sys.stderr.write('w' * 1_000_000)")
    assert len(render(DOT, "svg", edges=0)) == 10_000_005


def test_a_renderer_that_does_not_listen(stand_in: Callable[[str], None]) -> None:
    stand_in("sys.stdin.close(); sys.stdout.write('<svg>')")
    assert render("x" * 1_000_000, "svg", edges=0) == b"<svg>"


@pytest.mark.usefixtures("unknown_program")
def test_a_renderer_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> object:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "distribution", missing)
    with pytest.raises(RenderError) as refused:
        render(DOT, "svg", edges=1)
    _sentence(refused.value, "not installed", "pip install -r requirements.txt")


@pytest.mark.usefixtures("unknown_program")
def test_a_renderer_whose_file_is_gone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(renderer, "_program", lambda: tmp_path / "gone")
    with pytest.raises(RenderError) as refused:
        render(DOT, "svg", edges=1)
    _sentence(refused.value, "could not be started", "--force-reinstall")


def test_the_program_is_found_without_a_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    renderer._program.cache_clear()
    assert renderer._program().is_file()
    assert b"<svg" in render(DOT, "svg", edges=1)


def test_many_at_once_all_get_their_drawing() -> None:
    pictures: list[bytes] = []

    def draw() -> None:
        pictures.append(render(DOT, "svg", edges=1))

    threads = [threading.Thread(target=draw) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(pictures) == 12
    assert len(set(pictures)) == 1


def test_a_failure_frees_the_place_for_the_next(
    stand_in: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(renderer, "_program", lambda: Path("gone"))
        for _ in range(50):  # more than there are places
            with pytest.raises(RenderError):
                render(DOT, "svg", edges=1)
    assert b"<svg" in render(DOT, "svg", edges=1)


def test_the_time_is_what_the_decision_says() -> None:
    decision = Path(__file__).parents[2] / "docs/adr/0004-drawings-are-rendered-on-the-server.md"
    assert "five seconds" in decision.read_text(encoding="utf-8")
    assert TIMEOUT_S == 5
