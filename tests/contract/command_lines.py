"""The command line as tests call it, and what it promises of a refusal."""

import io
import sys
from collections.abc import Callable

import pytest

from designs.library import PROMPTS
from workbench.command_line import main

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
