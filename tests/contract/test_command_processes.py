"""The command line as a process of its own: the same bytes each time, its status, its pipes."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from command_lines import EXEMPLAR, FLAWED

from designs.library import PROMPTS

ROOT = PROMPTS.parent.parent


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
